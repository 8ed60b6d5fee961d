# Preise
price-from = ab
price-now = Jetzt
price-was = Vorher

# Seiten einer Liste
page = Seite { $number }
pages = Seiten
previous = Zurück
next-page = Weiter

breadcrumbs = Brotkrümelnavigation

continue-title = Weiter
continue-onward = Weiter zur nächsten Seite

# Felder
optional = (optional)
invalid-date = Ungültiges Datum; wird nicht beachtet.
no-link = Geben Sie eine Seite des Shops wie /products ein oder eine Adresse, die mit https:// beginnt.

# Eine Version
version-wrong = Die Version muss eine ganze Zahl sein.
