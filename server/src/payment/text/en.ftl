choose-payment = Choose a payment method.
cash-on-delivery = Cash on delivery
card-number-missing = Enter the card number.
test-cards-only = This shop takes test cards only, such as 4242 4242 4242 4242.
test-card-ending = Test card ending { $digits }
card-declined = The card was declined.
payment-abandoned = The payment was cancelled.
card-limit = As many units as one customer can buy have already been bought with this card. You weren’t charged.
not-charged = The card was not charged.

# The payment step
cash-why = Pay the courier at the door.
order-too-low = Orders of less than { $amount } can’t be paid this way. Choose another payment method.
order-too-high = Orders of more than { $amount } can’t be paid this way. Choose another payment method.
not-to-country = This payment method isn’t offered for this country: { $country }. Choose another one.
cash-prepaid = An item in your order can’t be paid on delivery. Choose another payment method.
cash-prepaid-named = “{ $title }” can’t be paid on delivery. Choose another payment method.
cash-too-many-open = { $count ->
    [one] A customer can have { $count } open order that is paid on delivery. Wait until it has arrived, or choose another payment method.
   *[other] A customer can have { $count } open orders that are paid on delivery. Wait until one has arrived, or choose another payment method.
}
test-card = Test card
test-card-why = Test mode: no real payment is taken.
card-number = Card number
test-card-numbers = Test card numbers:
card-is-approved = is approved.
card-is-declined = is declined.
fails-before = fails midway, before anything is charged.
fails-after = fails midway, after it was charged: the order goes through.
card = Card
card-why = You enter your card on the next page, at { $provider }.
order-called = Order { $number }
total-too-low = The order total is too low for this payment method. Choose another payment method.
total-too-high = The order total is too high for this payment method. Choose another payment method.
total-not-exact = This payment method can’t charge the order total exactly. Choose another payment method.
not-in-country = This payment method isn’t offered in your country. Choose another one.
bank-transfer = Bank transfer
bank-transfer-why = We’ll show you our account and reserve your items until your money arrives.
transfers-too-many-open = { $count ->
    [one] A customer can have { $count } open order that is paid by bank transfer. Pay it first, or choose another payment method.
   *[other] A customer can have { $count } open orders that are paid by bank transfer. Pay one of them first, or choose another payment method.
}
