product-gone = Dieses Produkt ist nicht mehr erhältlich.
list-is-full = Ihre Merkliste ist voll: Sie fasst höchstens { $most } Artikel. Entfernen Sie einen, um einen anderen zu merken.
