# What is refused
choose-a-role = Choose one of the roles.
already-staff = They are already on the staff. Change their role in the list.
own-role = You can’t change your own role. Ask another admin.
own-factor = You can’t reset your own second factor. Ask another admin.
wrong-password = This is not the password of your account.
not-on-the-staff = This account is not on the staff. Send an invitation instead.
only-admin = This is the shop’s only admin. Make someone else an admin first.
no-factor = This account has no second factor.
