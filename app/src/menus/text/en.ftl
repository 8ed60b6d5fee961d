# In the shop
more = More links

# The back office
pages = Pages
menus = Menus
header-menu = Menu in the header
footer-menu = Menu in the footer
no-header-menu = No items yet. Until you add one, the header shows the categories.
no-footer-menu = No items yet. Until you add one, the footer shows the categories.
add-item = Add menu item
saved = Menu item saved. Shoppers see it now.
deleted = Menu item deleted.
not-shown = Not shown
heading = Heading, no link
target-gone = Its target no longer exists
up = Up
down = Down
move-up = Move { $label } up
move-down = Move { $label } down
label = Label
parent = Parent item
top = Top level
target = Leads to
to-an-address = The address below
to-nowhere = Nothing: a heading for the items below it
page = Page
category = Category
collection = Collection
address = Address
address-hint = A website (https://…), or a path of the shop such as /products or /products/pocket-compass. Items that lead to a product keep working when its address changes.
save-item = Save menu item
cancel = Cancel
delete-item = Delete this menu item
delete-item-why = This also deletes all items below it. The pages and products that they lead to aren’t affected.
yes-delete-item = Delete menu item
send-up-or-down = Send up or down.
