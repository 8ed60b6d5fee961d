choose-payment = Wählen Sie eine Zahlungsart.
cash-on-delivery = Barzahlung bei Lieferung
card-number-missing = Geben Sie die Kartennummer ein.
test-cards-only = Dieser Shop nimmt nur Testkarten an, zum Beispiel 4242 4242 4242 4242.
test-card-ending = Testkarte mit den Endziffern { $digits }
card-declined = Die Karte wurde abgelehnt.
payment-abandoned = Die Zahlung wurde aufgegeben.
not-charged = Die Karte wurde nicht belastet.

# Der Zahlungsschritt
cash-why = Sie zahlen beim Paketboten.
cash-too-much = Bestellungen über { $amount } können nicht bei der Lieferung bezahlt werden. Wählen Sie eine andere Zahlungsart.
cash-prepaid = Ein Artikel Ihrer Bestellung kann nicht bei der Lieferung bezahlt werden. Wählen Sie eine andere Zahlungsart.
cash-prepaid-named = „{ $title }“ kann nicht bei der Lieferung bezahlt werden. Wählen Sie eine andere Zahlungsart.
cash-too-many-open = { $count ->
    [one] Ein Kunde kann { $count } offene Bestellung haben, die bei der Lieferung bezahlt wird. Warten Sie, bis sie angekommen ist, oder wählen Sie eine andere Zahlungsart.
   *[other] Ein Kunde kann { $count } offene Bestellungen haben, die bei der Lieferung bezahlt werden. Warten Sie, bis eine angekommen ist, oder wählen Sie eine andere Zahlungsart.
}
test-card = Testkarte
test-card-why = Testbetrieb: Es wird nichts abgebucht.
card-number = Kartennummer
test-card-numbers = Testnummern:
card-is-approved = wird angenommen.
card-is-declined = wird abgelehnt.
fails-before = scheitert auf halbem Weg, bevor abgebucht wird.
fails-after = scheitert auf halbem Weg, nachdem abgebucht wurde: Die Bestellung gilt.
card = Karte
card-why = Ihre Karte geben Sie auf der nächsten Seite bei { $provider } ein.
order-called = Bestellung { $number }
total-too-low = Für diese Zahlungsart kostet die Bestellung zu wenig. Wählen Sie eine andere Zahlungsart.
total-too-high = Für diese Zahlungsart kostet die Bestellung zu viel. Wählen Sie eine andere Zahlungsart.
not-in-country = Diese Zahlungsart gibt es in Ihrem Land nicht. Wählen Sie eine andere.
