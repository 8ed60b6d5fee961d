bank-transfer = Bank transfer
saved = Settings of bank transfers saved.
why = Shoppers see this account after they have ordered, with the amount and a payment reference. You match what arrives under Payments to match.
methods = Turn it on and set amounts and countries under Payment methods.
save = Save settings

# The account
account = Your account
holder = Account holder
iban = IBAN
bic = BIC
bic-hint = Transfers from other countries may need it.
bank = Bank

# In the checkout
checkout = In the checkout
days = Days to pay
days-hint = From 1 to 30, from the moment the order is confirmed. The items are reserved until then; after that the order is cancelled. It counts for orders placed from now on.
