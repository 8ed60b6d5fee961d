stock = Lagerbestand
search-stock = Titel oder Artikelnummer suchen
stock-saved = Änderungen gespeichert.
nothing-found = Nichts gefunden
no-variants-match = Dazu gibt es keine Varianten.
show-all-stock = Gesamten Lagerbestand anzeigen
# Wege durch die Tabelle
by-stock = Nach Bestand
all = Alle
sold-out = Ausverkauft
low = Knapp
in-stock-tab = Auf Lager
not-tracked = Nicht geführt
# Ihre Spalten
variant = Variante
available = Verfügbar
held = In offenen Bestellungen
change-stock = Bestand ändern
price = Preis
change-hint = 12 setzt den Bestand auf 12, +5 oder -2 ändert ihn. Stück in offenen Bestellungen zählen nicht zu den verfügbaren.
change-stock-of = Bestand ändern von { $title }
price-of = Preis von { $title }
# Ihr einer Knopf
reason-of-changes = Grund der Bestandsänderungen
counted = Gezählt
delivered = Geliefert
damaged = Beschädigt
lost = Verloren
returned-unsold = An den Lieferanten zurückgeschickt
discard = Verwerfen
save-changes = Änderungen speichern
nothing-saved = Noch wurde nichts gespeichert. Ihre Eingaben stehen weiter in den Feldern.
# Was das Skript der Seite sagt
one-more = Eins mehr von { $title }
one-fewer = Eins weniger von { $title }

# Eine Variante
stock-adjusted = Lagerbestand geändert.
edit-product = Produkt bearbeiten
in-stock = Auf Lager:{ " " }
adjust-stock = Lagerbestand ändern
units = Stück
counted-units = Gezählte Stückzahl
save = Speichern
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
of-drop = Drop
of-waiting-list = Warteliste
edited-with-product = Mit dem Produkt bearbeitet

# Was an einem Formular nicht stimmt
delta-wanted = Geben Sie eine Stückzahl ein, etwa 5 oder -2.
units-wanted = Geben Sie die Stückzahl ein.
reason-wanted = Geben Sie einen Grund mit höchstens 200 Zeichen ein.
price-changed = Jemand hat den Preis auf { $price } geändert. Prüfen Sie ihn und speichern Sie noch einmal.
already-booked = Dieses Formular hat bereits { $units } gebucht. Laden Sie die Seite neu, um mehr zu buchen.
out-of-range = Auf Lager: { $units } Stück. Das Ergebnis liegt außerhalb des Möglichen.
change-wanted = Geben Sie eine Stückzahl ein, etwa 12, oder eine Änderung, etwa +5 oder -2.
stock-changed = Jetzt auf Lager: { $units } Stück. Prüfen und speichern Sie noch einmal.
stock-not-tracked = Der Bestand dieser Variante wird nicht geführt.
variant-gone = Diese Variante wurde gelöscht. Leeren Sie ihre Felder.
too-many-rows = Ändern Sie höchstens { $number } Varianten auf einmal.
