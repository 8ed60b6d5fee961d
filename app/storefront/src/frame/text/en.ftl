# The frame of the shop's pages

skip-to-content = Skip to content
menu = Menu
categories = Categories
brand-home = { $shop }, home
notice = Notice
not-open-yet = This shop isn’t open yet. You can look around, but you can’t order.
demonstration = This is a demonstration. You can try everything, but nothing is sold or delivered.
shop = Shop
all-products = All products
orders = Orders
prices-include-tax = All prices include tax.
cookies = We use cookies only for your cart, your wishlist and signing in.
language = Language


# The search field
search-the-shop = Search the shop
search = Search
suggestions = Suggestions

# Error pages

error = Error { $status }
try-again = Try again
to-the-front-page = Go to the front page
search-again = Search again
what-were-you-looking-for = What were you looking for?
more-categories = More categories

nothing-here = Page not found
nothing-here-why = There is no page at this address. It may have moved, or the product is no longer sold.
wrong-method = That didn’t work
wrong-method-why = This address can’t be used that way. Nothing was changed.
not-allowed = You can’t open this page
back-soon = We’ll be right back
busy-why = The shop is very busy right now. Your cart is safe. Please try again in a few seconds.
slow-down = Too many requests
slow-down-why = That was a lot of requests in a short time. Please wait a minute and try again.
failed = Something went wrong
failed-why = The error is on our side. Nothing was changed. Please try again now or in a few minutes.
refused = That didn’t work
