# The list
customers = Customers
search-customers = Search name or e-mail
was-erased = The customer’s personal data has been erased.
lists = Lists
by-last-order = By last order
all-accounts = All accounts
no-matches = No matches. Customers appear after their first order.
no-customers-found = No customers found
show-all-customers = Show all customers
customer = Customer
account = Account
orders = Orders
spent = Spent
last-order = Last order
guest = Guest
account-not-verified = Account, not verified

# A customer
factor-reset = The second factor is off, and all devices have been signed out.
was-signed-out = The customer has been signed out on all devices.
no-account = None (guest)
account-since = Since { $day }
verified = Verified
not-verified = Not verified
at-a-glance = At a glance
spent-less-refunds = Spent, less refunds
address-book = Address book
no-orders-yet = No orders yet.
newest-first = Orders, newest first
order = Order
date = Date
status = Status
total = Total
amount-refunded = { $amount } refunded
signed-in-on = { $count ->
    [0] Signed in on no device.
    [one] Signed in on 1 device.
   *[other] Signed in on { $count } devices.
}
sign-out-everywhere = Sign out everywhere
sign-in = Sign-in

# Personal data
on-the-staff = They are on the staff. Remove the role before you erase their data.
erase-dots = Erase personal data…
erase-why = This deletes the account, addresses, cart and e-mails, and removes name and address from the orders, which are kept with their amounts. This can’t be undone.
type-to-confirm = Type the e-mail address to confirm
erase-permanently = Erase permanently
personal-data = Personal data
export-as-json = Export as JSON
