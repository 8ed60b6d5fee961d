# Die Seite
settings = Einstellungen
last-changed = Zuletzt geändert
changed-by = { " von " }{ $who }
settings-saved = Einstellungen gespeichert.
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
time-zone-hint = Alle Zeiten werden in dieser Zone gezeigt, und Tage beginnen dort um Mitternacht.

# Geld
money = Geld
currency = Währung
currency-hint = Nach ISO 4217, zum Beispiel EUR.
tax = Steuer
tax-hint = Prozent, in den Preisen enthalten.
currency-why = Wenn Sie die Währung ändern, werden Preise nicht umgerechnet: Aus 49,00 € werden 49,00 $, oder 49 ¥, wo es keine Cents gibt. Preise mit mehr Nachkommastellen werden gerundet. Warenkörbe und Versandpreise ändern sich ebenfalls. Frühere Bestellungen behalten ihre Währung, und die Übersicht zählt nur Bestellungen in der derzeitigen. Wird der Server mit --currency oder HOLDFAST_CURRENCY gestartet, entfernen Sie das, sonst startet er nicht mehr.
confirm-currency = Währung ändern, ohne Preise umzurechnen

# Zahlung
payment-methods = Zahlungsarten
bank-settings = Banküberweisung
cash-settings = Barzahlung bei Lieferung
seller = Angaben zum Verkäufer
sentences = Eigene Texte
limits = Höchstmengen pro Kunde
brakes = Missbrauchsschutz
carriers = Paketdienste

# Zeiten und Lager
times-title = Reservierungen und Lager
hold = Ware für unbezahlte Bestellungen reservieren (Minuten)
hold-hint = 5 bis 1440. Danach sind die Artikel wieder zu kaufen.
cart-days = Warenkörbe aufbewahren (Tage)
cart-days-hint = 1 bis 365, ab der letzten Änderung.
low-stock = Knapp bis (Stück)
low-stock-hint = So viele Stück oder weniger werden in der Übersicht und in den Tabellen für Produkte und Lager markiert. Kunden sehen dann auch „Nur noch wenige“, aber nie bei mehr als { $most }: Nachbestellen wollen Sie vielleicht schon bei Hunderten, und dann würde der Hinweis Kunden zu Unrecht drängen.

# Rückgabe
returns = Rückgabe
return-days = Rückgabefrist (Tage)
return-days-hint = 1 bis 365, ab Erhalt. Leer lassen, um nichts zu versprechen.
return-cost = Rückversand
customer-pays = Der Kunde zahlt
shop-pays = Kostenlos
returns-why = Steht auf Produktseiten und an der Kasse und wird von Suchmaschinen gelesen. Versprechen Sie nur, was in Ihren AGB steht. Eigene Worte dafür:

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
and-free-from = , kostenlos ab { $amount }
name = Name
description = Beschreibung
price = Preis
price-in = Preis ({ $currency })
free-from-in = Kostenlos ab ({ $currency })
free-threshold = Schwelle für kostenlosen Versand
of-method = { $words } der Versandart { $number }
and-days = , { $from }–{ $to } Arbeitstage
days-from = Tage von
days-to = Tage bis
handover = Übergabe
delivered = Lieferung
collected = Abholung
days-why = Geben Sie die Arbeitstage von der Bestellung bis zur Ankunft an, Montag bis Freitag, zum Beispiel 2 und 4. Auf Produktseiten steht dann „2–4 Arbeitstage“, im Warenkorb, an der Kasse und bei der Bestellung stehen die Tage mit Datum; nennen Sie in der Beschreibung dann keine Tage. Bereits aufgegebene Bestellungen behalten ihre Lieferangabe. Lassen Sie beides leer, um nichts zuzusagen.
dispatch-by = Bestellschluss
dispatch-hint = Zum Beispiel 14:00. Spätere Bestellungen zählen ab dem nächsten Arbeitstag. Leer: Der ganze Tag zählt.
rates-why = Fügen Sie in der leeren Zeile eine Versandart hinzu; beim Speichern erscheint eine weitere. Leeren Sie den Namen, um eine Versandart zu entfernen; frühere Bestellungen behalten sie. Lassen Sie „Kostenlos ab“ leer, wenn der Versand nie kostenlos ist.

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
texts-in = Texte auf { $language }
