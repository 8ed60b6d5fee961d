wishlist = Merkliste
your-wishlist = Ihre Merkliste
items = { $count } Artikel

# Der Verweis. Für `#` wird die Zahl eingesetzt.
with-one = Merkliste, 1 Artikel
with-many = Merkliste, # Artikel

# Herzen
save-what = { $title } auf die Merkliste setzen
save = Auf die Merkliste

# Was getan wurde, oder warum nicht
saved = Auf die Merkliste gesetzt.
removed = Von der Merkliste entfernt.
moved = Jetzt im Warenkorb.
full = Ihre Merkliste ist voll: Sie fasst höchstens { $most } Artikel. Entfernen Sie einen, um einen anderen zu merken.
gone = Dieses Produkt ist nicht mehr erhältlich und wurde daher nicht gemerkt.

# Wo sie aufbewahrt wird
kept-with-account = Ihre Merkliste gehört zu Ihrem Konto.
kept-here = { $days ->
    [one] Wir bewahren sie nach der letzten Änderung { $days } Tag lang auf diesem Gerät auf.
   *[other] Wir bewahren sie nach der letzten Änderung { $days } Tage lang auf diesem Gerät auf.
}
sign-in-to-keep = Melden Sie sich an, um sie in Ihrem Konto zu behalten
empty = Ihre Merkliste ist leer
press-the-heart = Mit dem Herz an einem Produkt merken Sie es sich hier für später.
shop-all = Alle Produkte ansehen

# Eines ihrer Produkte
no-longer-available = Nicht mehr erhältlich
move-to-cart = In den Warenkorb
choose-a-version = Ausführung wählen
of-what = von { $title }
remove = Entfernen

# Ablehnungen
product-gone = Dieses Produkt ist nicht mehr erhältlich.
several-versions = Dieses Produkt gibt es in mehreren Ausführungen. Wählen Sie eine auf seiner Seite.
