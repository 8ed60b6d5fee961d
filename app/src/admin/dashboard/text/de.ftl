# Der Zeitraum
dashboard = Übersicht
time = Zeitraum
today = Heute
seven-days = 7 Tage
thirty-days = 30 Tage

# Zahlen
decimal-point = ,
revenue = Umsatz
revenue-note = nach Erstattungen, mit Steuer und Versand
received = Eingegangen
received-note = aus diesen Bestellungen, vor Erstattungen
to-collect = Noch zu kassieren
to-collect-note = bei der Lieferung, noch nicht eingegangen
orders = Bestellungen
orders-note = bezahlt oder per Nachnahme bestätigt
units = Stück
units-note = bestellt
average-order = Durchschnittliche Bestellung
average-note = vor Erstattungen
conversion = Konversion
conversion-note = der Warenkörbe wurden bestellt
refunds = Erstattungen
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

# Was gezählt wird
what-is-counted = Was gezählt wird
other-currencies = { $orders } in anderen Währungen sind in keiner Summe enthalten.
times-are-in = Zeiten gelten für { $zone }.
revenue-meaning = Umsatz: Bestellungen aus diesem Zeitraum ohne stornierte, unbezahlte und unbestätigte, abzüglich der Erstattungen aus diesem Zeitraum.
conversion-meaning = Konversion: { $orders } aufgegeben und nicht storniert; { $carts } in diesem Zeitraum gefüllt und nicht bestellt. Geleerte und abgelaufene Warenkörbe zählen nicht.

# Diagramme
revenue-by = { $unit ->
    [hour] Umsatz je Stunde
   *[day] Umsatz je Tag
}
orders-by = { $unit ->
    [hour] Bestellungen je Stunde
   *[day] Bestellungen je Tag
}
figures-by = { $unit ->
    [hour] Zahlen je Stunde
   *[day] Zahlen je Tag
}
chart-described = { $bars } Balken von { $first } bis { $last }. Der höchste ist { $highest } mit { $most }. Alle Zahlen stehen in der Tabelle darunter.
no-data-between = Keine Daten von { $first } bis { $last }.
highest = Höchster Wert: { $most }
no-data = Keine Daten für diesen Zeitraum
hour-beginning = Stunde ab
day = Tag
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
at-time = Stand:
refresh = Aktualisieren
per-second = Bestellungen pro Sekunde
per-second-note = letzte Minute, ganzer Shop
waiting = Wartende Bestellungen
waiting-note = in der Warteschlange dieses Servers
lock-wait = Warten auf eine Sperre
lock-note = Durchschnitt, dieser Server
no-lock = keines
cache-hits = Treffer im Cache
cache-note = der Abfragen, dieser Server
sold-last-hour = In der letzten Stunde verkauft
refused-here = Von diesem Server abgelehnte Bestellungen
whole-shop-note = Verkäufe gelten für den ganzen Shop, die anderen Zahlen für den Server, der geantwortet hat, seit seinem Start.
nothing-last-hour = In der letzten Stunde wurde nichts verkauft.
sold-by-variant = In der letzten Stunde verkauft, nach Variante
sold = Verkauft
sold-through = Abverkauf
none-yet = Noch keine.
refused-by-kind = Von diesem Server abgelehnte Bestellungen, nach Grund
why = Grund
no-answer = keine Antwort; neuer Versuch
signed-out = bevor Sie abgemeldet wurden
refusal = { $kind ->
    [sold_out] ausverkauft
    [insufficient] zu wenig am Lager
    [inactive] nicht im Verkauf
    [price_changed] Preis geändert
    [total_changed] Summe geändert
    [empty_cart] leerer Warenkorb
    [not_open] Shop noch nicht eröffnet
    [invalid] ungültige Angaben
    [payment_declined] Zahlung abgelehnt
    [payment_unclear] Zahlung unklar
    [conflict] Konflikt
    [busy] ausgelastet
   *[unavailable] nicht erreichbar
}
