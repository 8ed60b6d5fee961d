system = System
payments = Payments
right-now = This server, right now
days-short = d
since-start = Figures are for the server that answered, since it started; e-mails are those of the whole shop.

# Figures
waiting = Orders waiting
waiting-note = in the order queue
batch = Orders at once
batch-note = average in one transaction
lock-wait = Wait for a lock
lock-note = average
no-lock = none
cache-hits = Cache hits
cache-note = of lookups
database = Database
database-note = connections in use, of those allowed
redis = Redis
redis-note = shared by several servers
redis-absent = not used
redis-up = connected
redis-down = not reachable
mails-waiting = E-mails waiting
mails-waiting-note = to be sent
mails-failed = E-mails failed
mails-failed-note = in the last 7 days
uptime = Running for
uptime-note = days, hours and minutes

# Refusals
orders = Orders
refused-here = Orders refused
none-yet = None yet.
refused-by-kind = Orders refused by this server, by kind
why = Why
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
