# Was mit einer Position des Warenkorbs nicht stimmt
sold-out = { $title } ist ausverkauft.
only-left = Von { $title } sind nur noch { $available } verfügbar.
price-changed = Der Preis von { $title } hat sich geändert.
no-longer-sold = { $title } ist nicht mehr erhältlich.


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

# Ein abgelehntes Formular
fix-fields = { $count ->
    [one] Bitte prüfen Sie ein Feld.
   *[other] Bitte prüfen Sie { $count } Felder.
}
review-items = { $count ->
    [one] Bitte prüfen Sie { $count } Artikel in Ihrem Warenkorb.
   *[other] Bitte prüfen Sie { $count } Artikel in Ihrem Warenkorb.
}
