# The frame of an account's pages
account = Account
your-account = Your account
overview = Overview
orders = Orders
addresses = Addresses
sign-in-and-security = Sign-in and security
skip-to-content = Skip to content
brand-home = { $shop }, home
e-mail = E-mail
password = Password
your-password = Your password
name = Name
password-hint = At least { $least } characters. A few unrelated words make a good password.
saved = Saved.

# Addresses
your-addresses = Your addresses
address-removed = Address removed.
no-addresses = No addresses yet. Checkout starts with your default address.
add-an-address = Add an address
default-address = Default
edit-the-address = Edit the address { $whose }
edit = Edit
remove-the-address = Remove the address { $whose }
remove = Remove
edit-address = Edit address
use-as-default = Use as default address
save-address = Save address
cancel = Cancel

# Overview
hello = Hello, { $name }
welcome = Welcome! Your account is ready and you’re signed in.
link-sent = We’ve e-mailed you a link.
address-confirmed = Thank you. Your e-mail address is confirmed.
signed-in-as = Signed in as
to-the-admin-area = Go to the admin area
not-confirmed = Your e-mail address isn’t confirmed
not-confirmed-why = Once it is, orders you placed with it as a guest appear here, too.
send-me-a-link = Send me a link
recent-orders = Recent orders
all-orders = All orders
your-name = Your name
save-name = Save name
your-language = Your language
language = Language
language-hint = We write to you in this language.
language-hint-staff = The admin area and our e-mails to you are in this language.
save-language = Save language
choose-a-language = Choose one of this shop’s languages.
sign-out-here = Sign out here
cart-stays = Your cart stays with your account.
sign-out = Sign out

# Orders
order-title = Order { $number }
order = Order
order-cancelled = Your order is cancelled.
all-your-orders = All your orders
buy-again = Buy again
cancel-refund = We’ll refund what you paid.
cancel-maybe-refund = If your payment has already gone through, we’ll refund it.
cancel-this-order = Cancel this order
can-still-cancel = We haven’t packed it yet, so you can still cancel it.
yes-cancel-order = Yes, cancel order
your-orders = Your orders
order-count = { $count ->
    [one] { $count } order
   *[other] { $count } orders
}
newest-first = Orders, newest first
no-orders = No orders yet. Orders you place while signed in appear here.
shop-all = Shop all
item-count = { $count ->
    [one] { $count } item
   *[other] { $count } items
}

# Links in e-mails
password-is-chosen = You chose a password with your order. Confirm that this address is yours, and your account is ready.
create-account = Create account
finish-creating = Finish creating your account
signed-out-everywhere = You’ll be signed out on all devices.
save-new-password = Save new password
choose-new-password = Choose a new password
your-address-before = Is
your-address-after = your e-mail address?
confirm-address = Confirm address
confirm-your-address = Confirm your e-mail address
request-new-link = Request a new link
to-your-account = Go to your account
link-used-up = Links work once and expire after a while. This one has been used already or is too old.
link-does-not-work = This link doesn’t work

# Security
password-changed = Your password has been changed, and all other devices are signed out.
new-address-sent = We’ve e-mailed a link to the new address. Open it to confirm the change.
signed-out = Signed out.
factor-is-off = Your second factor is off.
change-password = Change password
current-password = Current password
new-password = New password
change-address = Change e-mail address
new-address = New e-mail address
address-now = Now: { $address }
send-to-new-address = Send a link to the new address
factor-off = Off. You sign in with your password alone.
set-it-up = Set it up
factor-pending = Not on yet. Enter a code from your app.
continue-set-up = Continue
factor-on = On. You sign in with your password and a code from your phone.
codes-and-off = Recovery codes and turning it off
second-factor = Second factor
where-signed-in = Where you’re signed in
sessions-password = Password, to sign out other devices
sign-out-others = Sign out everywhere else
unknown-device = Unknown device
this-device = This device
sign-out-device = Sign out { $device }
since = Since
last-used = , last used
close-account = Close account
close-why = Your name, addresses, cart and sessions are erased at once. We keep your orders, as the law requires; you can still find them by their numbers.
close-password = Password, to confirm it’s you
close-permanently = Close account permanently

# Signing in
you-are-signed-out = You are signed out.
session-ended = You are no longer signed in. Sign in to go on where you were.
took-too-long = That took too long. Please sign in again.
password-was-reset = Your password has been changed. Sign in with the new one.
account-closed = Your account is closed and its data is erased.
sign-in = Sign in
forgot-password = Forgot your password?
create-an-account = Create an account
find-an-order = Find an order without an account
sign-up-why = With an account you see all your orders, save addresses and keep your cart on every device. We’ll e-mail you a link to finish signing up.
e-mail-me-a-link = E-mail me a link
reset-why = Enter the e-mail address of your account and we’ll send you a link to choose a new password.
check-your-inbox = Check your inbox. If the address is right, we’ve sent a link to it.
back-to-sign-in = Back to sign-in
staff-sign-in = Staff sign-in
set-up-why = This link works once and makes you the shop’s admin.
set-up-the-shop = Set up the shop
create-admin = Create admin account

# The second factor
factor-required = This shop requires a second factor for all staff. Set it up to open the admin area.
factor-why = With it, your password alone is not enough to sign in: it also takes a code from your phone.
off = Off
on = On
app-needed = You need an authenticator app on your phone, such as the one in your password manager. It shows a new code every 30 seconds, even offline.
open-the-app = Open the app on this device
scan = Scan the QR code with your authenticator app, or type in this key:
enter-digits = Enter the 6 digits it shows and your password.
keep-codes = Keep the recovery codes on the page that follows.
code = Code
others-signed-out = You’ll be signed out on all other devices.
turn-on = Turn on
turn-off = Turn off
qr-code = QR code for your authenticator app
codes-left = { $count ->
    [0] No recovery codes are left.
    [one] One recovery code is left.
   *[other] { $count } recovery codes are left.
}
new-codes-replace = New recovery codes replace the old ones.
create-new-codes = Create new recovery codes
another-phone = To use another phone, turn it off and set it up again there.
your-recovery-codes = Your recovery codes
codes-shown-once = Your second factor is on. These codes are shown only this once.
keep-apart = Keep these apart from your phone
print-codes = Print them or write them down. Each code signs you in once when you don’t have your phone. New codes replace the old ones.
confirm-why = This moves money, changes permissions or gives out personal data. Enter a code to continue. You won’t be asked again for 15 minutes.
code-hint = The 6 digits that your authenticator app shows, or a recovery code.
confirm-and-continue = Confirm and continue
confirm-its-you = Confirm it’s you
one-more-step = One more step
start-over = Start over
lost-phone = Lost your phone and your recovery codes? Contact us. If you work here, ask another admin.

# Refusals
please-sign-in = Please sign in.
code-needed = The password is right. Send a code as factor_code to /api/account/sign-in/code within 10 minutes.
