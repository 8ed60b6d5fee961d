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
    [pending_payment] payment pending
    [paid] confirmed
    [packed] packed
    [shipped] shipped
    [delivered] delivered
    [cancelled] cancelled
   *[refunded] refunded
    } cannot be { $action ->
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
money-not-received = The payment provider has not received the money.

# Notes
enter-a-note = Enter a note.
long-note = Use up to { $most } characters.

# Refunds
choose-units = Choose what to refund, and how many.
nothing-left = There is nothing left to refund here.
number-up-to = Enter a number from 0 to { $most }.
refunded-meanwhile = Someone else has refunded part of this order. Check what is left.
refund-is-now = The refund is now { $amount }. Check it before you confirm.
no-such-refund = There is no refund with this number to pay back by hand.
resent-often = This confirmation has been sent again { $most } times within an hour. Try again later.
nothing-to-resend = There is no confirmation to send for this order.
