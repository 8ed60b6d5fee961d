# E-mail addresses
no-address = Enter an e-mail address, such as name@example.com.
local-part = Our e-mails may not reach an address with letters such as ü or я before the @. Enter another address.

# Countries
not-delivered-to = We don’t deliver to this country: { $country }. Choose another one.
choose-a-country = Choose a country we deliver to.

# Postal codes and states, by the country's code
postal-code-missing = Enter the postal code.
postal-code-of = Enter a postal code ({ $country }, such as { $example }).
postal-code-form = Enter a postal code of 2 to 10 letters and digits, or check the country.
state-missing = { $code ->
    [AU] Enter the state or territory.
    [CA] Enter the province or territory.
    [CN] Enter the province.
    [JP] Enter the prefecture.
   *[US] Enter the state.
}
state-unknown = { $code ->
    [AU] Enter a state or territory ({ $country }), such as { $name } or { $short }.
    [CA] Enter a province or territory ({ $country }), such as { $name } or { $short }.
   *[US] Enter a state ({ $country }), such as { $name } or { $short }.
}

# Lines of text
ordinary-characters = Use at most { $most } ordinary characters.
invisible-characters = This contains invisible characters, or characters that change the direction of text. Please type it again.

# What is said of an error of which no more is known
not-found = There is nothing at this address.
internal = Something went wrong on our side. Nothing was changed.
unavailable = The shop is unavailable right now. Please try again shortly.
busy = Many people are browsing right now. Please try again in a moment.
too-large = This is too large.
wrong-method = This address can’t be used in that way.
invalid = Some of the data sent is missing or invalid.
not-open = This shop isn’t open yet. Nothing was ordered.
empty-cart = Your cart is empty.

# What a payment provider did not do
payment-away = The payment provider doesn’t answer. Nothing was changed. Try again in a minute.
payment-limited = { $minutes ->
    [one] The payment provider takes no more requests for now. Nothing was changed. Try again in a minute.
   *[other] The payment provider takes no more requests for now. Nothing was changed. Try again in { $minutes } minutes.
}
payment-unclear = The payment provider didn’t answer in time, so it isn’t known yet whether this was done. The shop asks again by itself within two minutes. Look at this page again before you try once more.
payment-not-set-up = The payment provider refuses all requests of this shop. Nothing was changed. “server payments check” says what is wrong.
payment-refused = The payment provider refuses this. Nothing was changed. It says: { $words }
payment-not-now = The payment provider refuses this for now. Nothing was changed. It says: { $words }

# What is wrong with a line of the cart
sold-out = { $title } is sold out.
not-yet = { $title } is not on sale yet.
waiting = { $title } is sold through a waiting room. Take a place on the page of its drop and wait for your turn.
only-left = Only { $available } of { $title } left.
price-changed = The price of { $title } has changed.
limit-reached = { $title }: limit { $units } per customer.
limit-ordered = { $title }: limit { $units } per customer; you have ordered { $ordered }.
no-longer-sold = { $title } is no longer available.

# A refused form
fix-fields = { $count ->
    [one] Please fix one field.
   *[other] Please fix { $count } fields.
}
review-items = { $count ->
    [one] Please review { $count } item in your cart.
   *[other] Please review { $count } items in your cart.
}

# A role and a second factor
second-factor-needed = This shop requires a second factor for all staff. Set it up under Sign-in and security in your account.
own-factor-needed = Set up your own second factor first, under Sign-in and security in your account.
confirm-needed = Confirm it’s you: send this again with a code from your authenticator app, or a recovery code, as confirm_code.
# Amounts
amount-readings = { $typed } could mean { $small } or { $large }
amount-either = { $large } or { $small }
amount-or-decimals = { $large }, or use at most { $digits } decimals
amount-ambiguous = { $readings }. Write { $instead }.
amount-ambiguous-in-file = { $readings }; write { $instead }
amount-no-decimals = Leave the decimals out: this currency has none.
amount-decimals = Use at most { $digits } decimals.
