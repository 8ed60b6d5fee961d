# What is wrong with a menu item
enter-a-label = Enter a label.
same-menu = Choose an item of the same menu.
below-itself = An item can’t be below itself.
too-deep = A menu can have up to { $most } levels.
choose-target = Choose what the item leads to.
target-gone = This no longer exists. Choose something else.
enter-an-address = Enter an address that begins with https://, or a path of the shop such as /products.
address-leads-nowhere = There is nothing at this address.
choose-place = Send header or footer.
too-many-items = A menu can have up to { $most } items.
changed-since = Someone else has changed this menu item since you opened it.

# The footer menu of a demo shop
demo-shop = Shop
demo-all-products = All products
demo-information = Information
