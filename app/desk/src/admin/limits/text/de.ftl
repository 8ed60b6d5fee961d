limits = Höchstmengen pro Kunde
products = Produkte
saved = Höchstmengen gespeichert.
save = Höchstmengen speichern
shop-why = Wie viele Stück ein Kunde im ganzen Shop bestellen kann. Ein Produkt kann eigene Höchstmengen haben; sie stehen in seinem Editor.
product-why = Wie viele Stück ein Kunde von diesem Produkt insgesamt und von jeder Variante bestellen kann.
who-is-one = Bestellungen mit demselben Konto, derselben E-Mail-Adresse oder derselben Lieferadresse gelten als die eines Kunden, egal wie sie geschrieben sind. Frühere Bestellungen zählen mit. Stornierte zählen nicht, erstattete schon.
limited-products = Produkte mit Höchstmengen

# The table
what = Wofür
units = Stück pro Kunde
days = Zeitraum in Tagen
whole-shop = Ganzer Shop
whole-product = Ganzes Produkt
of-what = { $field }: { $what }
now-empty = Jetzt leer.
now = Jetzt { $value }.

# What is wrong
enter-units = Geben Sie eine Zahl von 1 bis { $most } ein, oder lassen Sie das Feld leer, wenn es keine Höchstmenge geben soll.
enter-days = Geben Sie höchstens { $most } Tage ein, oder lassen Sie das Feld leer, wenn sie unbefristet gelten soll.
units-first = Geben Sie auch die Stückzahl ein.
unknown-variant = Diese Variante gibt es nicht mehr.
