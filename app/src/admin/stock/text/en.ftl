stock = Stock
search-stock = Search title or SKU
stock-saved = Stock saved.
price-saved = Price saved.
nothing-found = Nothing found
no-variants-match = No variants match.
show-all-stock = Show all stock
variant = Variant
sku = SKU
counted = Counted
price = Price
counted-units = Counted units
what-of = { $what } of { $title }
save = Save
# What the page's script says
saved = Saved
unreachable = The shop can’t be reached.
rejected = The change was rejected.

# One variant
stock-adjusted = Stock adjusted.
edit-product = Edit product
in-stock = In stock:{ " " }
adjust-stock = Adjust stock
units = Units
units-hint = Such as 5 to add or -2 to remove units
reason = Reason
adjust = Adjust
set-counted-stock = Set counted stock
difference-recorded = The difference is recorded.

# How it came to that
no-movements = No stock movements yet.
history = History
when = When
why = Why
who = Who
order = Order
shopper = Shopper
first-stock = First stock
sold = Sold
order-cancelled = Order cancelled
returned = Returned
adjusted = Adjusted
imported = Import
edited-with-product = Edited with the product

# What is wrong with a form
delta-wanted = Enter a number of units, such as 5 or -2.
units-wanted = Enter the number of units.
reason-wanted = Enter a reason of up to 200 characters.
price-changed = Someone changed this to { $price }. Check it and save again.
already-booked = This form has already booked { $units }. Reload the page to book more.
out-of-range = There are { $units } units in stock: the result is out of range.
