checkout = Checkout
checkout-step = Checkout: { $step }

# What is told before the checkout
offer = { $name }: { $price }
offer-free = { $name }: free
offer-free-from = { $name }: { $price }, free from { $from }
offer-within = { $offer }, { $days }
offer-described = { $offer } ({ $description })
more-offers = Checkout shows all shipping methods.
free-shipping-missing = { $missing } more for free shipping ({ $name }).
free-shipping-now = Shipping is free with “{ $name }”.
pay-by-card-or-cash = Pay by card or in cash on delivery.
pay-by-card = Pay by card.
pay-by-transfer = Pay by bank transfer.
pay-by-card-or-transfer = Pay by card or bank transfer.
pay-by-transfer-or-cash = Pay by bank transfer or in cash on delivery.
pay-by-card-transfer-or-cash = Pay by card, by bank transfer or in cash on delivery.
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
add-company = Add a company or VAT ID
company = Company
vat-id = VAT ID
vat-id-hint = For the invoice.
billing-address = Billing address
billing-is-the-same = Same as delivery address
billing-is-another = Use a different billing address
for-billing = { $label } (billing)
add-note = Add a note to your order
note = Note for the shop
note-hint = For example, where the parcel may be left.
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
no-orders = This shop doesn’t take orders yet
no-orders-why = There is no way to pay yet. Your cart is kept.
turn-methods-on = Turn a payment method on
none-fits = None of the payment methods is available for this order
none-fits-why = Each of them says why. Change your order or the delivery address, or contact us. Your cart is kept.

# Review
review-your-order = Review your order
by-placing = By ordering, you agree to buy these items at the prices shown.
tax-is-included = Tax is included.
back-to-payment = Back to payment
place-order = Order and pay – { $total }
edit = Edit
edit-what = { $what ->
    [contact] contact
    [address] delivery address
    [billing] billing address
    [note] note
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
total-now = Total is now { $total }
edit-cart = Edit cart
not-chosen-yet = not chosen yet
includes-tax = Includes tax ({ $rate }{ "\u00A0" }%)

# A shop that is not open yet
not-open = This shop isn’t open yet
not-open-why = You can look around and fill your cart. You’ll be able to order as soon as the shop opens.
look-around = Look around
open-the-shop = See what’s left to do

# Refusals
company-wrong = Enter the company’s name without links, in at most 100 characters.
vat-id-wrong = Enter the VAT ID as it’s registered, such as DE123456789.
billing-name-missing = Enter the name for the invoice.
billing-country-missing = Choose the country of the billing address.
note-too-long = The note can have at most { $most } characters.
note-holds-link = The note can’t contain a link.
note-unseen = The note contains invisible or control characters. Please type it again.
total-missing = Send the total you were shown, in minor units.
