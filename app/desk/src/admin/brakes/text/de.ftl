brakes = Missbrauchsschutz
saved = Einstellungen gespeichert.
why = Diese Grenzen verhindern, dass Programme den Shop mit Warenkörben, Bestellungen und ausprobierten Karten füllen. Kunden an einem gemeinsamen Anschluss, etwa in einem Büro, teilen sich diese Grenzen. Wer zu schnell ist, wird gebeten zu warten. Lassen Sie ein Feld leer, wenn es keine Grenze geben soll.
save = Einstellungen speichern

begun = Neue Warenkörbe und Merklisten
begun-why = Alle werden aufbewahrt, bis sie ablaufen.
changes = Änderungen an Warenkörben und Merklisten
changes-why = Artikel hinzufügen, ändern und entfernen.
steps = Schritte der Kasse
steps-why = Angaben zu Kontakt, Versand und Zahlung.
orders = Bestellungen
orders-why = Eine Bestellung aufgeben, und eine bezahlen, die auf ihre Zahlung wartet.
declines = Abgelehnte Zahlungen
declines-why = Nach so vielen kann eine Weile nicht mehr bestellt werden. Das hält Programme auf, die gestohlene Kartennummern ausprobieren.
look-ups = Bestellungen suchen
look-ups-why = Eine Bestellung mit ihrer Nummer und der E-Mail-Adresse finden.

held = Unbezahlte Artikel
held-why = Jede Bestellung reserviert ihre Artikel, bis sie bezahlt ist oder verfällt, bei Barzahlung bis zum Versand. Mehr als so viele lassen sich nicht gleichzeitig reservieren, damit niemand Ihren Shop mit Bestellungen leert, die keiner bezahlt. Eine Bestellung über mehr Artikel ist gar nicht möglich.
held-network = Je Anschluss, gleichzeitig
held-address = Je Lieferadresse, gleichzeitig

network-minute = Je Anschluss und Minute
network-hour = Je Anschluss und Stunde
cart-minute = Je Warenkorb und Minute
cart-hour = Je Warenkorb und Stunde
card-minute = Je Karte und Minute
card-hour = Je Karte und Stunde
standard = Empfohlen: { $times }.
