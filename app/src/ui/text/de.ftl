# Was mit einer Position des Warenkorbs nicht stimmt
sold-out = { $title } ist ausverkauft.
only-left = Von { $title } sind nur noch { $available } verfügbar.
price-changed = Der Preis von { $title } hat sich geändert.
no-longer-sold = { $title } wird nicht mehr verkauft.

fix-one-field = Bitte prüfen Sie ein Feld.

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
