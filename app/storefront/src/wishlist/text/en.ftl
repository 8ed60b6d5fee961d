wishlist = Wishlist
your-wishlist = Your wishlist
items = { $count ->
    [one] { $count } item
   *[other] { $count } items
}

# The link. `#` is where the number goes.
with-one = Wishlist, 1 item
with-many = Wishlist, # items

# Hearts
save-what = Save { $title } to your wishlist
save = Save to your wishlist

# What was done, or why not
saved = Saved to your wishlist.
removed = Removed from your wishlist.
moved = It’s in your cart now.
full = Your wishlist is full: it can hold up to { $most } items. Remove one to save another.
gone = This product is no longer available, so it wasn’t saved.

# Where it is kept
kept-with-account = Your wishlist is kept with your account.
kept-here = { $days ->
    [one] We keep it for { $days } day after your last change, on this device.
   *[other] We keep it for { $days } days after your last change, on this device.
}
sign-in-to-keep = Sign in to keep it with your account
empty = Your wishlist is empty
press-the-heart = Press the heart on a product to save it here for later.
shop-all = Shop all

# One of its products
no-longer-available = No longer available
move-to-cart = Move to cart
choose-a-version = Choose a version
of-what = of { $title }
remove = Remove

# Refusals
product-gone = This product is no longer available.
several-versions = This product comes in several versions. Choose one on its page.
