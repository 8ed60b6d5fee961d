# Stock. `#` is where the number goes.
in-stock = In stock
few-left = Only a few left
sold-out = Sold out
stock-only = Only # left
stock-count = # in stock
stock-more = More than # in stock
back-order = Available to order
stock-paying = All taken. # being paid for.
stock-paying-for = All taken. # being paid for; the first is paid for or free again in # min at the latest.
stock-rest = # in stock, the rest to order
back-order-why = What is “available to order” isn’t in stock at the moment. It takes longer than the delivery time shown.

# The front page
home-title = Sturdy goods for home and shore
home-heading = Made to last.
home-text = Mugs and pans, lamps and lanterns, tents and rope: made for every day, and to be repaired.
shop-all = Shop all
see-whats-new = See what’s new
shop-by-category = Shop by category
new-in = New in
all-new-arrivals = All new arrivals
popular = Popular
all-bestsellers = All bestsellers
why-shop-with-us = Why shop with us
real-stock = Real stock
real-stock-why = The stock you see is the stock we have.
no-surprises = No surprises
no-surprises-why = You see the full price before you order.
pay-on-delivery = Pay on delivery
pay-on-delivery-why = Pay in cash at the door if you like.
no-account-needed = No account needed
no-account-needed-why = Find your order with its number and your e-mail address.

# The way here
home = Home
all-products = All products
search = Search

# Lists
results-for = Results for “{ $query }”
results-in = Results for “{ $query }” in { $category }
page-of-list = { $title }, page { $number }
products = Products
product-count = { $count ->
    [one] { $count } product
   *[other] { $count } products
}
list-in-short = { $title } at { $shop }: { $count }.
product-range = { $first }–{ $last } of { $count } products
no-more-products = There are no more products
last-page-is = The last page is page { $number }.
to-the-last-page = Go to the last page
no-results-for = No results for “{ $query }”
nothing-found = Nothing found
advice-search = Check the spelling, try a simpler word, or remove a filter.
advice-filters = No products match these filters. Remove one to see more.
advice-empty = There is nothing for sale here yet. Please check back soon.
clear-search = Clear search and filters
popular-right-now = Popular right now

# Categories
subcategories = Subcategories

# Filters
filters = Filters
category = Category
price = Price
lowest-price = Lowest price, in { $currency }
highest-price = Highest price, in { $currency }
availability = Availability
in-stock-only = Hide sold-out items
tags = Tags
apply = Apply
show-results = { $count ->
    [one] Show { $count } result
   *[other] Show { $count } results
}
close-filters = Close filters
more-values = { $count } more
clear-all = Clear all
active-filters = Active filters
remove-filter = Remove filter:
price-at-least = from { $price }
price-at-most = up to { $price }
quoted = “{ $query }”
sort-by = Sort by
sort = Sort
sort-featured = Featured
sort-relevance = Relevance
sort-newest = Newest
sort-price-up = Price: low to high
sort-price-down = Price: high to low
sort-name = Name
sort-best-selling = Best selling

# Cards
colours = { $count ->
    [one] { $count } colour
   *[other] { $count } colours
}
quick-add = Add
quick-add-what = Add { $title } to cart
sale = Sale
badge-few-left = Few left
badge-back-order = To order

# A product
pictures = Pictures
picture-of = { $title }, picture { $number } of { $total }
show-picture = Show picture { $number }
enlarge-picture = Enlarge picture
previous-picture = Previous picture
next-picture = Next picture
zoom = Zoom
close = Close
details = Details
sku = SKU
brand = Brand
description = Description
you-may-also-like = You may also like
tax-and-shipping = Tax included. Shipping calculated at checkout.
shipping-only = Shipping calculated at checkout.
not-in-this-combination = Not available in this combination
still-available = Still available
similar-products = See similar products
option-sold-out = sold out
add-to-cart = Add to cart
price-now = Now
price-was = Was
you-save = You save
quantity = Quantity
one-fewer = One fewer
one-more = One more

# An amount in a filter that cannot be read
amount-wanted = Enter an amount, such as 20.
amount-ambiguous = { $typed } could mean { $small } or { $large }. Write { $plain }.
amount-or = { $one } or { $other }
amount-or-decimals = { $one }, or use at most { $digits } decimals
no-decimals = Leave the decimals out: this currency has none.
too-many-decimals = Use at most { $digits } decimals.
