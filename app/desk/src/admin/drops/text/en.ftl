# Before it starts
checks = Checklist
checks-of = Checklist: { $title }
all-good = Everything is ready.
worth-a-look = It can start. Check the points that are marked.
not-ready = Something has to be done before it starts.
state-good = ready
state-look = check this
state-wrong = to be done
and-more = { $count ->
    [one] { $names } and { $count } more
   *[other] { $names } and { $count } more
}
start = Start and end
start-called-off = It was called off.
start-not-planned = It is still a draft. Plan it before its start: { $opens }.
start-is-over = Its start has passed. Set another one, then plan it.
start-planned = From { $opens } until { $closes }.
start-without-end = From { $opens }, until you call it off.
goods = Products
no-goods = There are no products in it yet.
goods-on-sale = { $count ->
    [one] { $count } variant, on sale.
   *[other] { $count } variants, all on sale.
}
goods-not-on-sale = Not on sale in the shop, so no one can buy: { $names }.
units = Stock
units-short = There are fewer on the shelf than the drop needs: { $names }.
units-on-shelf = All { $units } units are on the shelf. They are set aside when you plan the drop.
units-set-aside = { $aside } of { $units } units are set aside and not sold.
payment = Payment
shop-not-open = The shop takes no orders yet.
no-way-to-pay = No payment method is on.
ways-to-pay = On: { $methods }.
no-money = No money comes in: this is a test or a demonstration.
method = { $method ->
    [stripe] card
    [test_card] test card
    [cash_on_delivery] cash on delivery
    [bank_transfer] bank transfer
   *[unknown] { $method }
}
limits = Limits
all-limited = Everything in it has a limit per customer.
not-limited = One customer may buy all of: { $names }.
room = Waiting room
room-on = On: up to { $rate } people are let in per minute.
room-off = Off: first come, first served.
mails = E-mails
mails-now = Waiting now: { $waiting }. Failed in the last 7 days: { $failed }.
mails-take = { $minutes ->
    [one] Up to { $coming } e-mails take about { $minutes } minute at { $rate } per minute, the fastest rate of late.
   *[other] Up to { $coming } e-mails take about { $minutes } minutes at { $rate } per minute, the fastest rate of late.
}
mails-unknown = Up to { $coming } e-mails will be sent. Too few were sent lately to say how long that takes.
connections = Database
nodes-fit = { $nodes ->
    [one] It allows { $allowed } connections, and a server uses up to { $each }: enough for { $nodes } server. An update needs room for a second one.
   *[other] It allows { $allowed } connections, and a server uses up to { $each }: enough for { $nodes } servers.
}
one-node = The database is a file on this server: there is one server, and connections can’t run short.

# As shoppers see it
preview = Preview
seen-at = This is what shoppers see on
back-to-drop = Back to the drop
another-time = Another time
show = Show
time-unread = Enter a date and a time. The start is shown.
before-reveal = Before its products are shown
at-reveal = When its products are shown
before-start = A minute before the start
at-start = At the start
at-end = At the end
not-shown = Not shown to shoppers at that time
not-on-sale = not on sale in the shop
secret = secret, because of another drop that is not planned
secret-until = secret until { $time }

# While it goes on
live = Live
live-of = Live: { $title }
right-now = Right now
arrivals = Places given out
waiting = Waiting in the room
let-in = Let in
orders = Orders
left = Units left
gone = Sold
held = Being paid for
kept-for-list = Kept for the waiting list
on-list = On the waiting list
unpaid = Orders not paid yet
refused = Orders refused
queue = Orders in the queue
by-variant = By variant
by-reason = Orders refused, by reason
by-server = By server
variant = Variant
sold = Units sold
why = Reason
server-head = Server
server = { $number }, since { $time }
busy = Refused as busy
lock = Wait for a lock
told = Last report
seconds-ago = { $seconds } s ago
nothing-yet = Nothing yet.
how-counted = Each server counts by itself and reports its figures once a second. “Refused as busy” counts orders of all products. A server that has stopped keeps its row. “Orders in the queue” and “Wait for a lock” are of the servers that report now: all that wait, and the longest wait of one.
reason = { $reason ->
    [sold_out] sold out
    [too_few_left] too few left
    [not_yet] before the start
    [not_let_in] not let in from the waiting room
    [limit_reached] limit per customer
    [not_on_sale] not on sale
    [price_changed] price changed
    [total_changed] total changed
   *[unknown] other
}

# When it is over
report = Report
report-of = Report: { $title }
too-early = The report is available when the drop is over.
keep = Keep this report
still-unpaid = { $count ->
    [one] { $count } order is not paid yet. The report can be kept once it is paid or cancelled.
   *[other] { $count } orders are not paid yet. The report can be kept once they are paid or cancelled.
}
how-to-print = Print this page, or save it as a PDF.
when = When
began = Start
ended-on-time = End
was-called-off = Called off
placed = Orders placed
cancelled = Of these, cancelled
units-ordered = Units ordered
units-back = Units that came back
amount = Value of what was sold
first-order = From the start to the first order
last-order = From the start to the last order
of-drop = In the drop
households = Households
how-many = Households that bought
with-one = With one unit
with-two = With two units
with-more = With more
most-units = Most units in one household
wait-median = Half of the buyers waited up to
wait-most = 95 of 100 waited up to
wait-longest = The longest wait until an order
waits = Waits
nobody-knows = not known any more
waiting-list = Waiting list
list-joined = People on the list
list-offered = Offered a unit that came back
list-ordered = Of these, ordered
books = Comparison
ledger = Stock movements, drop and orders
payments = Payments, orders and providers
agree = agree
differ = do not agree
not-compared = not compared since the end
digest = Checksum of this report (SHA-256)
digest-of = The text the checksum is made from
kept = Kept in the audit log
kept-is-altered = The text in the audit log doesn’t match its checksum.
still-agrees = All figures are still the same.
does-not-agree = These figures are different now:
kept-and-now = kept { $kept }, now { $now }

# From a file
file-panel = Variants from a file
csv-file = CSV file
csv-file-hint = It needs a column SKU; Price, Units and Limit are optional. An empty price is the usual one, empty units are all that are on the shelf, and an empty limit is none. Either all lines are imported or none.
take-file = Import these variants
file-taken = The variants in the file are in the drop now.
upload-unreadable = The file could not be read. Choose it again.
upload-multipart = The form came in another format than a file needs.
file-wanted = Choose a CSV file.
