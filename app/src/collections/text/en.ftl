# In the shop
nothing-now = Nothing in this collection is for sale right now.
all-products = All products

# All of them
collections = Collections
deleted = Collection deleted.
none-yet = Your collections will appear here.
name = Name
products = Products
new-collection = New collection
create = Create collection

# One of them
created = Collection created. Add products to it.
saved = Collection saved.
picture-saved = Picture saved.
picture-removed = Picture removed.
view-in-shop = View in the shop
no-products-yet = This collection has no products yet. Search for some below.
product = Product
order = Order
change = Change
move-up = Move { $title } up
move-down = Move { $title } down
not-on-sale = Not on sale
remove = Remove { $title } from this collection
address = Address
address-hint = The last part of the page’s address. The old one keeps working.
description = Text
description-hint = Shown above the products. HTML such as <p>, <h2>, <ul> and <a>; unsafe HTML is removed when you save.
save = Save collection
picture-hint = PNG, JPEG or WebP, up to 8 MB. Wide pictures look best.
delete = Delete this collection
delete-why = This permanently deletes the collection and its page. Its products stay.
delete-now = Delete permanently

# What is wrong with one
name-wanted = Enter a name.
too-long = Use up to { $most } characters.
name-taken = Another collection has this name.
address-empty = It needs at least one letter or digit.
address-taken = Another collection has this address.
text-too-long = This text is too long.
changed-since = Someone else has changed this collection since you opened it.
too-many = There can be up to { $most } collections. Delete one.
too-many-products = A collection can have up to { $most } products. Remove one.
choose-product = Choose one of the products.
