# The time
dashboard = Dashboard
time = Time
today = Today
seven-days = 7 days
thirty-days = 30 days

# Numbers
decimal-point = .
revenue = Revenue
revenue-note = net of refunds, including tax and shipping
received = Received
received-note = of these orders, before refunds
to-collect = To collect
to-collect-note = cash on delivery, not received yet
orders = Orders
orders-note = paid, or confirmed for cash on delivery
units = Units
units-note = ordered
average-order = Average order
average-note = before refunds
conversion = Conversion
conversion-note = of carts became orders
refunds = Refunds
refund-count = { $count ->
    [one] { $count } refund
   *[other] { $count } refunds
}
order-count = { $count ->
    [one] { $count } order
   *[other] { $count } orders
}
cart-count = { $count ->
    [one] { $count } cart
   *[other] { $count } carts
}

# What is counted
what-is-counted = What is counted
other-currencies = { $orders } in other currencies are not included in any total.
times-are-in = Times are in { $zone }.
revenue-meaning = Revenue: orders placed in this period, except cancelled, unpaid and unconfirmed ones, minus refunds made in this period.
conversion-meaning = Conversion: { $orders } placed and not cancelled, compared with { $carts } that were filled in this period and not ordered. Emptied and expired carts are not counted.

# Charts
revenue-by = { $unit ->
    [hour] Revenue by hour
   *[day] Revenue by day
}
orders-by = { $unit ->
    [hour] Orders by hour
   *[day] Orders by day
}
figures-by = { $unit ->
    [hour] Figures by hour
   *[day] Figures by day
}
chart-described = { $bars } bars from { $first } to { $last }. The highest is { $highest } with { $most }. All numbers are in the table below.
no-data-between = No data from { $first } to { $last }.
highest = Highest: { $most }
no-data = No data for this period
hour-beginning = Hour from
day = Day
charts-as-a-table = The charts as a table
figures-as-a-table = Figures as a table
total = Total

# Products
nothing-sold = Nothing sold in this period yet.
most-units-first = Top products, most units first
product = Product
sales = Sales
top-products = Top products
all-stock = See all stock
nothing-low = Nothing is low on stock.
lowest-first = Low stock, lowest first
variant = Variant
left = Left
low-stock = Low stock: { $most } or fewer

# A sale while it runs
right-now = Right now
at-time = As of
refresh = Refresh
per-second = Orders per second
per-second-note = last minute, whole shop
waiting = Orders waiting
waiting-note = in this node’s order queue
lock-wait = Wait for a lock
lock-note = average, this node
no-lock = none
cache-hits = Cache hits
cache-note = of lookups, this node
sold-last-hour = Sold in the last hour
refused-here = Orders refused by this node
whole-shop-note = Sales are for the whole shop. Other figures are for the node that answered, since it started.
nothing-last-hour = Nothing sold in the last hour.
sold-by-variant = Sold in the last hour, by variant
sold = Sold
sold-through = Sold through
none-yet = None yet.
refused-by-kind = Orders refused by this node, by kind
why = Why
no-answer = no answer; trying again
signed-out = before you were signed out
refusal = { $kind ->
    [sold_out] sold out
    [insufficient] insufficient
    [inactive] inactive
    [price_changed] price changed
    [total_changed] total changed
    [empty_cart] empty cart
    [not_open] shop not open yet
    [invalid] invalid
    [payment_declined] payment declined
    [payment_unclear] payment unclear
    [conflict] conflict
    [busy] busy
   *[unavailable] unavailable
}
