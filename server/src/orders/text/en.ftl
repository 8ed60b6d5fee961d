# Why an order is not placed
key-of-another-order = This checkout key belongs to another order.
choose-payment = This payment method is no longer available. Choose another one.
choose-shipping = Choose a shipping method.
unit-of-another-address = This unit is kept for the e-mail address that the link was sent to. Order it with that address.
total-has-changed = The total has changed since you saw it. Please check it before you order.
too-many-orders = We’re receiving too many orders right now. You weren’t charged. Please try again.
too-much-held = Together with unpaid orders from your connection or to this address, that’s more items than we can hold. Order fewer items, or pay for those orders first.
too-much-in-one-order = { $units ->
    [one] This order is larger than { $units } item, which is the most we can hold until it’s paid. Order fewer items, or ask us about a larger order.
   *[other] This order is larger than { $units } items, which is the most we can hold until it’s paid. Order fewer items, or ask us about a larger order.
}

# Finding, confirming and cancelling an order
no-such-order = There is no order with this number and e-mail address.
already-cancelled = This order has already been cancelled.
partly-refunded = Part of this order has been refunded, so it can’t be cancelled any more. Please contact us.
confirmed-too-late = This order has lapsed: it wasn’t confirmed in time. Please order again.
too-late-to-cancel = This order can’t be cancelled any more.
