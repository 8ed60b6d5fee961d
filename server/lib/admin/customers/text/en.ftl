# What is refused
on-the-staff = They are on the staff. Remove the role first.
order-is-open = Order { $number } is still open. Deliver, cancel or refund it first.
transfer-is-to-return = Money transferred for order { $number } still has to be returned. Send it back and mark it as returned first.
own-account = This is your own account. Sign out your devices under Sign-in and security.
wrong-email = This is not the customer’s e-mail address.
