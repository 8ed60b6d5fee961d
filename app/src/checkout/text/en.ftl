checkout = Checkout
checkout-step = Checkout: { $step }

# What is told before the checkout
offer = { $name }: { $price }
offer-free = { $name }: free
offer-free-from = { $name }: { $price }, free from { $from }
offer-described = { $offer } ({ $description })
more-offers = Checkout shows all shipping methods.
free-shipping-missing = { $missing } more for free shipping ({ $name }).
free-shipping-now = Shipping is free with “{ $name }”.
pay-by-card-or-cash = Pay by card or in cash on delivery.
pay-by-card = Pay by card.
pay-in-cash = Pay in cash on delivery.

# Steps
steps = Checkout steps
done = (done)
contact-and-address = Contact & address
contact = Contact
delivery-address = Delivery address
shipping = Shipping
payment = Payment
review = Review

# Contact
have-an-account = Already have an account?
sign-in = Sign in
for-faster-checkout = for faster checkout.
email-hint = You’ll need it to find your order.
back-to-cart = Back to cart
continue-to-shipping = Continue to shipping

# Shipping
choose-shipping = Choose a shipping method
back-to-address = Back to address
continue-to-payment = Continue to payment

# Payment
how-to-pay = How do you want to pay?
back-to-shipping = Back to shipping
continue-to-review = Continue to review
keep-card = { $card }. Leave the field empty to keep it.
after-declined = Your order hasn’t been placed and you weren’t charged. Your cart is unchanged: try again, use another card or choose another way to pay.
no-orders = This shop does not take orders yet
no-orders-why = There is no way to pay yet. Your cart is kept.

# Review
review-your-order = Review your order
by-placing = By placing your order you agree to buy these items at the prices shown.
tax-is-included = Tax is included.
back-to-payment = Back to payment
place-order = Place order – { $total }
edit = Edit
edit-what = { $what ->
    [contact] contact
    [address] delivery address
    [shipping] shipping
   *[payment] payment
}
total-is-now = The total is now { $total }. If you agree, place the order again.
choose-again = Your order can’t be placed like this
shipping-withdrawn = This shipping method is no longer available. Choose another one.
payment-withdrawn = This payment method is no longer available for this order. Choose another one.
place-again = Your details are still here. Place the order again in a moment: you won’t be charged twice.

# The summary
order-summary = Order summary
edit-cart = Edit cart
not-chosen-yet = not chosen yet
includes-tax = Includes tax ({ $rate }{ "\u00A0" }%)

# A shop that is not open yet
not-open = This shop isn’t open yet
not-open-why = You can look around and fill your cart. You’ll be able to order as soon as the shop opens.
look-around = Look around
open-the-shop = See what’s left to do

# Refusals
total-missing = Send the total you were shown, in minor units.
