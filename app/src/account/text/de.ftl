account = Konto
your-account = Ihr Konto
