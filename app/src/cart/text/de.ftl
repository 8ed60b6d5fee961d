your-cart = Ihr Warenkorb
continue-shopping = Weiter einkaufen
items = { $count } Artikel

# Ein leerer Warenkorb
cart-is-empty = Ihr Warenkorb ist leer
kept-here = { $days ->
    [one] Wir bewahren Ihren Warenkorb nach der letzten Änderung { $days } Tag lang auf diesem Gerät auf.
   *[other] Wir bewahren Ihren Warenkorb nach der letzten Änderung { $days } Tage lang auf diesem Gerät auf.
}
kept-everywhere = { $days ->
    [one] Wir bewahren Ihren Warenkorb nach der letzten Änderung { $days } Tag lang auf, für jedes Gerät, auf dem Sie sich anmelden.
   *[other] Wir bewahren Ihren Warenkorb nach der letzten Änderung { $days } Tage lang auf, für jedes Gerät, auf dem Sie sich anmelden.
}
shop-all = Alle Produkte ansehen
popular = Beliebt

# Eine Position
line-total = Summe
each = je { $price }
quantity-of = Menge von { $title }
update = Ändern
update-what = Menge von { $title }
one-fewer = Eins weniger: { $title }
one-more = Eins mehr: { $title }
fewer-left = Weniger verfügbar als gewünscht
# `#` is where the number goes.
asked-for = Gewünscht: #.
kept-for-you = Für Sie aufgehoben
remove = Entfernen

# Was sich geändert hat
items-have-changed = In Ihrem Warenkorb hat sich etwas geändert
sold-out = Ausverkauft.
not-yet = Noch nicht im Verkauf.
waiting = Verkauf über einen Warteraum.
only-left = Nur noch { $available } verfügbar. Gewünscht: { $quantity }.
price-changed = Der Preis ist jetzt { $now }. Er war { $before }.
limit-reached = Höchstens { $units } pro Kunde.
limit-ordered = Höchstens { $units } pro Kunde; bestellt haben Sie bereits { $ordered }.
no-longer-available = Nicht mehr erhältlich.
row-sold-out = : ausverkauft.
row-not-yet = : noch nicht im Verkauf.
row-waiting = : Verkauf über einen Warteraum.
row-only-left = : nur noch { $available } verfügbar.
row-price-changed = : Preis von { $before } auf { $now } geändert.
row-limit-reached = : höchstens { $units } pro Kunde.
row-limit-ordered = : höchstens { $units } pro Kunde; bestellt haben Sie bereits { $ordered }.
row-no-longer-available = : nicht mehr erhältlich.
change-to = Auf { $available } ändern
accept = { $price } annehmen
accept-all = { $count ->
    [one] Änderung annehmen
   *[other] Alle Änderungen annehmen
}

# Nach einer Änderung
said = { $count } Artikel. Zwischensumme: { $subtotal }

# Der Warenkorb neben der Seite
added = In den Warenkorb gelegt
close = Schließen
check-out = Zur Kasse
view-cart = Warenkorb ansehen

# Was auf dem Weg hierher geschah
items-from-before = Die Artikel aus der Zeit vor der Anmeldung sind auch hier.
quantity-lowered = { $title }: { $quantity }, mehr ist pro Bestellung nicht möglich.
cart-is-full = Einige Artikel wurden nicht hinzugefügt: Ein Warenkorb fasst höchstens { $most } verschiedene Artikel.
ordered-again = Die Artikel aus Ihrer Bestellung liegen wieder im Warenkorb.
nothing-ordered-again = Von Ihrer Bestellung ist leider nichts mehr erhältlich.
some-ordered-again = Was wir noch haben, liegt wieder im Warenkorb.
title-no-longer-available = { $title } ist nicht mehr erhältlich.
title-only-left = { $title }: nur noch { $available } verfügbar.

# Die Zusammenfassung
summary = Zusammenfassung
shipping = Versand
shipping-by = Versand ({ $name })
at-checkout = wird an der Kasse berechnet
subtotal = Zwischensumme
tax = MwSt.
included = enthalten
review-changes = { $count ->
    [one] Prüfen Sie die Änderung oben, um fortzufahren.
   *[other] Prüfen Sie die { $count } Änderungen oben, um fortzufahren.
}
to-checkout = Zur Kasse

# Der Verweis auf den Warenkorb. Für `#` wird die Zahl eingesetzt.
cart = Warenkorb
cart-with-one = Warenkorb, 1 Artikel
cart-with-many = Warenkorb, # Artikel

# Ablehnungen
quantity-wrong = Geben Sie eine Menge von { $least } bis { $most } ein.
nothing-to-add = Wählen Sie, was in den Warenkorb soll.
