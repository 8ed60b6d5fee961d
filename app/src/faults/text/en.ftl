# E-mail addresses
no-address = Enter an e-mail address, such as name@example.com.
local-part = Our e-mails may not reach an address with letters such as ü or я before the @. Enter another address.

# Countries
not-delivered-to = We do not deliver to { $country }. Choose another country.
choose-a-country = Choose a country we deliver to.

# Postal codes and states, by the country's code
postal-code-missing = Enter the postal code.
postal-code-of = Enter a postal code of { $country }, such as { $example }.
postal-code-form = Enter a postal code of 2 to 10 letters and digits, or check the country.
state-missing = { $code ->
    [AU] Enter the state or territory.
    [CA] Enter the province or territory.
    [CN] Enter the province.
    [JP] Enter the prefecture.
   *[US] Enter the state.
}
state-unknown = { $code ->
    [AU] Enter a state or territory of { $country }, such as { $name } or { $short }.
    [CA] Enter a province or territory of { $country }, such as { $name } or { $short }.
   *[US] Enter a state of { $country }, such as { $name } or { $short }.
}

# Amounts
amount-readings = { $typed } could mean { $small } or { $large }
amount-either = { $large } or { $small }
amount-or-decimals = { $large }, or use at most { $digits } decimals
amount-ambiguous = { $readings }. Write { $instead }.
amount-ambiguous-in-file = { $readings }; write { $instead }
amount-no-decimals = Leave the decimals out: this currency has none.
amount-decimals = Use at most { $digits } decimals.
