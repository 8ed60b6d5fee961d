changed-elsewhere = Your cart is being changed in another window. Please try again.
choose-shipping = Choose a shipping method.
checkout-key = Send a key of 16 to 64 letters, digits, hyphens or underscores.
card-declined = The card was declined.
cancelled-meanwhile = The order was cancelled before the payment came through. You were not charged.
payment-failed = The payment failed and you were not charged. Please try again.
unit-of-another-address = This unit is kept for the e-mail address that the link was sent to. Order it with that address.
place-of-another-address = Your place in the waiting room is for another e-mail address. Order with the one that you gave there.
