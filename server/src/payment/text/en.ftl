choose-payment = Choose a payment method.
cash-on-delivery = Cash on delivery
card-number-missing = Enter the card number.
test-cards-only = This shop takes test cards only, such as 4242 4242 4242 4242.
test-card-ending = Test card ending { $digits }
card-declined = The card was declined.
payment-abandoned = The payment was abandoned.
not-charged = The card was not charged.
