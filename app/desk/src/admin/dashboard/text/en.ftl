# The time
dashboard = Dashboard
time = Time
today = Today
seven-days = 7 days
thirty-days = 30 days
ninety-days = 90 days
own-range = Choose dates
first-day = First day
last-day = Last day
show-range = Show
enter-a-day = Enter a date from the year 2000 on.
ends-before = Enter a date that isn’t before the first day.
too-long = Choose { $days } days or fewer.

# What is to be done
to-do = To do
nothing-to-do = Nothing to do.
to-pack = { $count ->
    [one] order to pack
   *[other] orders to pack
}
to-ship = { $count ->
    [one] order to ship
   *[other] orders to ship
}
to-hand-over = { $count ->
    [one] refund to hand over
   *[other] refunds to hand over
}
other-sums = { $count ->
    [one] order with another sum captured, to return
   *[other] orders with another sum captured, to return
}
to-match = { $count ->
    [one] payment to match
   *[other] payments to match
}
to-send-back = { $count ->
    [one] transfer to return
   *[other] transfers to return
}
to-answer = { $count ->
    [one] open dispute
   *[other] open disputes
}
to-answer-by = { $count ->
    [one] open dispute, answer by { $day }
   *[other] open disputes, answer the first by { $day }
}
sold-out = { $count ->
    [one] product sold out
   *[other] products sold out
}
running-low = { $count ->
    [one] product running low
   *[other] products running low
}

# Numbers
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
conversion = Conversion rate
conversion-note = of carts became orders
refunds = Refunds
than-yesterday = compared with { $before } yesterday by this time
than-before = { $days ->
    [one] compared with { $before } the day before
   *[other] compared with { $before } in the { $days } days before
}
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
about-carts = about { $carts }

# What is counted
what-is-counted = What is counted
other-currencies = { $orders } in other currencies are not included in any total.
times-are-in = Times are in { $zone }.
revenue-meaning = Revenue: orders placed in this period, except cancelled, unpaid and unconfirmed ones, minus refunds made in this period.
conversion-meaning = Conversion rate: { $orders } placed and not cancelled, compared with { $carts } that were filled in this period and not ordered. Emptied and expired carts are not counted.
comparison-meaning = Comparisons are with as many days right before, up to the same time of day; what came in of those orders and what is still due is that of now.

# Charts
revenue-by = { $unit ->
    [hour] Revenue by hour
    [month] Revenue by month
   *[day] Revenue by day
}
orders-by = { $unit ->
    [hour] Orders by hour
    [month] Orders by month
   *[day] Orders by day
}
figures-by = { $unit ->
    [hour] Figures by hour
    [month] Figures by month
   *[day] Figures by day
}
chart-described = { $bars } bars from { $first } to { $last }. The highest is { $highest } with { $most }. All numbers are in the table below.
no-data-between = No data from { $first } to { $last }.
highest = Highest: { $most }
no-data = No data for this period
hour-beginning = Hour from
day = Day
month = Month
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
per-second = Orders per second
sold-last-hour = Sold in the last hour
nothing-last-hour = Nothing sold in the last hour.
sold-by-variant = Sold in the last hour, by variant
sold = Sold
sold-through = Sold through
