choose-payment = Wählen Sie eine Zahlungsart.
cash-on-delivery = Barzahlung bei Lieferung
card-number-missing = Geben Sie die Kartennummer ein.
test-cards-only = Dieser Shop nimmt nur Testkarten an, zum Beispiel 4242 4242 4242 4242.
test-card-ending = Testkarte mit den Endziffern { $digits }
card-declined = Die Karte wurde abgelehnt.
payment-abandoned = Die Zahlung wurde abgebrochen.
card-limit = Mit dieser Karte wurden bereits so viele Stück gekauft, wie ein Kunde kaufen kann. Es wurde nichts abgebucht.
not-charged = Die Karte wurde nicht belastet.

# Der Zahlungsschritt
cash-why = Sie zahlen beim Paketboten.
order-too-low = Bestellungen unter { $amount } können auf diese Weise nicht bezahlt werden. Wählen Sie eine andere Zahlungsart.
order-too-high = Bestellungen über { $amount } können auf diese Weise nicht bezahlt werden. Wählen Sie eine andere Zahlungsart.
not-to-country = Für das Lieferland { $country } gibt es diese Zahlungsart nicht. Wählen Sie eine andere.
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
total-too-low = Der Bestellwert ist für diese Zahlungsart zu niedrig. Wählen Sie eine andere Zahlungsart.
total-too-high = Der Bestellwert ist für diese Zahlungsart zu hoch. Wählen Sie eine andere Zahlungsart.
total-not-exact = Diese Zahlungsart kann den Bestellwert nicht genau abbuchen. Wählen Sie eine andere Zahlungsart.
not-in-country = Diese Zahlungsart gibt es in Ihrem Land nicht. Wählen Sie eine andere.
bank-transfer = Banküberweisung
bank-transfer-why = Wir nennen Ihnen unser Konto und reservieren Ihre Artikel, bis Ihr Geld eingegangen ist.
transfers-too-many-open = { $count ->
    [one] Ein Kunde kann { $count } offene Bestellung haben, die per Überweisung bezahlt wird. Bezahlen Sie diese zuerst, oder wählen Sie eine andere Zahlungsart.
   *[other] Ein Kunde kann { $count } offene Bestellungen haben, die per Überweisung bezahlt werden. Bezahlen Sie zuerst eine davon, oder wählen Sie eine andere Zahlungsart.
}
