# Das Menü
dashboard = Übersicht
products = Produkte
categories = Kategorien
collections = Kollektionen
drops = Drops
home-page = Startseite
announcements = Hinweise
stock = Lager
orders = Bestellungen
customers = Kunden
pages = Seiten
staff = Team
audit-log = Protokoll
look = Aussehen
settings = Einstellungen
system = System
your-account = Ihr Konto
view-the-shop = Shop ansehen
sign-out = Abmelden
menu = Menü

# Auf jeder Seite
page-title = { $title } – Verwaltung
admin = Verwaltung
skip-to-content = Zum Inhalt springen
demo-payments = Demo: Bestellungen werden mit Testkarten bezahlt, es kommt kein Geld an.
test-key = Testbetrieb: Der Zahlungsanbieter wird mit einem Testschlüssel genutzt, es kommt kein Geld an.
discard = Verwerfen
last-saved = Zuletzt gespeichert:
search = Suchen

# Die Befehlspalette
go-to = Gehe zu
go-to-page = Gehe zu …
palette-field = Seite öffnen oder suchen
palette-hint = Seite öffnen oder suchen …
palette-places = Seiten
new-product = Neues Produkt
search-all = Alles nach „{ $typed }“ durchsuchen
search-products = Produkte nach „{ $typed }“ durchsuchen
search-stock = Lager nach „{ $typed }“ durchsuchen
search-orders = Bestellungen nach „{ $typed }“ durchsuchen
search-customers = Kunden nach „{ $typed }“ durchsuchen
key-search = auf dieser Seite suchen
key-products = Produkte
key-stock = Lager
key-orders = Bestellungen
key-customers = Kunden
key-dashboard = Übersicht
key-new-product = neues Produkt

# Zahlen, die immer wieder gelesen werden
at-time = Stand:
refresh = Aktualisieren
no-answer = keine Antwort; neuer Versuch
signed-out = bevor Sie abgemeldet wurden
