stock = Lagerbestand
search-stock = Titel oder Artikelnummer suchen
stock-saved = Lagerbestand gespeichert.
price-saved = Preis gespeichert.
nothing-found = Nichts gefunden
no-variants-match = Dazu gibt es keine Varianten.
show-all-stock = Gesamten Lagerbestand anzeigen
variant = Variante
sku = Artikelnummer
counted = Gezählt
price = Preis
counted-units = Gezählte Stückzahl
what-of = { $what } von { $title }
save = Speichern
# Was das Skript der Seite sagt
saved = Gespeichert
unreachable = Der Shop ist nicht erreichbar.
rejected = Die Änderung wurde abgelehnt.

# Eine Variante
stock-adjusted = Lagerbestand geändert.
edit-product = Produkt bearbeiten
in-stock = Auf Lager:{ " " }
adjust-stock = Lagerbestand ändern
units = Stück
units-hint = Etwa 5 für einen Zugang oder -2 für einen Abgang
reason = Grund
adjust = Buchen
set-counted-stock = Gezählten Bestand eintragen
difference-recorded = Die Differenz wird festgehalten.

# Wie es dazu kam
no-movements = Noch keine Lagerbewegungen.
history = Verlauf
when = Wann
why = Warum
who = Wer
order = Bestellung
shopper = Kunde
first-stock = Anfangsbestand
sold = Verkauft
order-cancelled = Bestellung storniert
returned = Zurückgenommen
adjusted = Geändert
imported = Import
edited-with-product = Mit dem Produkt bearbeitet

# Was an einem Formular nicht stimmt
delta-wanted = Geben Sie eine Stückzahl ein, etwa 5 oder -2.
units-wanted = Geben Sie die Stückzahl ein.
reason-wanted = Geben Sie einen Grund mit höchstens 200 Zeichen ein.
price-changed = Jemand hat den Preis auf { $price } geändert. Prüfen Sie ihn und speichern Sie noch einmal.
already-booked = Dieses Formular hat bereits { $units } gebucht. Laden Sie die Seite neu, um mehr zu buchen.
out-of-range = Es sind { $units } Stück auf Lager: Das Ergebnis liegt außerhalb des Möglichen.
