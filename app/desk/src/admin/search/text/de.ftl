search = Suche
search-everything = Bestellungen, Produkte, Kunden und Seiten suchen
what-is-found = Geben Sie mindestens zwei Zeichen ein: eine Bestellnummer, einen Namen, eine E-Mail-Adresse, einen Titel oder eine Artikelnummer. Teile von Namen und Nummern werden unter den neuesten 2.000 Bestellungen und Kunden gefunden.
nothing-found = Nichts gefunden.
places = Seiten
orders = Bestellungen
products = Produkte
customers = Kunden
