sentences = Your own texts
saved = Texts saved.
why = Anything you leave empty isn’t shown. A language that you leave empty shows the text in the default language.
save = Save texts

about = About the shop
about-why = In the footer of every page, below the name.
returns = Returns
returns-why = On every product’s page and beside the checkout, such as “Send it back within 30 days.” Promise only what your terms say.
order-mail = Order confirmation
order-mail-why = In the e-mail that confirms an order.
