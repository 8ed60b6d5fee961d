changed-elsewhere = Ihr Warenkorb wird gerade in einem anderen Fenster geändert. Bitte versuchen Sie es noch einmal.
choose-shipping = Wählen Sie eine Versandart.
checkout-key = Senden Sie einen Schlüssel aus 16 bis 64 Buchstaben, Ziffern, Binde- oder Unterstrichen.
card-declined = Die Karte wurde abgelehnt.
cancelled-meanwhile = Die Bestellung wurde storniert, bevor die Zahlung einging. Es wurde nichts abgebucht.
payment-failed = Die Zahlung ist fehlgeschlagen, und es wurde nichts abgebucht. Bitte versuchen Sie es noch einmal.
unit-of-another-address = Dieses Stück ist für die E-Mail-Adresse aufgehoben, an die der Link ging. Bestellen Sie es mit dieser Adresse.
place-of-another-address = Ihr Platz im Warteraum gilt für eine andere E-Mail-Adresse. Bestellen Sie mit der, die Sie dort angegeben haben.
