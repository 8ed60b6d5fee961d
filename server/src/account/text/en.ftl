# Signing in
wrong-sign-in = The e-mail address or password is incorrect.
not-your-password = That’s not your password.
too-many-attempts = Too many attempts. Please wait a minute.
too-many-with-address = Too many attempts with this address. Please wait a minute, or reset your password by e-mail to sign in right away.
too-many-codes = Too many attempts. Please wait ten minutes.

# An account
no-links = A name can’t contain a link.
address-is-taken = Another account already uses this address.
account-exists = An account with this address already exists.
only-admin = You are the shop’s only admin. Make someone else an admin first.
too-many-addresses = You can save up to { $most } addresses. Remove one first.

# A new password
password-too-long = Use at most { $most } characters.
password-too-short = Use at least { $least } characters.
password-signs = Use letters, digits, symbols and spaces only.
easy-to-guess = This is easy to guess: { $why ->
    [context] it contains your name, your address or the shop’s name
    [keys] it follows a row of keys
    [repeats] it repeats itself
    [common] it is, or is close to, a very common password
    [sequence] it is a sequence, such as abc or 6543
    [date] it is mostly a date
    [word] it is hardly more than one word
    [name] it is mostly a name
   *[regular] it is too regular
}. A few unrelated words make a good password.

# The second factor
wrong-code = This code is incorrect or has been used before. Enter the current code from your app, or a recovery code.
wrong-first-code = This code is incorrect. Enter the current code from your app, and check that your phone’s clock is right.
took-too-long = That took too long. Please sign in again.
no-factor = There is no second factor.
factor-already-on = You have a second factor already. Turn it off before you set up another one.
key-has-changed = Start over: the key for your app has changed.
