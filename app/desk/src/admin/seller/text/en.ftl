seller = Seller
saved = Seller’s data saved.
why = Shown at the end of e-mails, and filled in when you make a legal page from a template. Pages that you have saved stay as they are.
save = Save seller’s data

# Who sells
who = Who sells
name = Name
name-hint = With the legal form, such as Ropery Ltd.
represented-by = Represented by
street = Street and number
postal-code = Postal code
city = Town or city
country = Country
country-hint = If you sell from the European Union, you can open a new shop once the checklist on the dashboard is done.
choose-country = Choose a country

# Contact and register
contact = Contact and register
email = E-mail address
phone = Telephone
register = Register
register-hint = Court or register, and number.
vat-id = VAT ID
