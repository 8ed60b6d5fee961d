payments = Payments
system = System
why = Every night, the shop compares its payments of the last 60 days with the payment provider’s list. Each difference is named here.
no-provider = Comparisons with a payment provider appear here once one is set up.
compare-now = Compare now
compared-now = The comparison below is the latest one.
comparing = This takes longer and goes on by itself. Look at this page again in a few minutes.
compared-at = Compared at
never-compared = Not compared yet. It runs by itself at night.
failed-at = The provider couldn’t be asked; the server’s log says why. Last tried at
all-agree = { $count ->
    [one] { $count } payment compared: no differences.
   *[other] { $count } payments compared: no differences.
}
some-differ = { $count ->
    [one] { $count } difference
   *[other] { $count } differences
}
foreign = { $count ->
    [one] { $count } payment at the provider isn’t from this shop.
   *[other] { $count } payments at the provider aren’t from this shop.
}
differences = Differences with { $provider }
difference = Difference
order = Order
payment = Payment
ours = Here
theirs = At the provider
unknown-order = No order

# What differs
charge-without-order = The provider has money for an order that isn’t here
order-without-charge = The order is paid here, and the provider has no payment
not-taken-in = The provider was paid, and the order isn’t paid here
captured-differs = Different amounts were captured
currency-differs = Different currencies
refund-missing = Refunded here, but not by the provider
refund-unknown = Refunded by the provider, but not here
still-held = Money is held for an order that doesn’t wait for it
cancelled-and-charged = The order was cancelled, and its money hasn’t been refunded
