brakes = Abuse protection
saved = Settings saved.
why = These limits keep programs from filling the shop with carts, orders and tried cards. Shoppers who share a connection, such as an office, share these limits. Anyone who is too fast is asked to wait. Leave a field empty for no limit.
save = Save settings

begun = New carts and wishlists
begun-why = Each is kept until it expires.
changes = Changes of carts and wishlists
changes-why = Adding, changing and removing items.
steps = Checkout steps
steps-why = Contact, shipping and payment details.
orders = Orders
orders-why = Placing an order, and paying for one that waits for its payment.
declines = Declined payments
declines-why = After that many, no further order can be placed for a while. Programs that try stolen card numbers are stopped by this.
look-ups = Order look-ups
look-ups-why = Finding an order by its number and e-mail address.

held = Unpaid units
held-why = Every order reserves its items until it’s paid or lapses; with cash on delivery, until it’s shipped. More than this can’t be reserved at the same time, so that no one empties your shop with orders that are never paid for. An order of more items than this can’t be placed at all.
held-network = Per connection, at the same time
held-address = Per delivery address, at the same time

network-minute = Per connection and minute
network-hour = Per connection and hour
cart-minute = Per cart and minute
cart-hour = Per cart and hour
card-minute = Per card and minute
card-hour = Per card and hour
standard = Recommended: { $times }.
