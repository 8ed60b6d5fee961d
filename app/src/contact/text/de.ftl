# Felder
email = E-Mail
phone = Telefon
phone-hint = Falls der Paketdienst Sie erreichen muss.
full-name = Vor- und Nachname
street = Straße und Hausnummer
add-more-of-address = Wohnung, Etage oder Firma angeben
more-of-address = Wohnung, Etage, Firma
postal-code = Postleitzahl
postal-code-hint = Lassen Sie das Feld leer, wenn Ihre Adresse keine hat.
city = Ort
state = Bundesstaat oder Provinz
state-hint = Nötig in Australien, Brasilien, China, Indien, Japan, Kanada, Mexiko und den USA.
country = Land
choose-a-country = Wählen Sie ein Land

# Was mit ihnen nicht stimmt
name-missing = Geben Sie den Namen für das Paket ein.
street-missing = Geben Sie Straße und Hausnummer ein.
city-missing = Geben Sie den Ort ein.
country-wrong = Wählen Sie ein Land, in das wir liefern.
phone-wrong = Geben Sie eine Telefonnummer ein oder lassen Sie das Feld leer.
state-short = Bundesstaat
control-characters = { $label } darf keine Zeilenumbrüche, Tabulatoren oder anderen Steuerzeichen enthalten.
unseen-characters = { $label } enthält unsichtbare Zeichen oder solche, die die Schreibrichtung ändern. Bitte geben Sie es noch einmal ein.
no-links = { $label } darf keinen Link enthalten.
blank = { $label } enthält keine sichtbaren Zeichen.
too-long = { $label }: höchstens { $most } Zeichen.
