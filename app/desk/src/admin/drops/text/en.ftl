# Before it starts
checks = Checklist
checks-of = Checklist: { $title }
all-good = Everything is ready.
worth-a-look = It can start. Look at what is marked.
not-ready = Something has to be done before it starts.
state-good = ready
state-look = look at it
state-wrong = to be done
and-more = { $count ->
    [one] { $names } and { $count } more
   *[other] { $names } and { $count } more
}
start = Start and end
start-called-off = It was called off.
start-not-planned = It is still a draft. Plan it before it is to start: { $opens }.
start-is-over = Its start has passed. Set another one, then plan it.
start-planned = From { $opens } until { $closes }.
start-without-end = From { $opens }, until you call it off.
goods = Products
no-goods = Nothing is in it yet.
goods-on-sale = { $count ->
    [one] { $count } variant, and it is on sale.
   *[other] { $count } variants, and all of them are on sale.
}
goods-not-on-sale = Not on sale in the shop, so nobody can buy: { $names }.
units = Stock
units-short = There are not as many as the drop says: { $names }.
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
all-limited = All of it has a limit per customer.
not-limited = One customer may buy all of: { $names }.
room = Waiting room
room-on = On: up to { $rate } people are let in per minute.
room-off = Off: the fastest buy.
mails = E-mails
mails-now = Waiting now: { $waiting }. Failed in the last 7 days: { $failed }.
mails-take = { $minutes ->
    [one] Up to { $coming } e-mails take about { $minutes } minute at { $rate } per minute, the most that were sent lately.
   *[other] Up to { $coming } e-mails take about { $minutes } minutes at { $rate } per minute, the most that were sent lately.
}
mails-unknown = Up to { $coming } e-mails are to be sent. Too few were sent lately to say how long that takes.
connections = Database
nodes-fit = { $nodes ->
    [one] It lets { $allowed } connections in, and a server uses up to { $each }: enough for { $nodes } server. A new version needs a second one beside it.
   *[other] It lets { $allowed } connections in, and a server uses up to { $each }: enough for { $nodes } servers.
}
one-node = A file on this server: there is one server, and connections do not run out.

# As shoppers see it
preview = Preview
seen-at = This is what shoppers see at
back-to-drop = Back to the drop
another-time = Another time
show = Show
time-unread = Enter a date and a time. Shown is the start.
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
at-time = As of
refresh = Refresh
decimal-point = .
no-answer = no answer; trying again
signed-out = before you were signed out
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
told = Told
seconds-ago = { $seconds } s ago
nothing-yet = Nothing yet.
how-counted = Each server counts by itself and writes its figures once a second, also while Redis is down. “Refused as busy” counts orders of all products. A server that was stopped keeps its row.
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
too-early = The report is there when the drop is over.
keep = Keep this report
still-unpaid = { $count ->
    [one] { $count } order is not paid yet. The report can be kept when it is paid or has ended.
   *[other] { $count } orders are not paid yet. The report can be kept when they are paid or have ended.
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
amount = Worth of what was sold
first-order = From the start to the first order
last-order = From the start to the last order
of-drop = In the drop
households = Households
how-many = Households that bought
with-one = With one unit
with-two = With two units
with-more = With more
most-units = Most units of one household
wait-median = Half of the buyers waited up to
wait-most = 95 of 100 waited up to
wait-longest = The longest wait until an order
waits = Waits
nobody-knows = not known any more
waiting-list = Waiting list
list-joined = People on it
list-offered = Offered a unit that came back
list-ordered = Of these, ordered it
books = Books
ledger = Ledger of units, drop and orders
payments = Payments, orders and providers
agree = agree
differ = do not agree
not-compared = not compared since the end
digest = SHA-256 of this report
digest-of = The text that it is of
kept = Kept in the audit log
kept-is-altered = The text in the audit log is not the one that its digest is of.
still-agrees = All figures are still the same.
does-not-agree = These figures are different now:
kept-and-now = kept { $kept }, now { $now }

# From a file
file-panel = Variants from a file
csv-file = CSV file
csv-file-hint = With a column SKU, and Price, Units and Limit if you like. An empty price is the usual one, empty units are what is on the shelf, and an empty limit is none. All of it is taken, or nothing.
take-file = Take these variants
file-taken = The variants of the file are in the drop.
upload-unreadable = The file could not be read. Choose it again.
upload-multipart = The form came in another format than a file needs.
file-wanted = Choose a CSV file.
