changed-elsewhere = Your cart is being changed in another window. Please try again.
choose-shipping = Choose a shipping method.
checkout-key = Send a key of 16 to 64 letters, digits, hyphens or underscores.
card-declined = The card was declined.
cancelled-meanwhile = The order was cancelled before the payment came through. You were not charged.
method-fails = This payment method doesn’t work right now. You weren’t charged. Choose another one, or try again later.
payment-failed = The payment failed and you were not charged. Please try again.
place-of-another-address = Your place in the waiting room is for another e-mail address. Order with the one that you gave there.
