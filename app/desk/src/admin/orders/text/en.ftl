# The list
orders = Orders
all = All
money-to-return = Money to return
money-by-hand = Refunds to hand over
money-of-other-sums = Other sums to return
disputed = Open disputes
no-matches = No matches. New orders appear at the top of this list.
no-orders-found = No orders found
show-all-orders = Show all orders
order = Order
date = Date
customer = Customer
status = Status
units = Units
total = Total
amount-refunded = { $amount } refunded
amount-to-be-refunded = { $amount } to be refunded

# Its filters
search-orders = Search orders
search-hint = Number, name or e-mail
search = Search
filters = Filters
apply-filters = Apply filters
clear = Clear
first-day = From
last-day = To
customers-e-mail = Customer’s e-mail
product-or-sku = Product or SKU

# An order
order-title = Order { $number }
lines = Lines
product = Product
price = Price
quantity = Quantity
refunded = Refunded
totals = Totals
promised = The customer was told: { $words }
delivery-by = Shipping, { $method }
left = Left
erased = Personal data was erased at the customer’s request.
all-their-orders = All their orders
delivery-address = Delivery address
customers-note = Note from the customer
billing-address = Billing address
vat-id = VAT ID: { $number }
order-language = Language of the order: { $language }
order-market = Market: { $name }

# What to do with it
next-step = Next step
next-confirm = Nothing to do yet: the customer hasn’t confirmed the order with the link in the e-mail. If they don’t, it lapses and its stock is released. If you know that they want it, confirm it for them.
lapses-at = Lapses at
mark-confirmed = Confirm for the customer
next-transfer = Nothing to do until the customer’s bank transfer arrives. If it doesn’t, the order is cancelled automatically and its stock released.
record-payment = Record payment…
next-wait = Nothing to do yet: the payment hasn’t been confirmed. If it isn’t, the order is cancelled automatically and its stock released.
next-pack = Pick the items on the packing slip.
mark-packed = Mark as packed
next-ship = The customer gets an e-mail when you mark it as shipped.
mark-shipped = Mark as shipped
next-deliver = The parcel is on its way.
mark-delivered = Mark as delivered
next-ready = The customer gets an e-mail when you mark it as ready to collect.
mark-ready = Mark as ready to collect
next-collect = It’s ready, and the customer collects it.
mark-collected = Mark as collected
carrier = Carrier
optional = (optional)
tracking-number = Tracking number
no-tracking = Sent without a tracking number.
parcel = Parcel
edit-tracking = Edit tracking
save = Save
refund-dots = Refund…
packing-slip = Packing slip
our-number = Our number
invoice = Invoice
will-be-refunded = { $amount } will be refunded to the customer.
maybe-refunded = If the payment has gone through by then, it will be refunded.
refunded-unless-by-bank = The payment is disputed. It will be refunded if the bank decides that the money stays with you.
all-refunded-before = All of it has been refunded already.
nothing-to-refund = Nothing was paid, so nothing will be refunded.
no-undo = This can’t be undone.
cancel-order-dots = Cancel order…
cancel-this-order = Cancel this order

# Its payment
payment = Payment
refund-number = Refund { $number }
mark-refunded = Mark { $amount } as refunded
mark-received = Mark { $amount } as received
payment-pending = Waiting for the payment provider
payment-due = Due on delivery
payment-authorised = Authorised, not charged yet
payment-captured = Captured
payment-declined = Declined
payment-voided = Nothing was charged
payment-disputed = Disputed by the customer
refund-owed = pending: we keep asking the provider until it’s refunded
refund-pending = on its way: the provider hasn’t confirmed yet that it has arrived
refund-returned = refunded by the provider
refund-by-hand = to be refunded by hand
refund-fault = The payment provider says: { $reason }
on-its-way-elsewhere = Refund of { $amount } at the payment provider on its way
refunded-elsewhere = { $amount } refunded at the payment provider
part-elsewhere = without { $amount } that had been refunded at the payment provider
before-elsewhere = Refunded at the payment provider
refund-failed = { $amount } couldn’t be refunded
refund-paid-back = refunded by hand
refund-by-bank = returned by the customer’s bank: you don’t pay it back
refund-after-dispute = waiting: the bank decides about the dispute first
refund-after-bank = to be refunded by hand once the bank has decided
returned-by-bank = { $amount } of it returned by the customer’s bank
by-hand-after-bank = The customer’s bank hasn’t decided about this payment yet. Don’t pay anything back by hand until it has, or the customer could get the money twice.
refund-waived = deducted from the amount due

# What became of it at the provider
payment-history = Payment history
attempt-began = Payment { $number } started
attempt-authorised = { $amount } authorised
attempt-pending = The bank has yet to confirm { $amount }.
attempt-captured = { $amount } captured
sum-captured = { $amount } captured, though the order costs { $total }
sum-returned = { $amount } returned by the payment provider.
sum-on-its-way = { $amount } on its way back to the customer.
sum-by-hand = { $amount } returned by hand.
sum-to-return = { $amount } to be returned.
mark-returned = Mark { $amount } as returned
attempt-declined = Payment declined
attempt-released = Hold released: nothing was charged
release-requested = Release requested; the provider hasn’t answered yet
release-requested-why = Nothing is captured meanwhile, and the shop keeps asking.
release-too-late = Release requested too late: the payment had already been captured
attempt-link = View at the payment provider
capture-payment-dots = Capture payment…
capture-payment-why = If the provider holds { $amount } for this order, it is charged now. That usually happens by itself within a minute.
capture-payment = Capture payment
release-payment-dots = Release hold…
release-payment-why = If the provider holds { $amount } for this order, the hold is released and nothing is charged. While the order waits, it can be paid again.
release-payment = Release hold

# Its timeline
timeline = Timeline
order-placed = Order placed
payment-confirmed = Payment confirmed
order-confirmed = Order confirmed
packed = Packed
shipped = Shipped
delivered = Delivered
cancelled = Cancelled
fully-refunded = Fully refunded
returned-free = Items returned, no refund due
money-received = Money received
bank-asks-back = The customer’s bank asks for the money back
dispute-won = Dispute closed: the money stays with you
dispute-lost = Dispute lost: the bank returned the money to the customer
not-due-any-more = { $amount } no longer to be refunded: the bank has returned it
part-by-bank = The bank has returned part of the { $amount } to be refunded
tracking-changed = Tracking number changed
note = Note
done-by = { " by " }{ $actor }
cancelled-declined = Payment declined
cancelled-expired = Payment not completed in time
cancelled-staff = By staff
cancelled-shopper = By the customer
cancelled-card-limit = Over the limit for one customer, by card
cancelled-unconfirmed = Lapsed: not confirmed in time
add-a-note = Add a note
only-staff = Only staff see this.
add-note = Add note

# A refund
refund = Refund
refund-title = Refund { $number }
no-refund = { $status ->
    [awaiting_confirmation] This order is awaiting confirmation and can’t be refunded.
    [pending_payment] This order hasn’t been paid yet and can’t be refunded.
    [paid] This order is confirmed and can’t be refunded.
    [packed] This order is packed and can’t be refunded.
    [shipped] This order is shipped and can’t be refunded.
    [delivered] This order is delivered and can’t be refunded.
    [cancelled] This order is cancelled and can’t be refunded.
   *[refunded] This order has already been refunded.
}
what-to-refund = What to refund
units-at = of { $left } at { $price }
refund-shipping = Refund shipping, too ({ $amount })
restock-items = Restock items?
restock-yes = Yes, put them back on sale
restock-no = No: lost, broken or kept by the customer
reason = Reason
calculate-refund = Calculate refund
back-to-order = Back to order
refund-total = Refund total
deduct-amount = Deduct { $amount }
deduct-why = Nothing has been paid yet, so this is deducted from the amount due on delivery.
refund-amount = Refund { $amount }
by-hand-why = You pay this back by hand. The customer gets an e-mail. Confirm on the order’s page when it’s done.
original-why = It goes back to the original payment method. The customer gets an e-mail.
shipping = Shipping
refunds-rest = This refunds the rest of the order, and its status becomes “Refunded”.
refunds-last-item = This refunds the last item, and the order’s status becomes “Refunded”. Shipping ({ $amount }) stays paid and can be refunded later.
unit-count = { $count ->
    [one] { $count } unit
   *[other] { $count } units
}
whole-number = Enter a whole number.
say-one-or-zero = Say 1 or 0.
which-line = Give the line of the order, counted from 0.

# Printed
sheet-title = { $kind } { $number } – Admin
how-to-print = Print this page with Ctrl+P, or ⌘P on a Mac.
placed = Placed
paper-to = To
what-to-pack = What to pack
sku = SKU
total-units = Total units: { $units }
refunded-not-listed = { $count ->
    [one] { $count } refunded unit is not listed.
   *[other] { $count } refunded units are not listed.
}
items = Items
subtotal = Subtotal
paper-total = Total
tax-in-total = Tax included in the total
rate = Rate
net = Net
tax = Tax
gross = Gross
refund-on = Refund { $number }, { $day }
tax-included = Tax included
paper-paid = Paid.
paper-due = To be paid on delivery: { $amount }
paper-refunded = Paid and refunded.
paper-unpaid = Not paid yet.
nothing-due = Nothing is due.

# The confirmation once more
mail-resent = E-mail sent again.
resend-confirmation = Resend confirmation
resend-payment-details = Resend payment details
resend-link = Resend link to confirm
resend-shipping = Resend shipping e-mail

# What the customer’s bank asks back
disputes = Disputes
dispute-of = The customer’s bank asks for { $amount } back
dispute-reason = Reason given: { $reason }
dispute-asked = The bank is only asking and hasn’t taken the money.
dispute-needs-answer = The bank has taken the money and waits for your answer.
dispute-under-review = The bank has taken the money and decides.
dispute-answer-by = Answer by { $day }
dispute-answer = Answer the dispute
no-refund-disputed = The payment of this order is disputed. The bank decides about the money, so it can’t be refunded here.
refund-while-asked = The customer’s bank has asked about this payment. See at the payment provider whether a refund settles that.
