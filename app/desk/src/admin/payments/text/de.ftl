payments = Zahlungen
system = System
why = Jede Nacht vergleicht der Shop seine Zahlungen der letzten 60 Tage mit der Liste des Zahlungsanbieters. Jede Abweichung ist hier aufgeführt.
no-provider = Hier erscheinen Vergleiche mit einem Zahlungsanbieter, sobald einer eingerichtet ist.
compare-now = Jetzt vergleichen
compared-now = Unten steht der neueste Vergleich.
comparing = Das dauert länger und läuft von selbst weiter. Sehen Sie in einigen Minuten wieder auf diese Seite.
compared-at = Verglichen am
never-compared = Noch nicht verglichen. Das geschieht nachts von selbst.
failed-at = Der Anbieter konnte nicht gefragt werden; warum, steht im Protokoll des Servers. Letzter Versuch am
all-agree = { $count ->
    [one] { $count } Zahlung verglichen: keine Abweichungen.
   *[other] { $count } Zahlungen verglichen: keine Abweichungen.
}
some-differ = { $count ->
    [one] { $count } Abweichung
   *[other] { $count } Abweichungen
}
foreign = { $count ->
    [one] { $count } Zahlung beim Anbieter stammt nicht aus diesem Shop.
   *[other] { $count } Zahlungen beim Anbieter stammen nicht aus diesem Shop.
}
differences = Abweichungen bei { $provider }
difference = Abweichung
order = Bestellung
payment = Zahlung
ours = Hier
theirs = Beim Anbieter
unknown-order = Keine Bestellung

# Worin sie abweichen
charge-without-order = Der Anbieter hat Geld für eine Bestellung, die es hier nicht gibt
order-without-charge = Die Bestellung ist hier bezahlt, der Anbieter hat keine Zahlung
not-taken-in = Beim Anbieter wurde bezahlt, hier ist die Bestellung nicht bezahlt
captured-differs = Die eingezogenen Beträge weichen ab
currency-differs = Die Währungen weichen ab
refund-missing = Hier erstattet, vom Anbieter aber nicht
refund-unknown = Vom Anbieter erstattet, hier aber nicht
still-held = Für eine Bestellung, die nicht darauf wartet, ist Geld reserviert
cancelled-and-charged = Die Bestellung wurde storniert, das Geld aber nicht erstattet
