search = Search
search-everything = Search orders, products, customers and pages
what-is-found = Enter at least two characters: an order number, a name, an e-mail address, a title or an SKU. Parts of names and numbers are found among the newest 2,000 orders and customers.
nothing-found = Nothing found.
places = Pages
orders = Orders
products = Products
customers = Customers
