# Bestand. Für `#` wird die Zahl eingesetzt.
in-stock = Auf Lager
few-left = Nur noch wenige
sold-out = Ausverkauft
stock-only = Nur noch # verfügbar
stock-count = # auf Lager
stock-more = Mehr als # auf Lager
back-order = Auf Bestellung
stock-paying = Alles vergeben. # in Bezahlung.
stock-paying-for = Alles vergeben. # in Bezahlung; das erste ist spätestens in # Min. bezahlt oder wieder frei.
stock-rest = # auf Lager, der Rest auf Bestellung
back-order-why = Was „auf Bestellung“ ist, haben wir zurzeit nicht auf Lager. Es dauert länger als die angegebene Lieferzeit.

# Die Startseite
home-title = Robustes für drinnen und draußen
home-heading = Für lange gemacht.
home-text = Becher und Pfannen, Lampen und Laternen, Zelte und Seile: für jeden Tag gemacht und leicht zu reparieren.
shop-all = Alle Produkte ansehen
see-whats-new = Neues ansehen
shop-by-category = Nach Kategorie einkaufen
new-in = Neu eingetroffen
all-new-arrivals = Alle Neuheiten
popular = Beliebt
all-bestsellers = Alle Bestseller
why-shop-with-us = Warum bei uns
real-stock = Echter Bestand
real-stock-why = Was als verfügbar angezeigt wird, haben wir auch.
no-surprises = Keine Überraschungen
no-surprises-why = Sie sehen den Gesamtpreis, bevor Sie bestellen.
pay-on-delivery = Bei Lieferung zahlen
pay-on-delivery-why = Auf Wunsch bar an der Haustür.
no-account-needed = Ohne Konto
no-account-needed-why = Ihre Bestellung finden Sie mit Bestellnummer und E-Mail-Adresse wieder.

# Der Weg hierher
home = Startseite
all-products = Alle Produkte
search = Suche

# Listen
results-for = Ergebnisse für „{ $query }“
results-in = Ergebnisse für „{ $query }“ in { $category }
page-of-list = { $title }, Seite { $number }
products = Produkte
product-count = { $count ->
    [one] { $count } Produkt
   *[other] { $count } Produkte
}
list-in-short = { $title } bei { $shop }: { $count }.
product-range = { $first }–{ $last } von { $count } Produkten
no-more-products = Mehr Produkte gibt es nicht
last-page-is = Die letzte Seite ist Seite { $number }.
to-the-last-page = Zur letzten Seite
no-results-for = Keine Ergebnisse für „{ $query }“
nothing-found = Nichts gefunden
advice-search = Prüfen Sie die Schreibweise, versuchen Sie ein einfacheres Wort oder entfernen Sie einen Filter.
advice-filters = Zu diesen Filtern passt kein Produkt. Entfernen Sie einen, um mehr zu sehen.
advice-empty = Hier gibt es noch nichts zu kaufen. Schauen Sie bald wieder vorbei.
clear-search = Suche und Filter zurücksetzen
popular-right-now = Gerade beliebt

# Kategorien
subcategories = Unterkategorien

# Filter
filters = Filter
category = Kategorie
price = Preis
lowest-price = Niedrigster Preis in { $currency }
highest-price = Höchster Preis in { $currency }
availability = Verfügbarkeit
in-stock-only = Ausverkauftes ausblenden
tags = Schlagwörter
apply = Anwenden
show-results = { $count ->
    [one] { $count } Ergebnis anzeigen
   *[other] { $count } Ergebnisse anzeigen
}
close-filters = Filter schließen
more-values = { $count } weitere
clear-all = Alle entfernen
active-filters = Aktive Filter
remove-filter = Filter entfernen:
price-at-least = ab { $price }
price-at-most = bis { $price }
quoted = „{ $query }“
sort-by = Sortieren nach
sort = Sortieren
sort-featured = Empfohlen
sort-relevance = Relevanz
sort-newest = Neueste
sort-price-up = Preis aufsteigend
sort-price-down = Preis absteigend
sort-name = Name
sort-best-selling = Meistverkauft

# Karten
colours = { $count ->
    [one] { $count } Farbe
   *[other] { $count } Farben
}
quick-add = Hinzufügen
quick-add-what = Hinzufügen: { $title }
sale = Angebot
badge-few-left = Nur noch wenige
badge-back-order = Auf Bestellung

# Ein Produkt
pictures = Bilder
picture-of = { $title }, Bild { $number } von { $total }
show-picture = Bild { $number } anzeigen
enlarge-picture = Bild vergrößern
previous-picture = Vorheriges Bild
next-picture = Nächstes Bild
zoom = Vergrößern
close = Schließen
details = Produktdetails
sku = Artikelnummer
brand = Marke
description = Beschreibung
you-may-also-like = Das könnte Ihnen auch gefallen
tax-and-shipping = Inkl. MwSt., zzgl. Versandkosten. Diese werden an der Kasse berechnet.
shipping-only = Zzgl. Versandkosten. Diese werden an der Kasse berechnet.
not-in-this-combination = In dieser Kombination nicht erhältlich
still-available = Noch erhältlich
similar-products = Ähnliche Produkte ansehen
option-sold-out = ausverkauft
add-to-cart = In den Warenkorb
price-now = Jetzt
price-was = Vorher
you-save = Sie sparen
quantity = Menge
one-fewer = Eins weniger
one-more = Eins mehr

# Ein Betrag in einem Filter, der sich nicht lesen lässt
amount-wanted = Geben Sie einen Betrag ein, zum Beispiel 20.
amount-ambiguous = { $typed } kann { $small } oder { $large } heißen. Schreiben Sie { $plain }.
amount-or = { $one } oder { $other }
amount-or-decimals = { $one } oder höchstens { $digits } Nachkommastellen
no-decimals = Lassen Sie die Nachkommastellen weg: Diese Währung hat keine.
too-many-decimals = Verwenden Sie höchstens { $digits } Nachkommastellen.
