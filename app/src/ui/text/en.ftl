# What is wrong with a line of the cart
sold-out = { $title } is sold out.
only-left = Only { $available } of { $title } left.
price-changed = The price of { $title } has changed.
no-longer-sold = { $title } is no longer available.


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

# A refused form
fix-fields = { $count ->
    [one] Please fix one field.
   *[other] Please fix { $count } fields.
}
review-items = { $count ->
    [one] Please review { $count } item in your cart.
   *[other] Please review { $count } items in your cart.
}
