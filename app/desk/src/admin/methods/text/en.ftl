payment-methods = Payment methods
saved = Payment methods saved.
save = Save payment methods
why = Shoppers see them in this order, and the first one is chosen for them. When a method is turned off, orders that wait for their payment can still be paid. With none on, the checkout says that the shop doesn’t take orders yet.
no-cards = To take cards, set Stripe’s keys where the server is started. The method appears here then.

# A method
in-checkout = In the checkout
offered = Offered
off = Turned off
position = Position
position-hint = 1 is the first.
name = Name in { $language }
name-hint = Leave name and description empty to use the standard texts, shown in grey.
description = Description in { $language }
lowest = Minimum order total ({ $currency })
highest = Maximum order total ({ $currency })
amounts-hint = Including shipping. Leave empty for no limit.
countries = Countries
all-countries = all
some-countries = { $some } of { $all }
countries-hint = Tick none to offer it wherever you deliver to.
bank-settings = Account and days to pay
cash-settings = Confirmation and open orders
needs-account = Enter the account before you turn it on.
