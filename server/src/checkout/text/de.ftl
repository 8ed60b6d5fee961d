changed-elsewhere = Ihr Warenkorb wird gerade in einem anderen Fenster geändert. Bitte versuchen Sie es noch einmal.
choose-shipping = Wählen Sie eine Versandart.
checkout-key = Senden Sie einen Schlüssel aus 16 bis 64 Buchstaben, Ziffern, Binde- oder Unterstrichen.
card-declined = Die Karte wurde abgelehnt.
cancelled-meanwhile = Die Bestellung wurde storniert, bevor die Zahlung einging. Es wurde nichts abgebucht.
method-fails = Diese Zahlungsart funktioniert gerade nicht. Es wurde nichts abgebucht. Wählen Sie eine andere, oder versuchen Sie es später noch einmal.
payment-failed = Die Zahlung ist fehlgeschlagen, und es wurde nichts abgebucht. Bitte versuchen Sie es noch einmal.
place-of-another-address = Ihr Platz im Warteraum gilt für eine andere E-Mail-Adresse. Bestellen Sie mit der, die Sie dort angegeben haben.
