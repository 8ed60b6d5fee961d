bank-transfer = Banküberweisung
saved = Einstellungen der Banküberweisung gespeichert.
why = Ihre Kunden sehen dieses Konto nach der Bestellung, mit Betrag und Verwendungszweck. Was eingeht, ordnen Sie unter „Zahlungen zuordnen“ zu.
methods = Unter Zahlungsarten schalten Sie sie ein und legen Beträge und Länder fest.
save = Einstellungen speichern

# Das Konto
account = Ihr Konto
holder = Kontoinhaber
iban = IBAN
bic = BIC
bic-hint = Überweisungen aus anderen Ländern brauchen sie vielleicht.
bank = Bank

# An der Kasse
checkout = An der Kasse
days = Zahlungsfrist (Tage)
days-hint = Von 1 bis 30, gerechnet ab der Bestätigung der Bestellung. So lange sind die Artikel reserviert; danach wird die Bestellung storniert. Gilt für Bestellungen ab jetzt.
