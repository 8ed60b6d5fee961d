settings = Einstellungen
cash-on-delivery = Barzahlung bei Lieferung
saved = Einstellungen der Barzahlung gespeichert.
why = Sie gelten für Bestellungen von jetzt an, wenn die Kasse Barzahlung bei Lieferung anbietet. Ein Produkt, das sich nicht so bezahlen lässt, wird bei ihm selbst markiert.
discard = Verwerfen
save = Einstellungen speichern

# Bestätigen
confirming = Bestätigung
confirmation = Bestellungen ohne bestätigte E-Mail-Adresse
confirmation-asked = Kunde bestätigt per E-Mail
confirmation-off = Gelten sofort als bestätigt
confirmation-hint = Wer angemeldet ist und seine E-Mail-Adresse bestätigt hat, muss nie bestätigen. E-Mails müssen dafür bei Ihren Kunden ankommen.
minutes = Minuten zum Bestätigen
minutes-hint = Von 10 bis 1440. So lange sind die Artikel reserviert; danach verfällt die Bestellung.

# Grenzen
limits = Grenzen
most-open = Offene Bestellungen je Kunde
most-open-hint = Gezählt nach Konto und E-Mail-Adresse, bis das Paket zugestellt ist. Leer lassen für keine Grenze.
up-to = Höchste Gesamtsumme ({ $currency })
up-to-hint = Mit Versand. Leer lassen für keine Grenze.
