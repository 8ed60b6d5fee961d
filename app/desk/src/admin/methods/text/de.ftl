payment-methods = Zahlungsarten
saved = Zahlungsarten gespeichert.
save = Zahlungsarten speichern
why = Ihre Kunden sehen sie in dieser Reihenfolge, und die erste ist für sie ausgewählt. Auch wenn eine Zahlungsart ausgeschaltet ist, lassen sich wartende Bestellungen noch bezahlen. Ist keine eingeschaltet, sagt die Kasse, dass der Shop noch keine Bestellungen annimmt.
no-cards = Um Karten anzunehmen, setzen Sie die Schlüssel von Stripe dort, wo der Server gestartet wird. Dann erscheint die Zahlungsart hier.

# Eine Zahlungsart
in-checkout = An der Kasse
offered = Wird angeboten
off = Ausgeschaltet
position = Stelle
position-hint = 1 ist die erste.
name = Name auf { $language }
name-hint = Lassen Sie Name und Beschreibung leer, um die grau angezeigten Standardtexte zu verwenden.
description = Beschreibung auf { $language }
lowest = Mindestbestellwert ({ $currency })
highest = Höchstbestellwert ({ $currency })
amounts-hint = Mit Versand. Leer lassen, wenn es keine Grenze geben soll.
countries = Länder
all-countries = alle
some-countries = { $some } von { $all }
countries-hint = Kreuzen Sie keines an, um sie überall anzubieten, wohin Sie liefern.
bank-settings = Konto und Zahlungsfrist
cash-settings = Bestätigung und offene Bestellungen
needs-account = Geben Sie das Konto ein, bevor Sie sie einschalten.
