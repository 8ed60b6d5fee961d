# Roles
role-customer = Customer
role-staff = Staff
role-admin = Admin
role-permissions = Role permissions
staff-may = Pack, ship, cancel and refund orders, adjust stock, view products and customers.
admins-may = All of that, plus edit products and prices, import, invite staff, read the audit log, export and erase customers’ data.

# The list
staff-title = Staff
invitation-sent = Invitation sent.
invitation-withdrawn = Invitation withdrawn.
role-changed = Role changed. They’ve been signed out everywhere and need to sign in again.
factor-was-reset = Their second factor is off. They’ve been signed out everywhere and sign in with the password alone.
staff-and-admins = Staff and admins
who = Who
role = Role
second-factor = Second factor
last-seen = Last seen
change = Change
not-signed-in = Not signed in
factor-on = On
factor-off = Off
this-is-you = This is you
make-staff = Make staff
make-admin = Make admin
remove-dots = Remove from staff…
remove-why = They’ll be signed out everywhere and will need a new invitation.
yes-remove = Yes, remove
reset-dots = Reset the second factor…
reset-why = For someone who has lost both phone and recovery codes. First make sure who is asking: by phone or in person, not by e-mail. They’ll be signed out everywhere, get an e-mail and sign in with the password alone.
yes-reset = Yes, reset

# Invitations
withdraw-of = Withdraw the invitation of { $email }
invited-by = by { $email }
expires = Expires
withdraw = Withdraw
invited = Invited
action = Action
choose-a-role = Choose one of the roles.
invite = Invite a team member
e-mail = E-mail
send-invitation = Send invitation
join-the-staff = Join the staff
accept = Accept
invited-with-account = { $role ->
    [admin] You’re invited to join as admin with your existing account. Enter its password to accept. You’ll be signed out on all devices.
   *[staff] You’re invited to join the staff with your existing account. Enter its password to accept. You’ll be signed out on all devices.
}
invited-to-join = { $role ->
    [admin] You’re invited to join the staff as admin. Choose a password, and your account is ready.
   *[staff] You’re invited to join the staff. Choose a password, and your account is ready.
}
password = Password
forgot-password = Forgot your password?
name = Name
