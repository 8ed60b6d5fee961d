# Die Liste
customers = Kunden
search-customers = Name oder E-Mail suchen
was-erased = Die persönlichen Daten des Kunden wurden gelöscht.
lists = Listen
by-last-order = Nach letzter Bestellung
all-accounts = Alle Konten
no-matches = Keine Treffer. Kunden erscheinen nach ihrer ersten Bestellung.
no-customers-found = Keine Kunden gefunden
show-all-customers = Alle Kunden anzeigen
customer = Kunde
account = Konto
orders = Bestellungen
spent = Umsatz
last-order = Letzte Bestellung
guest = Gast
account-not-verified = Konto, nicht bestätigt

# Ein Kunde
factor-reset = Der zweite Faktor ist aus, und alle Geräte sind abgemeldet.
was-signed-out = Der Kunde ist auf allen Geräten abgemeldet.
no-account = Keines (Gast)
account-since = Seit { $day }
verified = Bestätigt
not-verified = Nicht bestätigt
at-a-glance = Auf einen Blick
spent-less-refunds = Umsatz abzüglich Erstattungen
address-book = Adressbuch
no-orders-yet = Noch keine Bestellungen.
newest-first = Bestellungen, neueste zuerst
order = Bestellung
date = Datum
status = Status
total = Gesamt
amount-refunded = { $amount } erstattet
signed-in-on = { $count ->
    [0] Auf keinem Gerät angemeldet.
    [one] Auf einem Gerät angemeldet.
   *[other] Auf { $count } Geräten angemeldet.
}
sign-out-everywhere = Überall abmelden
sign-in = Anmeldung

# Persönliche Daten
on-the-staff = Diese Person gehört zum Team. Entziehen Sie ihr die Rolle, bevor Sie ihre Daten löschen.
erase-dots = Persönliche Daten löschen …
erase-why = Konto, Adressen, Warenkorb und E-Mails werden gelöscht, Name und Adresse aus den Bestellungen entfernt; die Bestellungen bleiben mit ihren Beträgen erhalten. Das lässt sich nicht rückgängig machen.
type-to-confirm = Geben Sie zur Bestätigung die E-Mail-Adresse ein
erase-permanently = Endgültig löschen
personal-data = Persönliche Daten
export-as-json = Als JSON exportieren
