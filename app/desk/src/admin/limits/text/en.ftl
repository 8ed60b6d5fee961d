limits = Limits per customer
products = Products
saved = Limits saved.
save = Save limits
shop-why = How many units one customer can order in the whole shop. A product can have limits of its own, in its editor.
product-why = How many units one customer can order of this product in all, and of each variant.
who-is-one = Orders with the same account, e-mail address or delivery address are one customer’s, however they are typed. Earlier orders count, too. Cancelled orders don’t count; refunded ones do.
limited-products = Products with limits

# The table
what = What
units = Units per customer
days = Period in days
whole-shop = Whole shop
whole-product = Whole product
of-what = { $field }: { $what }
now-empty = Now empty.
now = Now { $value }.

# What is wrong
enter-units = Enter a number from 1 to { $most }, or leave the field empty for no limit.
enter-days = Enter a number of days up to { $most }, or leave the field empty for all time.
units-first = Enter the units, too.
unknown-variant = This variant doesn’t exist any more.
