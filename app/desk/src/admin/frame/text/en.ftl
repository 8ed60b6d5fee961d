# The menu
dashboard = Dashboard
products = Products
categories = Categories
collections = Collections
drops = Drops
home-page = Home page
announcements = Announcements
stock = Stock
orders = Orders
customers = Customers
pages = Pages
staff = Staff
audit-log = Audit log
look = Look
settings = Settings
system = System
your-account = Your account
view-the-shop = View the shop
sign-out = Sign out
menu = Menu

# Around every page
page-title = { $title } – Admin
admin = Admin
skip-to-content = Skip to content
demo-payments = Demonstration: test cards pay for orders, and no money comes in.
test-key = Test mode: the payment provider is used with a test key, and no money comes in.
discard = Discard
last-saved = Last saved
search = Search

# The palette
go-to = Go to
go-to-page = Go to…
palette-field = Go to a page, or search
palette-hint = Go to a page, or search…
palette-places = Places
new-product = New product
search-all = Search everything for “{ $typed }”
search-products = Search products for “{ $typed }”
search-stock = Search stock for “{ $typed }”
search-orders = Search orders for “{ $typed }”
search-customers = Search customers for “{ $typed }”
key-search = search this page
key-products = products
key-stock = stock
key-orders = orders
key-customers = customers
key-dashboard = dashboard
key-new-product = new product

# Figures that are read again and again
at-time = As of
refresh = Refresh
no-answer = no answer; trying again
signed-out = before you were signed out
