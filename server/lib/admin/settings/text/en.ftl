# What is wrong with a field
enter-an-amount = Enter an amount, such as 4.90.
enter-the-name = Enter the name of the shop.
enter-a-tax = Enter a percentage from 0 to 100, such as 19.
choose-an-option = Choose one of the two options.
enter-a-currency = Enter an ISO 4217 code, such as EUR.
choose-a-time-zone = Choose a time zone from the list, such as Europe/Berlin.
enter-a-sender = Enter it like this: Shop <orders@shop.example>.
choose-countries = Choose countries from the list.
choose-language = Choose a language from the list.
choose-languages = Choose languages from the list.
choose-regions = Choose regions from the list.
choose-one-country = Choose at least one country to deliver to.
name-the-method = Give this method a name, or leave the row empty.
name-of-its-own = Give this method a name of its own.
add-a-method = Add at least one shipping method.
too-many-methods = Add at most { $most } shipping methods.
enter-both-days = Enter both numbers of days, or leave both empty.
days-in-order = Enter at least { $from }.
choose-a-handover = Choose “Delivered” or “Collected”.
enter-a-time = Enter a time of day, such as 14:00.
changed-since = Someone else has changed the settings since you opened them.

# Another currency
every-price-becomes = { $before } becomes { $after }, and the same goes for every price, compare-at price, cart and shipping method.
prices-rounded = { $count ->
    [one] { $count } price is rounded.
   *[other] { $count } prices are rounded.
}
prices-rounded-as = { $count ->
    [one] { $count } price is rounded: { $before } becomes { $after }.
   *[other] { $count } prices are rounded: { $before } becomes { $after }.
}
prices-become = { $count ->
    [one] { $count } price becomes { $nothing }.
   *[other] { $count } prices become { $nothing }.
}
past-orders-stay = Past orders stay in { $currency }. Tick this to change the currency.
job-is-running = A bulk edit or import is running. Change the currency when it is done.
prices-too-large = { $count ->
    [one] One price would be more than { $dearest }.
   *[other] { $count } prices would be more than { $dearest }.
}
