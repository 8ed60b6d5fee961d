settings = Einstellungen
brakes = Bremsen
saved = Bremsen gespeichert.
why = Diese Grenzen verhindern, dass Programme den Shop mit Warenkörben, Bestellungen und ausprobierten Karten füllen. Kundinnen und Kunden an einem gemeinsamen Anschluss, etwa in einem Büro, teilen sich dessen Zahlen. Wer zu schnell ist, wird gebeten zu warten. Lassen Sie ein Feld leer, wenn es keine Grenze geben soll.
discard = Verwerfen
save = Bremsen speichern

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

network-minute = Je Anschluss und Minute
network-hour = Je Anschluss und Stunde
cart-minute = Je Warenkorb und Minute
cart-hour = Je Warenkorb und Stunde
standard = Empfohlen: { $times }.
