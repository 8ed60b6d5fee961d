# Der Zeitraum
dashboard = Übersicht
time = Zeitraum
today = Heute
seven-days = 7 Tage
thirty-days = 30 Tage
ninety-days = 90 Tage
own-range = Tage wählen
first-day = Erster Tag
last-day = Letzter Tag
show-range = Anzeigen
enter-a-day = Geben Sie einen Tag ab dem Jahr 2000 ein.
ends-before = Geben Sie einen Tag ein, der nicht vor dem ersten liegt.
too-long = Wählen Sie höchstens { $days } Tage.

# Was zu tun ist
to-do = Zu erledigen
nothing-to-do = Nichts zu erledigen.
to-pack = { $count ->
    [one] Bestellung zu packen
   *[other] Bestellungen zu packen
}
to-ship = { $count ->
    [one] Bestellung zu versenden
   *[other] Bestellungen zu versenden
}
to-hand-over = { $count ->
    [one] Erstattung auszuzahlen
   *[other] Erstattungen auszuzahlen
}
other-sums = { $count ->
    [one] Bestellung mit anderem eingezogenen Betrag, zurückzugeben
   *[other] Bestellungen mit anderem eingezogenen Betrag, zurückzugeben
}
to-match = { $count ->
    [one] Zahlung zuzuordnen
   *[other] Zahlungen zuzuordnen
}
to-send-back = { $count ->
    [one] Überweisung zurückzuzahlen
   *[other] Überweisungen zurückzuzahlen
}
to-answer = { $count ->
    [one] offene Rückforderung
   *[other] offene Rückforderungen
}
to-answer-by = { $count ->
    [one] offene Rückforderung, Antwort bis zum { $day }
   *[other] offene Rückforderungen, erste Antwort bis zum { $day }
}
sold-out = { $count ->
    [one] Produkt ausverkauft
   *[other] Produkte ausverkauft
}
running-low = { $count ->
    [one] Produkt fast ausverkauft
   *[other] Produkte fast ausverkauft
}

# Zahlen
revenue = Umsatz
revenue-note = nach Erstattungen, mit Steuer und Versand
received = Eingegangen
received-note = aus diesen Bestellungen, vor Erstattungen
to-collect = Noch zu kassieren
to-collect-note = bei der Lieferung, noch nicht eingegangen
orders = Bestellungen
orders-note = bezahlt oder bei Barzahlung bestätigt
units = Stück
units-note = bestellt
average-order = Durchschnittliche Bestellung
average-note = vor Erstattungen
conversion = Conversion-Rate
conversion-note = der Warenkörbe wurden bestellt
refunds = Erstattungen
than-yesterday = gegenüber { $before } gestern bis zu dieser Zeit
than-before = { $days ->
    [one] gegenüber { $before } am Tag davor
   *[other] gegenüber { $before } in den { $days } Tagen davor
}
refund-count = { $count ->
    [one] { $count } Erstattung
   *[other] { $count } Erstattungen
}
order-count = { $count ->
    [one] { $count } Bestellung
   *[other] { $count } Bestellungen
}
cart-count = { $count ->
    [one] { $count } Warenkorb
   *[other] { $count } Warenkörbe
}
about-carts = etwa { $carts }

# Was gezählt wird
what-is-counted = Was gezählt wird
other-currencies = { $orders } in anderen Währungen sind in keiner Summe enthalten.
times-are-in = Zeiten gelten für { $zone }.
revenue-meaning = Umsatz: Bestellungen aus diesem Zeitraum ohne stornierte, unbezahlte und unbestätigte, abzüglich der Erstattungen aus diesem Zeitraum.
conversion-meaning = Conversion-Rate: { $orders } aufgegeben und nicht storniert; { $carts } in diesem Zeitraum gefüllt und nicht bestellt. Geleerte und abgelaufene Warenkörbe zählen nicht.
comparison-meaning = Verglichen wird mit ebenso vielen Tagen davor, bis zur selben Tageszeit; was von deren Bestellungen eingegangen und noch offen ist, nach dem Stand von jetzt.

# Diagramme
revenue-by = { $unit ->
    [hour] Umsatz je Stunde
    [month] Umsatz je Monat
   *[day] Umsatz je Tag
}
orders-by = { $unit ->
    [hour] Bestellungen je Stunde
    [month] Bestellungen je Monat
   *[day] Bestellungen je Tag
}
figures-by = { $unit ->
    [hour] Zahlen je Stunde
    [month] Zahlen je Monat
   *[day] Zahlen je Tag
}
chart-described = { $bars } Balken von { $first } bis { $last }. Der höchste ist { $highest } mit { $most }. Alle Zahlen stehen in der Tabelle darunter.
no-data-between = Keine Daten von { $first } bis { $last }.
highest = Höchster Wert: { $most }
no-data = Keine Daten für diesen Zeitraum
hour-beginning = Stunde ab
day = Tag
month = Monat
charts-as-a-table = Die Diagramme als Tabelle
figures-as-a-table = Zahlen als Tabelle
total = Gesamt

# Produkte
nothing-sold = In diesem Zeitraum wurde noch nichts verkauft.
most-units-first = Meistverkaufte Produkte, meiste Stück zuerst
product = Produkt
sales = Umsatz
top-products = Meistverkaufte Produkte
all-stock = Ganzes Lager ansehen
nothing-low = Nichts ist knapp.
lowest-first = Knapper Lagerbestand, kleinster zuerst
variant = Variante
left = Übrig
low-stock = Knapper Lagerbestand: { $most } oder weniger

# Ein laufender Verkauf
right-now = Gerade jetzt
per-second = Bestellungen pro Sekunde
sold-last-hour = In der letzten Stunde verkauft
nothing-last-hour = In der letzten Stunde wurde nichts verkauft.
sold-by-variant = In der letzten Stunde verkauft, nach Variante
sold = Verkauft
sold-through = Abverkauf
