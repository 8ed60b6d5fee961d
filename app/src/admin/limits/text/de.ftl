limits = Höchstmengen pro Kunde
settings = Einstellungen
products = Produkte
saved = Höchstmengen gespeichert.
save = Höchstmengen speichern
discard = Verwerfen
shop-why = Wie viele Stück ein Kunde im ganzen Shop bestellen kann. Ein Produkt kann eigene Höchstmengen haben; sie stehen in seinem Editor.
product-why = Wie viele Stück ein Kunde von diesem Produkt insgesamt und von jeder Variante bestellen kann.
who-is-one = Bestellungen mit demselben Konto, derselben E-Mail-Adresse oder derselben Lieferadresse sind die eines Kunden, gleich wie sie geschrieben sind. Frühere Bestellungen zählen mit. Stornierte zählen nicht, erstattete schon.
limited-products = Produkte mit Höchstmengen

# The table
what = Wofür
units = Stück pro Kunde
days = Innerhalb von Tagen
whole-shop = Ganzer Shop
whole-product = Ganzes Produkt
of-what = { $field }: { $what }
now-empty = Jetzt leer.
now = Jetzt { $value }.

# What is wrong
enter-units = Geben Sie eine Zahl von 1 bis { $most } ein, oder nichts für keine Höchstmenge.
enter-days = Geben Sie eine Zahl von Tagen bis { $most } ein, oder nichts für alle Zeit.
units-first = Geben Sie auch die Stückzahl ein.
unknown-variant = Diese Variante gibt es nicht mehr.
changed-since = Jemand anders hat diese Höchstmengen geändert. Prüfen Sie sie und speichern Sie noch einmal.
