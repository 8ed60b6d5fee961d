# Der Rahmen der Seiten des Shops

skip-to-content = Zum Inhalt springen
menu = Menü
categories = Kategorien
brand-home = { $shop }, Startseite
notice = Hinweis zum Shop
not-open-yet = Dieser Shop ist noch nicht eröffnet. Sie können sich umsehen, aber nicht bestellen.
demonstration = Dies ist ein Demo-Shop. Sie können alles ausprobieren, aber es wird nichts verkauft oder geliefert.
shop = Shop
all-products = Alle Produkte
orders = Bestellungen
prices-include-tax = Alle Preise inkl. MwSt.
cookies = Cookies verwenden wir nur, damit Warenkorb, Merkliste und Anmeldung funktionieren.
language = Sprache


# Das Suchfeld
search-the-shop = Im Shop suchen
search = Suchen
suggestions = Vorschläge

# Fehlerseiten

error = Fehler { $status }
try-again = Noch einmal versuchen
to-the-front-page = Zur Startseite
search-again = Noch einmal suchen
what-were-you-looking-for = Wonach haben Sie gesucht?
more-categories = Weitere Kategorien

nothing-here = Seite nicht gefunden
nothing-here-why = Unter dieser Adresse gibt es keine Seite. Vielleicht ist sie umgezogen, oder das Produkt wird nicht mehr verkauft.
wrong-method = Das hat nicht geklappt
wrong-method-why = Diese Adresse lässt sich so nicht verwenden. Es wurde nichts geändert.
not-allowed = Diese Seite können Sie nicht öffnen
back-soon = Wir sind gleich wieder da
busy-why = Im Shop ist gerade sehr viel los. Ihr Warenkorb ist sicher. Bitte versuchen Sie es in ein paar Sekunden noch einmal.
slow-down = Zu viele Anfragen
slow-down-why = Das waren sehr viele Anfragen in kurzer Zeit. Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.
failed = Da ist etwas schiefgegangen
failed-why = Der Fehler liegt bei uns. Es wurde nichts geändert. Bitte versuchen Sie es jetzt oder in ein paar Minuten noch einmal.
refused = Das hat nicht geklappt
