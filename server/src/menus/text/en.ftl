# What is wrong with an item
version-wrong = The version must be a whole number.
label-wanted = Enter a label.
parent-wanted = Choose an item of the same menu.
parent-is-itself = An item can’t be below itself.
too-deep = A menu can have up to { $most } levels.
target-wanted = Choose what the item leads to.
target-gone = This no longer exists. Choose something else.
address-wanted = Enter an address that begins with https://, or a path of the shop such as /products.
nothing-there = There is nothing at this address.

# What stands in its way
too-many-items = A menu can have up to { $most } items.
changed-since = Someone else has changed this menu item since you opened it.

# For programs
place-wanted = Send header or footer.
