# Status
status-awaiting-confirmation = Awaiting confirmation
status-pending-payment = Payment pending
status-paid = Confirmed
status-packed = Packed
status-shipped = Shipped
status-delivered = Delivered
status-cancelled = Cancelled
status-refunded = Refunded

# Payment
paid = Paid
authorised = Authorised, not charged yet
due-on-delivery = To be paid on delivery
waiting-for-payment = Waiting for payment confirmation
declined = The payment was declined. You were not charged.
not-charged = You were not charged.
transfer-goes-back = What you transferred goes back to you.
refunded = Refunded
returned-by-bank = Returned by your bank

# Why it was cancelled
cancelled-declined = The payment was declined.
cancelled-expired = The payment wasn’t completed in time.
cancelled-by-shop = The shop cancelled this order.
cancelled-by-you = You cancelled this order.
cancelled-card-limit = As many units as one customer can buy have already been bought with this card. You weren’t charged.
cancelled-unconfirmed = It wasn’t confirmed in time.

# Timeline
order-placed = Order placed
payment-confirmed = Payment confirmed
payment-confirmed-when = As soon as your payment goes through
order-confirmed = Order confirmed
order-confirmed-when = With the link in our e-mail
packed = Packed
we-pack-it = We pack it
we-pack-it-when = We’ll e-mail you when it’s on its way
we-pack-it-to-collect = We’ll e-mail you when it’s ready
on-its-way = On its way
on-its-way-when = The parcel is handed to the carrier
delivered = Delivered
delivered-when = The parcel arrives
ready-to-collect = Ready to collect
ready-to-collect-when = We keep it for you
collected = Collected
collected-when = You collect it from us
cancelled = Cancelled
amount-refunded = { $amount } refunded
amount-to-be-refunded = { $amount } to be refunded
amount-on-its-way = Refund of { $amount } on its way
amount-by-bank = { $amount } returned by the bank
amount-off = { $amount } off the amount due
amount-paid-back = { $amount } paid back
with-carrier = With
tracking-number = Tracking number
and-tracking-number = , tracking number

# The page of an order
order = Order
order-title = Order { $number }
continue-shopping = Continue shopping
find-later = Find this order later
thank-you = Thank you, { $name }
received = We’ve received your order. Bookmark this page to check on it any time.
confirmation-mailed = We’ve e-mailed your confirmation to { $email }.
bank-details-mailed = We’ve e-mailed the bank details to { $email }.
link-mailed = The e-mail with the link went to { $email }.
received-unpaid = We’ve received your order and are waiting for the payment to be confirmed. You don’t need to do anything. Please don’t order again: this page shows when it has gone through.
received-to-be-paid = Your items are reserved for you. Pay to complete your order; if you have just paid, this page shows it in a moment.
received-to-transfer = We’ve received your order and reserved your items. Transfer the money to our account to complete it.

# How to pay by bank transfer
transfer-to = Pay by bank transfer
transfer-holder = Account holder
iban = IBAN
bic = BIC
bank = Bank
transfer-arrived = Received
transfer-amount = Amount to pay
transfer-reference = Payment reference
transfer-until = Pay by
transfer-why = Enter the payment reference exactly like this, so that we can match your payment with your order. If the money hasn’t arrived in time, the order is cancelled.
transfer-awaited = Payment received
transfer-awaited-when = As soon as your transfer arrives

pay-now = Pay { $amount } now
provider-away = We can’t reach the payment provider right now. Your items stay reserved for you. Please try again in a minute.
received-unconfirmed = We’ve received your order. Please confirm it with the link in the e-mail we’ve sent you.
order-has-lapsed = This order has lapsed
confirm-until = It can be confirmed until
order-is-packed = Your order is packed
shipped-next = We’ll e-mail you when it’s on its way.
ready-next = We’ll e-mail you when it’s ready to collect.
order-is-on-its-way = Your order is on its way
has-been-shipped = It has been shipped.
order-is-ready = Your order is ready to collect
collect-it = You can collect it from us now.
order-has-arrived = Your order has arrived
order-was-collected = Your order has been collected
hope-you-like-it = We hope you like it.
order-was-cancelled = This order was cancelled
nothing-will-be-sent = Nothing will be sent.
order-was-refunded = This order was refunded
refund-on-its-way = Your refund is on its way.
money-refunded = Your money has been refunded.
money-by-bank = Your bank has returned your money.
refund-not-charged = You won’t be charged for refunded items.
order-number = Order number
placed = Placed
status = Status
shipping-method = Shipping method
what-happened = What happened
what-happens-next = What happens next
address-and-payment = Address and payment
delivery-address = Delivery address
billing-address = Billing address
vat-id = VAT ID: { $number }
your-note = Your note
payment = Payment
amount-will-be-refunded = { $amount } will be refunded
amount-travels-back = { $amount } is on its way back to you
your-items = Your items
shipping = Shipping
includes-tax = Includes tax
tax-added = Plus tax
discount = Discount
fee = Fee

# Confirming it
confirm-your-order = Confirm your order
confirm-why = You pay for order { $number } on delivery. Your items are reserved. Confirm the order, and we’ll get it ready.
confirm-transfer-why = You pay for order { $number } by bank transfer. Your items are reserved. Confirm the order, and we’ll tell you where to transfer the money.
confirm-order = Confirm order
order-is-confirmed = Your order is confirmed
nothing-to-do = You don’t need to do anything else.
confirmed-to-transfer = Transfer the money to complete it. The bank details are on the order’s page and in our e-mail.
lapsed-why = It wasn’t confirmed in time, and its items are for sale again. You haven’t bought anything. If you still want them, please order again.
view-order = View order

# Sums
quantity = Quantity
subtotal = Subtotal
total = Total
free = Free

# Finding an order
find-your-order = Find your order
number-is-in-the-mail = You’ll find the number in your confirmation e-mail.
email = E-mail
ordered-with = The address you ordered with.
find-order = Find order

# An account after the order
new-account = Create an account
new-account-why = Choose a password to see all orders placed with { $email } in one place. We’ll send an e-mail to confirm the address.
new-password = Password
new-password-hint = At least { $least } characters. A few unrelated words make a good password.
create-account = Create account
account-asked = Check your inbox. We’ve sent an e-mail to { $email }: open its link in this browser to finish.
