# A step that an order does not take
already-done = This order has already been { $action ->
    [paid] paid
    [packed] packed
    [shipped] shipped
    [delivered] delivered
    [cancelled] cancelled
   *[refunded] refunded
    }.
wrong-step = An order that is { $status ->
    [awaiting_confirmation] awaiting confirmation
    [pending_payment] not paid yet
    [paid] confirmed
    [packed] packed
    [shipped] shipped
    [delivered] delivered
    [cancelled] cancelled
   *[refunded] refunded
    } can’t be { $action ->
    [paid] paid
    [packed] packed
    [shipped] shipped
    [delivered] delivered
    [cancelled] cancelled
   *[refunded] refunded
    }.
refund-the-rest = Part of this order has been refunded. Refund the rest instead.
not-shipped-yet = This order hasn’t been shipped yet.
not-to-confirm = This order isn’t waiting to be confirmed any more.
nothing-due = Nothing is due for this order.
money-not-received = The payment provider hasn’t received the money.

# Money at a provider, captured or released by hand
nothing-to-capture = The payment provider holds no money for this order.
nothing-to-release = The payment provider holds no money for this order that could be released.
provider-not-set-up = The payment provider of this order isn’t set up any more. Set it up again, and then capture or release its payment.
still-processing = The bank is still working on this payment. Try again in a few minutes.
captured-already = This payment has already been captured. Refund the order instead.
release-is-wanted = The release of this hold has been requested, so nothing of it is captured. The shop keeps asking the payment provider until it’s released.
release-needs-setting = The hold isn’t released yet, and nothing is captured meanwhile: the payment provider refuses all requests of this shop. “server payments check” says what is wrong.
not-waiting-for-payment = This order isn’t waiting for its payment any more, so nothing can be charged.

# Notes
enter-a-note = Enter a note.
long-note = Use up to { $most } characters.

# Refunds
choose-units = Choose what to refund, and how many.
nothing-left = There is nothing left to refund here.
number-up-to = Enter a number from 0 to { $most }.
refund-disputed = The payment of this order is disputed. The bank decides about the money, so it can’t be refunded here.
refunded-meanwhile = Someone else has refunded part of this order. Check what is left.
refund-is-now = The refund is now { $amount }. Check it before you confirm.
by-hand-after-bank = The customer’s bank hasn’t decided about this payment yet. Don’t pay anything back by hand until it has, or the customer could get the money twice.
no-such-sum = There is no sum of this payment left to return.
sum-is-being-sent = The payment provider has been asked to return this sum, and it isn’t known yet whether it does. Don’t pay it back by hand until it is, or the customer could get the money twice. The shop asks again within a few minutes.
no-such-refund = There is no refund with this number to pay back by hand.
resent-often = E-mails about this order have been sent again { $most } times within an hour. Try again later.
nothing-to-resend = There is no such e-mail to send for this order.

# Bank transfers
no-transfer-order = This order isn’t paid by bank transfer.
nothing-to-return = There is nothing to return of this payment any more.
enter-an-amount = Enter an amount, such as 49.00.
enter-a-day = Enter the day the money arrived.
