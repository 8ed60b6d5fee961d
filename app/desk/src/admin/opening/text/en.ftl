# The checklist
before-you-open = Before you open
before-you-open-why = Your shop isn’t open yet: shoppers can look around, but they can’t order. It can open when everything here is done.
ready = Everything is done. Open your shop when you’re ready.
ready-outside = You can open your shop now. Because you sell from outside the European Union, the rest is a suggestion.
still-missing = Still missing
still-missing-why = Your shop is open and takes orders. Please complete what is missing: the law may ask for it.
open = Open the shop
state-done = (done)
state-open = (to do)

# A demonstration
demonstration = This is a demonstration
demonstration-why = Every page says so, and orders aren’t delivered. You can turn it into your own shop: it stops taking orders until you’ve done what is needed to open. Products, pages and settings stay until you change them.
end-demonstration = End the demonstration

# Its items
seller = Seller’s data
seller-why = Name, address, country and e-mail address of who sells.
pages = Legal pages
pages-missing = Not published yet: { $names }.
pages-done = Imprint, privacy policy, terms and withdrawal information are published.
imprint = imprint
privacy = privacy policy
terms = terms
withdrawal = withdrawal information
payment = Payment
payment-test-card = The test card takes no money, so turn it off before you sell.
payment-test-key = The payment provider is used with a test key, so no money comes in. Set its live key before you sell.
payment-none = Shoppers can’t pay. Offer cash on delivery, or set up a payment provider.
payment-transfer = Shoppers can pay by bank transfer.
payment-cash = Shoppers can pay cash on delivery.
payment-card = Shoppers can pay by card.
payment-cash-and-card = Shoppers can pay by card or cash on delivery.
mail = E-mail
mail-unsent = Send yourself a test e-mail, and confirm that it has arrived.
mail-waiting = The test e-mail is on its way. Reload this page in a moment.
mail-sent = The test e-mail has been sent. Confirm when it has arrived. If it doesn’t, check the sender and your mail server.
mail-failed = The test e-mail couldn’t be sent. Check the sender and your mail server, then try again.
mail-done = You’ve confirmed that e-mails arrive.
send-test-mail = Send test e-mail
mail-arrived = It has arrived
delivery = Delivery
delivery-why = { $countries ->
    [one] { $countries } country. Shipping methods: { $methods }. Delivery times are promised only if you enter some.
   *[other] { $countries } countries. Shipping methods: { $methods }. Delivery times are promised only if you enter some.
}
tax = Tax
tax-why = Prices include { $rate }{ "\u00A0" }% tax.
tax-none = Prices include no tax.
product = First product
product-missing = Activate at least one product.
product-done = At least one product is active.
that-is-right = That’s right

# What was done
test-mail-on-its-way = The test e-mail is on its way to you.
confirmed = Confirmed.
opened = Your shop is open.
prepared = The demonstration has ended. Your shop takes no orders until you open it.
