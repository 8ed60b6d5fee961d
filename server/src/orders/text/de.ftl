# Warum eine Bestellung nicht aufgegeben wird
key-of-another-order = Dieser Schlüssel gehört zu einer anderen Bestellung.
choose-payment = Diese Zahlungsart gibt es nicht mehr. Wählen Sie eine andere.
choose-shipping = Wählen Sie eine Versandart.
unit-of-another-address = Dieses Stück ist für die E-Mail-Adresse aufgehoben, an die der Link ging. Bestellen Sie es mit dieser Adresse.
total-has-changed = Die Gesamtsumme hat sich geändert, seit Sie sie gesehen haben. Bitte prüfen Sie sie, bevor Sie bestellen.
too-many-orders = Gerade gehen zu viele Bestellungen ein. Es wurde nichts abgebucht. Bitte versuchen Sie es noch einmal.
too-much-held = Zusammen mit unbezahlten Bestellungen von Ihrem Anschluss oder an diese Adresse sind das mehr Artikel, als wir reservieren können. Bestellen Sie weniger Artikel, oder bezahlen Sie zuerst diese Bestellungen.
too-much-in-one-order = { $units ->
    [one] Diese Bestellung ist größer als { $units } Artikel. Mehr können wir nicht reservieren, bis sie bezahlt ist. Bestellen Sie weniger Artikel, oder fragen Sie uns nach einer größeren Bestellung.
   *[other] Diese Bestellung ist größer als { $units } Artikel. Mehr können wir nicht reservieren, bis sie bezahlt ist. Bestellen Sie weniger Artikel, oder fragen Sie uns nach einer größeren Bestellung.
}

# Eine Bestellung finden und stornieren
no-such-order = Es gibt keine Bestellung mit dieser Nummer und E-Mail-Adresse.
already-cancelled = Diese Bestellung wurde schon storniert.
partly-refunded = Ein Teil dieser Bestellung wurde erstattet, daher lässt sie sich nicht mehr stornieren. Bitte schreiben Sie uns.
confirmed-too-late = Diese Bestellung ist verfallen: Sie wurde nicht rechtzeitig bestätigt. Bitte bestellen Sie noch einmal.
too-late-to-cancel = Diese Bestellung lässt sich nicht mehr stornieren.
