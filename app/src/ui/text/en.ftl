# Prices
price-from = from
price-now = Now
price-was = Was

# Pages of a list
page = Page { $number }
pages = Pages
previous = Previous
next-page = Next

breadcrumbs = Breadcrumbs

continue-title = Continue
continue-onward = Continue to the next page

# Fields
optional = (optional)
invalid-date = Invalid date; ignored.
no-link = Enter a page of the shop, such as /products, or an address that begins with https://.

# A version
version-wrong = The version must be a whole number.
