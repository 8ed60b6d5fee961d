choose-payment = Wählen Sie eine Zahlungsart.
cash-on-delivery = Barzahlung bei Lieferung
card-number-missing = Geben Sie die Kartennummer ein.
test-cards-only = Dieser Shop nimmt nur Testkarten an, zum Beispiel 4242 4242 4242 4242.
test-card-ending = Testkarte mit den Endziffern { $digits }
card-declined = Die Karte wurde abgelehnt.
payment-abandoned = Die Zahlung wurde aufgegeben.
not-charged = Die Karte wurde nicht belastet.
