checkout = Kasse
checkout-step = Kasse: { $step }

# Was vor der Kasse gesagt wird
offer = { $name }: { $price }
offer-free = { $name }: kostenlos
offer-free-from = { $name }: { $price }, kostenlos ab { $from }
offer-within = { $offer }, { $days }
offer-described = { $offer } ({ $description })
more-offers = An der Kasse sehen Sie alle Versandarten.
free-shipping-missing = Noch { $missing } bis zum kostenlosen Versand ({ $name }).
free-shipping-now = Mit „{ $name }“ ist der Versand kostenlos.
pay-by-card-or-cash = Zahlung per Karte oder bar bei Lieferung.
pay-by-card = Zahlung per Karte.
pay-by-transfer = Zahlung per Überweisung.
pay-by-card-or-transfer = Zahlung per Karte oder Überweisung.
pay-by-transfer-or-cash = Zahlung per Überweisung oder bar bei Lieferung.
pay-by-card-transfer-or-cash = Zahlung per Karte, per Überweisung oder bar bei Lieferung.
pay-in-cash = Zahlung bar bei Lieferung.

# Schritte
steps = Schritte der Bestellung
done = (erledigt)
contact-and-address = Kontakt & Adresse
contact = Kontakt
delivery-address = Lieferadresse
shipping = Versand
payment = Zahlung
review = Prüfen

# Kontakt
have-an-account = Haben Sie schon ein Konto?
sign-in = Anmelden
for-faster-checkout = und schneller bestellen.
email-hint = Mit ihr finden Sie Ihre Bestellung wieder.
add-company = Firma oder USt-IdNr. angeben
company = Firma
vat-id = USt-IdNr.
vat-id-hint = Für die Rechnung.
billing-address = Rechnungsadresse
billing-is-the-same = Wie die Lieferadresse
billing-is-another = Andere Rechnungsadresse
for-billing = { $label } (Rechnung)
add-note = Nachricht zur Bestellung hinzufügen
note = Nachricht an den Shop
note-hint = Zum Beispiel, wo das Paket abgelegt werden darf.
back-to-cart = Zurück zum Warenkorb
continue-to-shipping = Weiter zum Versand

# Versand
choose-shipping = Versandart wählen
back-to-address = Zurück zur Adresse
continue-to-payment = Weiter zur Zahlung

# Zahlung
how-to-pay = Wie möchten Sie bezahlen?
back-to-shipping = Zurück zum Versand
continue-to-review = Weiter zur Prüfung
keep-card = { $card }. Lassen Sie das Feld leer, um sie zu behalten.
after-declined = Die Bestellung wurde nicht aufgegeben und nichts abgebucht. Ihr Warenkorb ist unverändert: Versuchen Sie es noch einmal, nehmen Sie eine andere Karte oder wählen Sie eine andere Zahlungsart.
no-orders = Dieser Shop nimmt noch keine Bestellungen an
no-orders-why = Es gibt noch keine Zahlungsart. Ihr Warenkorb bleibt erhalten.
turn-methods-on = Eine Zahlungsart einschalten
none-fits = Für diese Bestellung ist keine Zahlungsart möglich
none-fits-why = Bei jeder steht, warum. Ändern Sie die Bestellung oder die Lieferadresse, oder schreiben Sie uns. Ihr Warenkorb bleibt erhalten.

# Prüfen
review-your-order = Prüfen Sie Ihre Bestellung
by-placing = Mit der Bestellung kaufen Sie diese Artikel zu den angezeigten Preisen.
tax-is-included = Die MwSt. ist enthalten.
back-to-payment = Zurück zur Zahlung
place-order = Zahlungspflichtig bestellen – { $total }
edit = Ändern
edit-what = { $what ->
    [contact] Kontakt
    [address] Lieferadresse
    [billing] Rechnungsadresse
    [note] Nachricht
    [shipping] Versand
   *[payment] Zahlung
}
total-is-now = Die Summe beträgt jetzt { $total }. Wenn Sie einverstanden sind, bestellen Sie noch einmal.
choose-again = So lässt sich Ihre Bestellung nicht aufgeben
shipping-withdrawn = Diese Versandart gibt es nicht mehr. Wählen Sie eine andere.
payment-withdrawn = Diese Zahlungsart gibt es für diese Bestellung nicht mehr. Wählen Sie eine andere.
place-again = Ihre Angaben sind noch da. Bestellen Sie gleich noch einmal: Es wird nichts doppelt abgebucht.

# Die Zusammenfassung
order-summary = Ihre Bestellung
total-now = Die Gesamtsumme beträgt jetzt { $total }
edit-cart = Warenkorb ändern
not-chosen-yet = noch nicht gewählt
includes-tax = Inkl. MwSt. ({ $rate }{ "\u00A0" }%)

# Ein Shop, der noch nicht eröffnet ist
not-open = Dieser Shop ist noch nicht eröffnet
not-open-why = Sie können sich umsehen und Ihren Warenkorb füllen. Bestellen können Sie, sobald der Shop eröffnet ist.
look-around = Umsehen
open-the-shop = Ansehen, was noch zu tun ist

# Ablehnungen
company-wrong = Geben Sie den Namen der Firma ohne Link und mit höchstens 100 Zeichen ein.
vat-id-wrong = Geben Sie die USt-IdNr. so ein, wie sie vergeben wurde, zum Beispiel DE123456789.
billing-name-missing = Geben Sie den Namen für die Rechnung ein.
billing-country-missing = Wählen Sie das Land der Rechnungsadresse.
note-too-long = Die Nachricht darf höchstens { $most } Zeichen haben.
note-holds-link = Die Nachricht darf keinen Link enthalten.
note-unseen = Die Nachricht enthält unsichtbare Zeichen oder Steuerzeichen. Bitte geben Sie sie noch einmal ein.
total-missing = Senden Sie die angezeigte Gesamtsumme in der kleinsten Einheit der Währung.
