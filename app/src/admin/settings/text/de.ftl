# Die Seite
settings = Einstellungen
last-changed = Zuletzt geändert
changed-by = { " von " }{ $who }
settings-saved = Einstellungen gespeichert.
discard = Verwerfen
save-settings = Einstellungen speichern
current-empty = Derzeitiger Wert: leer
current-value = Derzeitiger Wert: { $value }
saved-by = { $who } hat andere Einstellungen gespeichert, am
changed-while-editing = Die Einstellungen wurden geändert, während Sie sie bearbeitet haben.
not-saved-yet = Ihre Änderungen sind noch nicht gespeichert. Unter jedem geänderten Feld steht der derzeitige Wert. Speichern Sie noch einmal, um ihn durch Ihren zu ersetzen.

# Der Shop
shop = Shop
shop-name = Name des Shops
time-zone = Zeitzone
time-zone-hint = Alle Zeiten werden in dieser Zone gezeigt, und Tage beginnen um ihre Mitternacht.

# Geld
money = Geld
currency = Währung
currency-hint = Nach ISO 4217, zum Beispiel EUR.
tax = Steuer
tax-hint = Prozent, in den Preisen enthalten.
currency-why = Wenn Sie die Währung ändern, werden Preise nicht umgerechnet: Aus 49,00 € werden 49,00 $, oder 49 ¥, wo es keine Cents gibt. Preise mit mehr Nachkommastellen werden gerundet. Warenkörbe und Versandpreise ändern sich ebenfalls. Frühere Bestellungen behalten ihre Währung, und die Übersicht zählt nur Bestellungen in der derzeitigen. Wird der Server mit --currency oder HOLDFAST_CURRENCY gestartet, entfernen Sie das, sonst startet er nicht mehr.
confirm-currency = Währung ändern, ohne Preise umzurechnen

# Zahlung
cash-settings = Barzahlung bei Lieferung
seller = Angaben zum Verkäufer
sentences = Eigene Sätze
limits = Höchstmengen pro Kunde
brakes = Bremsen
carriers = Versanddienste
payment = Zahlung
cash = Barzahlung bei Lieferung
cash-hint = Gibt es keine andere Zahlungsart, sagt die Kasse, dass der Shop noch keine Bestellungen annimmt.
cash-offered = Angeboten
cash-off = Aus
test-card = Testkarte
test-card-hint = Mit ihr wird bezahlt, ohne dass Geld fließt. Schalten Sie sie aus, bevor Sie verkaufen.
test-card-offered = Angeboten
test-card-off = Aus

# Zeiten und Lager
times-title = Reservierungen und Lager
hold = Ware für unbezahlte Bestellungen reservieren (Minuten)
hold-hint = 5 bis 1440. Danach sind die Artikel wieder zu kaufen.
cart-days = Warenkörbe aufbewahren (Tage)
cart-days-hint = 1 bis 365, ab der letzten Änderung.
low-stock = Knapp ab
low-stock-hint = So viele Stück oder weniger werden in der Übersicht und in den Tabellen für Produkte und Lager markiert. Kunden sehen dann auch „Nur noch wenige“, aber nie bei mehr als 4.

# E-Mail und Anmeldung
e-mail = E-Mail
sender = Absender
sender-hint = Zum Beispiel Shop <orders@shop.example>. Ihr Mailserver muss diesen Absender erlauben.
sign-in = Anmeldung
second-factor = Zweiter Faktor
second-factor-hint = Wer keinen hat, muss ihn einrichten, bevor sich die Verwaltung öffnet. Das gilt auch für Sie.
factor-optional = Freiwillig
factor-required = Pflicht für Team und Admins

# Versand
shipping = Versand
current-values = Derzeitige Werte:
and-free-from = , frei ab { $amount }
name = Name
description = Beschreibung
price = Preis
price-in = Preis ({ $currency })
free-from-in = Frei ab ({ $currency })
free-threshold = Schwelle für kostenlosen Versand
of-method = { $words } der Versandart { $number }
rates-why = Fügen Sie in der leeren Zeile eine Versandart hinzu; beim Speichern erscheint eine weitere. Leeren Sie den Namen, um eine Versandart zu entfernen; frühere Bestellungen behalten sie. Lassen Sie „Frei ab“ leer, wenn der Versand nie kostenlos ist.

# Länder
countries = Länder
current-list = Derzeitiger Wert: { $names }.
add-all-countries = Alle Länder hinzufügen
add-all = Alle hinzufügen
some-of-all = { " " }{ $some } von { $all }
countries-why = Kunden wählen aus diesen Ländern. Bestellungen in ein Land, das Sie entfernen, werden abgelehnt; frühere Bestellungen behalten ihre Adresse. Nach Postleitzahl und Bundesstaat wird gefragt, wo es nötig ist.
region = { $region ->
    [eu] Europäische Union
    [europe] Übriges Europa
    [north-america] Nordamerika
    [south-america] Südamerika
    [asia] Asien
    [africa] Afrika
   *[oceania] Ozeanien und Antarktis
}

# Sprachen
languages = Sprachen
default-language = Hauptsprache
default-language-hint = Ihre Adressen haben keinen Zusatz, zum Beispiel /products.
pages-also-in = Die Seiten gibt es auch auf
other-languages-hint = Die Adressen der anderen beginnen mit der Sprache, zum Beispiel /de/products. Links zu einer Sprache, die Sie abschalten, führen zur selben Seite in der Hauptsprache. Ihre Übersetzungen bleiben erhalten.
written-in = Produkte und Kategorien sind auf { $language } geschrieben; andere Sprachen ergänzen Sie beim Bearbeiten.
