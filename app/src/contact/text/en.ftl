# Fields
email = E-mail
phone = Phone
phone-hint = In case the courier needs to reach you.
full-name = Full name
street = Street and number
add-more-of-address = Add a flat, floor or company
more-of-address = Flat, floor, company
postal-code = Postal code
postal-code-hint = Leave it empty if your address has none.
city = Town or city
state = State or province
state-hint = Required in Australia, Brazil, Canada, China, India, Japan, Mexico and the United States.
country = Country
choose-a-country = Choose a country

# What is wrong with them
name-missing = Enter the name for the parcel.
street-missing = Enter the street and house number.
city-missing = Enter the town or city.
country-wrong = Choose a country we deliver to.
phone-wrong = Enter a phone number, or leave it empty.
state-short = State
control-characters = { $label } can’t contain line breaks, tabs or other control characters.
unseen-characters = { $label } contains invisible characters, or characters that change the direction of text. Please type it again.
no-links = { $label } can’t contain a link.
blank = { $label } contains no visible characters.
too-long = { $label }: use at most { $most } characters.
