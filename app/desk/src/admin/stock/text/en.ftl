stock = Stock
search-stock = Search title or SKU
stock-saved = Changes saved.
nothing-found = Nothing found
no-variants-match = No variants match.
show-all-stock = Show all stock
# Ways through the table
by-stock = By stock
all = All
sold-out = Sold out
low = Low
in-stock-tab = In stock
not-tracked = Not tracked
# Its columns
variant = Variant
available = Available
held = In open orders
change-stock = Change stock
price = Price
change-hint = 12 sets the stock to 12; +5 or -2 adjusts it. Units in open orders aren’t counted as available.
change-stock-of = Change stock of { $title }
price-of = Price of { $title }
# Its one button
reason-of-changes = Reason for stock changes
counted = Counted
delivered = Delivered
damaged = Damaged
lost = Lost
returned-unsold = Sent back to the supplier
discard = Discard
save-changes = Save changes
nothing-saved = Nothing has been saved yet. What you typed is still in its fields.
# What the page's script says
one-more = One more of { $title }
one-fewer = One fewer of { $title }

# One variant
stock-adjusted = Stock adjusted.
edit-product = Edit product
in-stock = In stock:{ " " }
adjust-stock = Adjust stock
units = Units
counted-units = Counted units
save = Save
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
of-drop = Drop
of-waiting-list = Waiting list
edited-with-product = Edited with the product

# What is wrong with a form
delta-wanted = Enter a number of units, such as 5 or -2.
units-wanted = Enter the number of units.
reason-wanted = Enter a reason of up to 200 characters.
price-changed = Someone changed this to { $price }. Check it and save again.
already-booked = This form has already adjusted the stock by { $units }. Reload the page to adjust it again.
out-of-range = In stock: { $units }. The result is out of range.
change-wanted = Enter the number of units, such as 12, or a change, such as +5 or -2.
stock-changed = In stock now: { $units }. Check and save again.
stock-not-tracked = The stock of this variant isn’t tracked.
variant-gone = This variant has been deleted. Empty its fields.
too-many-rows = Change at most { $number } variants at once.
