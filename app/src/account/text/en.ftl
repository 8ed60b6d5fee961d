account = Account
your-account = Your account
