seller = Verkäufer
saved = Angaben zum Verkäufer gespeichert.
why = Sie stehen am Ende von E-Mails und werden eingesetzt, wenn Sie eine rechtliche Seite aus einer Vorlage erstellen. Gespeicherte Seiten bleiben, wie sie sind.
save = Angaben speichern

# Wer verkauft
who = Wer verkauft
name = Name
name-hint = Mit der Rechtsform, etwa Seilerei GmbH.
represented-by = Vertreten durch
street = Straße und Hausnummer
postal-code = Postleitzahl
city = Ort
country = Land
country-hint = Wenn Sie aus der Europäischen Union verkaufen, können Sie einen neuen Shop erst eröffnen, wenn die Liste in der Übersicht erledigt ist.
choose-country = Land auswählen

# Kontakt und Register
contact = Kontakt und Register
email = E-Mail-Adresse
phone = Telefon
register = Register
register-hint = Registergericht und Nummer.
vat-id = USt-IdNr.
