categories = Categories
deleted = Category deleted.
created = Category created. Give it a text and a picture.
saved = Category saved.
picture-saved = Picture saved.
picture-removed = Picture removed.

# All of them
none-yet = Your categories will appear here.
menu-hint = A category is in the menu once it, or one below it, has an active product. Its page is always there.
name = Name
products = Products
order = Order
move-up = Move { $name } up
move-down = Move { $name } down
new-category = New category
parent = Parent category
no-parent = At the top
create = Create category

# One of them
view-in-shop = View in the shop
address = Address
address-hint = The last part of the page’s address. The old one keeps working.
description = Text
description-hint = Shown above the products. HTML such as <p>, <h2>, <ul> and <a>; unsafe HTML is removed when you save.
save = Save category
current = Current value: { $value }
picture-hint = PNG, JPEG or WebP, up to 8 MB. Wide pictures look best. Without one, the category shows a picture of its best seller.
delete = Delete this category
delete-why = This permanently deletes the category and its page. Its products stay.
delete-products = { $count ->
    [one] { $count } product won’t have a category any more.
   *[other] { $count } products won’t have a category any more.
}
delete-below = { $count ->
    [one] { $count } subcategory moves up one level.
   *[other] { $count } subcategories move up one level.
}
delete-now = Delete permanently

# What is wrong with one
name-wanted = Enter a name.
too-long = Use up to { $most } characters.
name-taken = Another category has this name.
address-empty = It needs at least one letter or digit.
address-taken = Another category has this address.
name-or-address-taken = Another category has this name or address.
choose-parent = Choose one of the categories.
below-itself = A category can’t be below itself.
too-deep = Categories can be nested up to { $most } levels deep.
text-too-long = This text is too long.
changed-since = Someone else has changed this category since you opened it.
