settings = Settings
sentences = Your own sentences
saved = Sentences saved.
why = What you leave empty is not said. A language that you leave empty shows the sentence in the default language.
discard = Discard
save = Save sentences

about = About the shop
about-why = In the footer of every page, below the name.
returns = Returns
returns-why = On every product’s page and beside the checkout, such as “Send it back within 30 days.” Promise only what your terms say.
order-mail = Order confirmation
order-mail-why = In the e-mail that confirms an order.
