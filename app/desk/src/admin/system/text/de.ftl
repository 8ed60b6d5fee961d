system = System
payments = Zahlungen
right-now = Dieser Server, gerade jetzt
days-short = T
since-start = Die Zahlen gelten für den Server, der geantwortet hat, seit seinem Start; E-Mails sind die des ganzen Shops.

# Zahlen
waiting = Wartende Bestellungen
waiting-note = in der Warteschlange
batch = Bestellungen auf einmal
batch-note = Durchschnitt je Transaktion
lock-wait = Warten auf eine Sperre
lock-note = Durchschnitt
no-lock = keines
cache-hits = Treffer im Cache
cache-note = der Abfragen
database = Datenbank
database-note = benutzte von erlaubten Verbindungen
redis = Redis
redis-note = teilen sich mehrere Server
redis-absent = nicht benutzt
redis-up = verbunden
redis-down = nicht erreichbar
mails-waiting = Wartende E-Mails
mails-waiting-note = noch zu senden
mails-failed = Gescheiterte E-Mails
mails-failed-note = in den letzten 7 Tagen
uptime = Läuft seit
uptime-note = Tagen, Stunden und Minuten

# Ablehnungen
orders = Bestellungen
refused-here = Abgelehnte Bestellungen
none-yet = Noch keine.
refused-by-kind = Von diesem Server abgelehnte Bestellungen, nach Grund
why = Grund
refusal = { $kind ->
    [sold_out] ausverkauft
    [insufficient] zu wenig auf Lager
    [inactive] nicht im Verkauf
    [price_changed] Preis geändert
    [total_changed] Summe geändert
    [empty_cart] leerer Warenkorb
    [not_open] Shop noch nicht eröffnet
    [invalid] ungültige Angaben
    [payment_declined] Zahlung abgelehnt
    [payment_unclear] Zahlung unklar
    [conflict] Konflikt
    [busy] ausgelastet
   *[unavailable] nicht erreichbar
}
