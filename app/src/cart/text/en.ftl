your-cart = Your cart
continue-shopping = Continue shopping
items = { $count ->
    [one] { $count } item
   *[other] { $count } items
}

# An empty cart
cart-is-empty = Your cart is empty
kept-here = { $days ->
    [one] We keep your cart for { $days } day after your last change, on this device.
   *[other] We keep your cart for { $days } days after your last change, on this device.
}
kept-everywhere = { $days ->
    [one] We keep your cart for { $days } day after your last change, on every device you sign in on.
   *[other] We keep your cart for { $days } days after your last change, on every device you sign in on.
}
shop-all = Shop all
popular = Popular

# A line
line-total = Line total
each = { $price } each
quantity-of = Quantity of { $title }
update = Update
update-what = quantity of { $title }
one-fewer = One fewer { $title }
one-more = One more { $title }
fewer-left = Fewer left than you asked for
# `#` is where the number goes.
asked-for = You asked for #.
kept-for-you = Kept for you
remove = Remove

# What has changed
items-have-changed = Some items in your cart have changed
sold-out = Sold out.
not-yet = Not on sale yet.
waiting = Sold through a waiting room.
only-left = Only { $available } left. You asked for { $quantity }.
price-changed = The price is now { $now }. It was { $before }.
limit-reached = Limit { $units } per customer.
limit-ordered = Limit { $units } per customer; you have ordered { $ordered }.
no-longer-available = No longer available.
row-sold-out = : sold out.
row-not-yet = : not on sale yet.
row-waiting = : sold through a waiting room.
row-only-left = : only { $available } left.
row-price-changed = : price changed from { $before } to { $now }.
row-limit-reached = : limit { $units } per customer.
row-limit-ordered = : limit { $units } per customer; you have ordered { $ordered }.
row-no-longer-available = : no longer available.
change-to = Change to { $available }
accept = Accept { $price }
accept-all = { $count ->
    [one] Accept this change
   *[other] Accept all changes
}

# After a change
said = { $count ->
    [one] { $count } item. Subtotal: { $subtotal }
   *[other] { $count } items. Subtotal: { $subtotal }
}

# The cart beside the page
added = Added to your cart
close = Close
check-out = Check out
view-cart = View cart

# What happened on the way here
items-from-before = The items from before you signed in are here, too.
quantity-lowered = { $title }: { $quantity }, the most you can order at once.
cart-is-full = Some items were not added: a cart can hold up to { $most } different items.
ordered-again = The items from your order are in your cart again.
nothing-ordered-again = None of the items from your order are available any more.
some-ordered-again = The items we still have are in your cart again.
title-no-longer-available = { $title } is no longer available.
title-only-left = Only { $available } of { $title } left.

# The summary
summary = Summary
shipping = Shipping
shipping-by = Shipping ({ $name })
at-checkout = calculated at checkout
subtotal = Subtotal
tax = Tax
included = included
review-changes = { $count ->
    [one] Review the change above to continue.
   *[other] Review the { $count } changes above to continue.
}
to-checkout = Proceed to checkout

# The link to the cart. `#` is where the number goes.
cart = Cart
cart-with-one = Cart, 1 item
cart-with-many = Cart, # items

# Refusals
quantity-wrong = Enter a quantity from { $least } to { $most }.
nothing-to-add = Choose what to add.
