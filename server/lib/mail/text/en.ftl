# The frame
or-open = Or open this address:

# E-mails of an order
thank-you = Thank you for your order { $number }
order-received = We’ve received your order. { $payment ->
    [due] You pay on delivery.
   *[paid] Your payment has gone through.
}
we-write-again = We’ll e-mail you when it’s on its way.
we-write-when-ready = We’ll e-mail you when it’s ready to collect.
promised = { $words }.
on-its-way = Your order { $number } is on its way
has-been-shipped = It has been shipped.
ready-to-collect = Your order { $number } is ready to collect
collect-it = You can collect it from us now.
parcel-with = It’s being delivered by { $carrier }. Tracking number: { $number }.
parcel-number = Tracking number: { $number }.
confirm-your-order = Confirm your order { $number }
confirm-how = You pay on delivery. Your items are reserved until { $until }. Press “Confirm order” on the page that opens, or the order lapses and nothing will be sent.
confirm-transfer-how = You pay by bank transfer. Your items are reserved until { $until }. Press “Confirm order” on the page that opens, and we’ll send you the bank details. Otherwise the order lapses and nothing will be sent.
confirm-order = Confirm order
not-ordered = If you didn’t order this, ignore this e-mail: nothing will be sent, and you owe nothing.
order-lapsed = Your order { $number } has lapsed
lapsed-why = It wasn’t confirmed in time. Nothing will be sent, and you owe nothing. If you still want the items, please order again.
please-transfer = Please pay for your order { $number }
transfer-how = We’ve received your order. Please transfer { $amount } to our account by { $until }. Your items are reserved until then; after that the order is cancelled.
transfer-holder = Account holder: { $holder }
transfer-iban = IBAN of our account: { $iban }
transfer-bic = BIC of our bank: { $bic }
transfer-bank = Our bank: { $bank }
transfer-reference = Payment reference: { $reference }
transfer-why-reference = Enter the payment reference exactly like this, so that we can match your payment with your order. We’ll e-mail you when it has arrived.
was-cancelled = Your order { $number } was cancelled
cancelled-card-limit = As many units as one customer can buy have already been bought with this card.
cancelled-expired = Your payment didn’t arrive in full in time.
nothing-will-be-sent = Nothing will be sent. { $money ->
    [back] We’ll refund what you paid.
    [bank] Your bank is deciding about what you paid. If it doesn’t return it to you, we’ll refund it.
   *[none] You were not charged.
}
refund-of = Refund of { $amount } for your order { $number }
refund-sent = We’ve refunded { $amount } to your original payment method. It can take a few days to arrive.
refund-owed = We owe you { $amount } and will pay it back ourselves. We’ll e-mail you when that’s done or if we need anything from you.
refund-handed-over = We’ve paid { $amount } back to you.
track-your-parcel = Track your parcel
view-your-order = View your order
order = Order { $number }
goods = Items
total = Total
includes-tax = Includes tax
delivery-address = Delivery address
billing-address = Billing address
vat-id = VAT ID: { $number }
your-note = Your note
payment = Payment

# Links
not-asked = If you didn’t request this, you can ignore this e-mail.
have-an-account = You already have an account
have-an-account-why = Someone, probably you, tried to create an account at { $shop } with this address. You already have one: sign in with it. If you’ve forgotten the password, you can reset it on the sign-in page.
sign-in = Sign in
finish-account = Finish creating your account
finish-account-how = Follow the link and your account is ready. It works once and expires after a day.
create-account = Create your account
new-password = Choose a new password
new-password-how = Use this link to choose a new password. It works once and expires after an hour.
confirm-your-address = Confirm your e-mail address
confirm-your-address-why = Confirm that this address belongs to your account at { $shop }. The link works once and expires after a day.
confirm-address = Confirm address

# What has changed
password-was-changed = Your password was changed
password-was-changed-how = The password of your account has been changed, and all other devices have been signed out.
not-you-reset = If this wasn’t you, reset your password on the sign-in page now.
address-was-changed = Your e-mail address was changed
address-was-changed-how = The e-mail address of your account at { $shop } has been changed. We’ll write to the new address from now on.
not-you-contact = If this wasn’t you, please contact us right away.
factor-is-on = Your second factor is on
factor-is-on-how = From now on you sign in with your password and a code from your app. All other devices have been signed out. Keep your recovery codes apart from your phone.
factor-is-off = Your second factor is off
factor-is-off-how = You sign in with your password alone again. Your recovery codes no longer work.
factor-was-reset = Your second factor was reset
factor-was-reset-how = An admin of the shop has turned it off so that you can sign in with your password alone. All devices have been signed out. Set it up again once you’ve signed in.
new-codes = You have new recovery codes
new-codes-how = They replace the old ones, which no longer work.
code-was-used = A recovery code was used
codes-left = { $left ->
    [0] It was the last one. Create new ones, or you won’t be able to sign in without your phone.
    [one] One is left. You can create new ones at any time.
   *[other] { $left } are left. You can create new ones at any time.
}
security = Sign-in and security
not-you-reset-and-contact = If this wasn’t you, reset your password on the sign-in page now and contact us.

# To staff
invitation = You’re invited to join the staff
invitation-how = An admin of { $shop } has invited you to join as { $role ->
    [admin] admin
   *[staff] staff
}. Open the link to accept. It works once and expires after three days.
view-invitation = View invitation
invitation-unknown = If you don’t know what this is about, you can ignore this e-mail.

# What shoppers write in the contact form
contact-title = Message from { $name }
contact-from = From: { $name }, { $email }
contact-order-number = Order number: { $number }
contact-closing = Sent with the contact form. Your reply goes to the address above.

# What is wrong with the money of an order, for admins
dispute-title = The payment of order { $number } is disputed
disputed = The customer’s bank asks for { $amount } back. Reason given: { $reason }.
disputed-until = The customer’s bank asks for { $amount } back. Reason given: { $reason }. Answer by { $day }.
answer-dispute = Answer the dispute
dispute-closing = Answer before the deadline that the payment provider shows. Otherwise the money goes back to the customer.
late-title = A payment for order { $number } came too late
came-late = { $amount } arrived after the order was cancelled. The money goes back to the customer by itself.
view-the-order = View the order
late-closing = You don’t need to do anything.
refund-failed-title = A refund for order { $number } failed
refund-failed = The payment provider couldn’t refund { $amount } to the customer. Reason given: { $reason }
refund-failed-closing = Pay the money back another way, then mark it as refunded on the order’s page.
refund-awaits-bank = Don’t pay it back yet: the customer’s bank hasn’t decided about this payment and could return the money, too. If it stays with you, the refund appears under “To do”.
other-sum-title = Another sum was captured for order { $number }
other-sum = { $amount } was captured at the payment provider, but the order costs { $total }. The money goes back to the customer by itself, and an order that still waits can be paid again.
other-sum-kept = { $amount } was captured at the payment provider, but the order costs { $total }. It couldn’t be sent back to the customer. Reason given: { $reason }
other-sum-closing = Refund it at the payment provider, or pay it back another way and mark it as returned on the order’s page.
rest-title = Pay back a refund for order { $number } yourself
rest-by-hand = The customer’s bank has returned { $bank } of this payment in a dispute. { $amount } of the refund remains, and the payment provider doesn’t send it any more.

# An e-mail that shows that e-mails arrive
test-title = Your e-mails arrive
test-why = This is the test e-mail of { $shop }. Confirm on the dashboard that it has arrived.
test-confirm = Open the dashboard

# Reminders of drops
drop-confirm-title = Confirm your reminder
drop-confirm-why = Someone asked us to remind this address before { $title } starts. If that was you, confirm it here.
drop-confirm = Confirm the reminder
drop-soon-title = { $title } starts soon
drop-soon = { $title } starts at { $opens }. Prices and quantities are on its page.
drop-view = See the drop
drop-once = You asked us for this reminder.

# Waiting rooms of drops
room-code-title = Your code: { $code }
room-code = Use this code to get a place in the waiting room of { $title }. It is good for 15 minutes.
room-view = To the waiting room

# The waiting list
wait-confirm-title = Confirm your request
wait-confirm = Confirm
wait-notice-why = Someone asked us to e-mail this address when { $name } is available again. If that was you, confirm it here.
wait-place-why = Someone asked for a place on the waiting list for { $name } with this address. If that was you, confirm it here: your place counts from then on.
back-title = { $name } is available again
back = You can order { $name } again. The first to order gets it.
back-view = To the product
back-once = You asked for this one e-mail. We won’t send another one about it.
offered-title = { $name } is kept for you
offered = A unit of { $name } has come back. We’re keeping it for you until { $until }.
offered-who = Order it with this e-mail address. No one else can buy it until then.
offered-take = Order it
offered-lapses = After that, it’s offered to the next person on the list. If you don’t want it, open the link and say so.
