cash-on-delivery = Barzahlung bei Lieferung
saved = Einstellungen der Barzahlung gespeichert.
why = Sie gelten für Bestellungen ab jetzt, wenn die Kasse Barzahlung bei Lieferung anbietet. Welche Produkte sich nicht so bezahlen lassen, legen Sie in deren Editor fest.
methods = Unter Zahlungsarten schalten Sie sie ein und legen Beträge und Länder fest.
save = Einstellungen speichern

# Bestätigen
confirming = Bestätigung
confirmation = Bestellungen ohne bestätigte E-Mail-Adresse
confirmation-asked = Kunde bestätigt per E-Mail
confirmation-off = Gelten sofort als bestätigt
confirmation-hint = Für Bestellungen mit Barzahlung bei Lieferung oder Banküberweisung. Wer angemeldet ist und seine E-Mail-Adresse bestätigt hat, muss nie bestätigen. E-Mails müssen dafür bei Ihren Kunden ankommen.
minutes = Bestätigungsfrist (Minuten)
minutes-hint = Von 10 bis 1440. So lange sind die Artikel reserviert; danach verfällt die Bestellung.

# Grenzen
limits = Grenzen
most-open = Offene Bestellungen je Kunde
most-open-hint = Gezählt nach Konto und E-Mail-Adresse, bis das Paket zugestellt ist. Leer lassen, wenn es keine Grenze geben soll.
