# The preview
preview = Preview
preview-note = This is a preview. Shoppers see the page as it was last published.
back-to-editor = Back to the editor

# All blocks
home-page = Home page
view-in-shop = View in the shop
saved = Block saved. Publish the page to show it to shoppers.
deleted = Block removed. Publish the page to remove it for shoppers.
published = Home page published. Shoppers see it now.
discarded = Changes discarded.
none-yet = The page has no blocks. Add one.
block = Block
order = Order
change = Change
move-up = Move block { $number }, { $kind }, up
move-down = Move block { $number }, { $kind }, down
delete = Remove block { $number }, { $kind }
publishing = Publishing
nothing-changed = Everything is published.
not-published = There are changes that shoppers don’t see yet.
publish = Publish
discard = Discard changes…
discard-why = The page goes back to what shoppers see now.
discard-now = Yes, discard changes
add-block = Add a block
add = Add block

# Kinds
kind-hero = Hero
kind-text = Text
kind-picture = Picture
kind-products = Products
kind-categories = Categories
kind-promises = Promises

# One block
picture-saved = Picture saved.
picture-removed = Picture removed.
save = Save block
cancel = Cancel
draft-hint = Shoppers see it once you publish the page.
heading = Heading
text = Text
text-hint = A blank line begins a new paragraph.
button = Button
button-link = The button leads to
second-button = Second button
second-button-link = The second button leads to
link = Link
link-hint = A page of the shop, such as /products?sort=newest, or an address that begins with https://.
alt = Alt text
alt-hint = What the picture shows, for people who can’t see it.
products = Which products
newest = The newest
best-selling = The best-selling
in-category = From { $name }
in-collection = From the collection { $name }
count = How many
promises-hint = Up to four, each with a title and a short text. A row without a title isn’t shown. “{ $cash }” in the shop’s own words is shown while cash on delivery is on.
promise-title = Title of promise { $number }
promise-text = Text of promise { $number }
picture-hint = PNG, JPEG or WebP, up to 8 MB.
hero-picture-hint = PNG, JPEG or WebP, up to 8 MB. Without one, the block shows some of your products.

# What is wrong with a block
choose-kind = Choose what to add.
too-many-blocks = A page can have up to { $most } blocks.
changed-since = Someone else has changed this block since you opened it.
too-long = Use up to { $most } characters.
button-words-wanted = Enter what is on the button.
button-link-wanted = Enter where the button leads.
words-wanted = Enter a heading or a text.
alt-wanted = Enter what the picture shows: it is a link.
choose-products = Choose which products to show.
choose-count = Choose how many products to show.
promise-title-wanted = Enter a title.
