# The page
settings = Settings
last-changed = Last changed
changed-by = { " by " }{ $who }
settings-saved = Settings saved.
save-settings = Save settings
current-empty = Current value: empty
current-value = Current value: { $value }
saved-by = { $who } saved different settings
changed-while-editing = The settings were changed while you were editing.
not-saved-yet = Your changes haven’t been saved yet. The current value is shown under each changed field. Save again to replace it with yours.

# The shop
shop = Shop
shop-name = Shop name
time-zone = Time zone
time-zone-hint = All times are shown in this zone, and days start at midnight there.

# Money
money = Money
currency = Currency
currency-hint = ISO 4217, such as EUR.
tax = Tax
tax-hint = Percent, included in prices.
currency-why = Changing the currency doesn’t convert prices: €49.00 becomes $49.00, or ¥49 where there are no cents. Prices with more decimals are rounded. Carts and shipping prices change, too. Past orders keep their currency, and the dashboard counts orders in the current one only. If the server is started with --currency or HOLDFAST_CURRENCY, remove that, or it won’t start again.
confirm-currency = Change the currency without converting prices

# Payment
payment-methods = Payment methods
bank-settings = Bank transfer
cash-settings = Cash on delivery
seller = Seller’s data
sentences = Your own texts
limits = Limits per customer
brakes = Abuse protection
carriers = Carriers

# Times and stock
times-title = Reservations and stock
hold = Reserve stock for unpaid orders (minutes)
hold-hint = 5 to 1440. After that the items are for sale again.
cart-days = Keep carts for (days)
cart-days-hint = 1 to 365, from the last change.
low-stock = Low stock: up to (units)
low-stock-hint = This many units or fewer are marked on the dashboard and in the product and stock tables. Shoppers see “Only a few left” then, too, but never at more than { $most }: you may want to reorder at hundreds, and these words would hurry shoppers with what isn’t true.

# Returns
returns = Returns
return-days = Days to return
return-days-hint = 1 to 365, from arrival. Leave empty to promise nothing.
return-cost = Return shipping
customer-pays = The customer pays
shop-pays = Free of charge
returns-why = Product pages and the checkout say it, and search engines read it. Promise only what your terms say. To say it in words of your own, write them here:

# E-mail and sign-in
e-mail = E-mail
sender = Sender
sender-hint = Such as Shop <orders@shop.example>. Your mail server must allow this sender.
sign-in = Sign-in
second-factor = Second factor
second-factor-hint = Anyone without one has to set it up before the admin area opens. That includes you.
factor-optional = Optional
factor-required = Required for staff and admins

# Shipping
shipping = Shipping
current-values = Current values:
and-free-from = , free from { $amount }
name = Name
description = Description
price = Price
price-in = Price ({ $currency })
free-from-in = Free from ({ $currency })
free-threshold = Free shipping threshold
of-method = { $words } of method { $number }
and-days = , { $from }–{ $to } working days
days-from = Days from
days-to = Days to
handover = Handover
delivered = Delivered
collected = Collected
days-why = Enter the working days from order to arrival, Monday to Friday, such as 2 and 4. Shoppers see “2–4 working days” on product pages and dates in the cart, in the checkout and with their order; leave the description free of days then. Orders already placed keep the dates they were given. Leave both empty to promise nothing.
dispatch-by = Order cut-off
dispatch-hint = Such as 14:00. Orders after it count from the next working day. Empty: the whole day counts.
rates-why = Add a shipping method in the empty row; another appears when you save. Clear the name to remove a method; earlier orders keep it. Leave “free from” empty for never.

# Countries
countries = Countries
current-list = Current value: { $names }.
add-all-countries = Add all countries
add-all = Add all
some-of-all = { " " }{ $some } of { $all }
countries-why = Shoppers choose from these countries. Orders to a country you remove are refused; earlier orders keep their address. Postal codes and states are asked for where needed.
region = { $region ->
    [eu] European Union
    [europe] Rest of Europe
    [north-america] North America
    [south-america] South America
    [asia] Asia
    [africa] Africa
   *[oceania] Oceania and Antarctica
}

# Languages
languages = Languages
default-language = Default language
default-language-hint = Its addresses have no prefix, such as /products.
pages-also-in = Pages are also in
other-languages-hint = Addresses of the others begin with the language, such as /de/products. Links to a language that you turn off lead to the same page in the default language. Its translations are kept.
written-in = Products and categories are written in { $language }; add other languages in their editors.
texts-in = Texts in { $language }
