cash-on-delivery = Cash on delivery
saved = Settings of cash on delivery saved.
why = They count for orders placed from now on, if the checkout offers cash on delivery. A product that can’t be paid that way is marked in its own editor.
methods = Turn it on and set amounts and countries under Payment methods.
save = Save settings

# Confirming
confirming = Confirmation
confirmation = Orders without a confirmed e-mail address
confirmation-asked = Customer confirms by e-mail
confirmation-off = Count as confirmed at once
confirmation-hint = For orders paid on delivery or by bank transfer. Someone who is signed in and has confirmed their e-mail address never has to confirm. E-mails must reach your customers for this.
minutes = Minutes to confirm
minutes-hint = From 10 to 1440. The items are reserved until then; after that the order lapses.

# Limits
limits = Limits
most-open = Open orders per customer
most-open-hint = Counted by account and e-mail address, until the parcel has been delivered. Leave empty for no limit.
