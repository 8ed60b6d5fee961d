no-such-variant = Diese Kombination gibt es nicht. Bitte wählen Sie eine andere.
cart-is-full = Ein Warenkorb fasst höchstens { $most } verschiedene Artikel.
too-many-units = Von einem Artikel sind höchstens { $most } Stück pro Bestellung möglich.
not-in-cart = Dieser Artikel liegt nicht mehr in Ihrem Warenkorb.
