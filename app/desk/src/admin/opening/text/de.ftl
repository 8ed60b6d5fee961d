# Die Liste
before-you-open = Bevor Sie eröffnen
before-you-open-why = Ihr Shop ist noch nicht eröffnet: Kunden können sich umsehen, aber nicht bestellen. Sie können ihn eröffnen, wenn hier alles erledigt ist.
ready = Alles ist erledigt. Eröffnen Sie Ihren Shop, wann Sie möchten.
ready-outside = Sie können Ihren Shop jetzt eröffnen. Da Sie von außerhalb der Europäischen Union verkaufen, ist der Rest ein Vorschlag.
still-missing = Das fehlt noch
still-missing-why = Ihr Shop ist eröffnet und nimmt Bestellungen an. Bitte ergänzen Sie, was fehlt: Es kann gesetzlich vorgeschrieben sein.
open = Shop eröffnen
state-done = (erledigt)
state-open = (zu erledigen)

# Ein Demo-Shop
demonstration = Dies ist ein Demo-Shop
demonstration-why = Jede Seite sagt das, und Bestellungen werden nicht geliefert. Sie können sie zu Ihrem eigenen Shop machen: Dann nimmt er keine Bestellungen an, bis erledigt ist, was zum Eröffnen nötig ist. Produkte, Seiten und Einstellungen bleiben, bis Sie sie ändern.
end-demonstration = Demo beenden

# Ihre Punkte
seller = Angaben zum Verkäufer
seller-why = Name, Anschrift, Land und E-Mail-Adresse des Verkäufers.
pages = Rechtliche Seiten
pages-missing = Noch nicht veröffentlicht: { $names }.
pages-done = Impressum, Datenschutzerklärung, AGB und Widerrufsbelehrung sind veröffentlicht.
imprint = Impressum
privacy = Datenschutzerklärung
terms = AGB
withdrawal = Widerrufsbelehrung
payment = Zahlung
payment-test-card = Mit der Testkarte fließt kein Geld: Schalten Sie sie aus, bevor Sie verkaufen.
payment-test-key = Der Zahlungsanbieter wird mit einem Testschlüssel genutzt, es kommt kein Geld an: Tragen Sie den echten Schlüssel ein, bevor Sie verkaufen.
payment-none = Es kann nicht bezahlt werden. Bieten Sie Barzahlung bei Lieferung an oder richten Sie einen Zahlungsanbieter ein.
payment-transfer = Es kann per Überweisung bezahlt werden.
payment-cash = Es kann bar bei Lieferung bezahlt werden.
payment-card = Es kann mit Karte bezahlt werden.
payment-cash-and-card = Es kann mit Karte oder bar bei Lieferung bezahlt werden.
mail = E-Mail
mail-unsent = Senden Sie sich eine Test-E-Mail und bestätigen Sie, dass sie angekommen ist.
mail-waiting = Die Test-E-Mail ist unterwegs. Laden Sie diese Seite gleich noch einmal.
mail-sent = Die Test-E-Mail wurde gesendet. Bestätigen Sie, wenn sie angekommen ist. Wenn nicht, prüfen Sie den Absender und Ihren Mailserver.
mail-failed = Die Test-E-Mail konnte nicht gesendet werden. Prüfen Sie den Absender und Ihren Mailserver und versuchen Sie es noch einmal.
mail-done = Sie haben bestätigt, dass E-Mails ankommen.
send-test-mail = Test-E-Mail senden
mail-arrived = Sie ist angekommen
delivery = Lieferung
delivery-why = { $countries ->
    [one] { $countries } Land. Versandarten: { $methods }. Lieferzeiten werden nur versprochen, wenn Sie welche angeben.
   *[other] { $countries } Länder. Versandarten: { $methods }. Lieferzeiten werden nur versprochen, wenn Sie welche angeben.
}
tax = Steuer
tax-why = Preise enthalten { $rate }{ "\u00A0" }% MwSt.
tax-none = Preise enthalten keine Steuer.
product = Erstes Produkt
product-missing = Aktivieren Sie mindestens ein Produkt.
product-done = Mindestens ein Produkt ist aktiv.
that-is-right = Das stimmt

# Was getan wurde
test-mail-on-its-way = Die Test-E-Mail ist unterwegs zu Ihnen.
confirmed = Bestätigt.
opened = Ihr Shop ist eröffnet.
prepared = Die Demo ist beendet. Ihr Shop nimmt keine Bestellungen an, bis Sie ihn eröffnen.
