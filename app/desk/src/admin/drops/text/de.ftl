# Vor dem Beginn
checks = Checkliste
checks-of = Checkliste: { $title }
all-good = Alles ist bereit.
worth-a-look = Es kann losgehen. Sehen Sie sich die markierten Punkte an.
not-ready = Vor dem Beginn ist noch etwas zu tun.
state-good = bereit
state-look = bitte ansehen
state-wrong = zu tun
and-more = { $count ->
    [one] { $names } und { $count } weitere
   *[other] { $names } und { $count } weitere
}
start = Beginn und Ende
start-called-off = Er wurde abgesagt.
start-not-planned = Er ist noch ein Entwurf. Planen Sie ihn vor seinem Beginn: { $opens }.
start-is-over = Sein Beginn ist vorbei. Legen Sie einen anderen fest, und planen Sie ihn dann.
start-planned = Von { $opens } bis { $closes }.
start-without-end = Ab { $opens }, bis Sie ihn absagen.
goods = Produkte
no-goods = Er enthält noch keine Produkte.
goods-on-sale = { $count ->
    [one] { $count } Variante, im Verkauf.
   *[other] { $count } Varianten, alle im Verkauf.
}
goods-not-on-sale = Im Shop nicht im Verkauf, kann also niemand kaufen: { $names }.
units = Bestand
units-short = Im Lager sind weniger, als der Drop braucht: { $names }.
units-on-shelf = Alle { $units } Stück sind im Lager. Beim Planen des Drops werden sie zurückgelegt.
units-set-aside = { $aside } von { $units } Stück sind zurückgelegt und nicht verkauft.
payment = Zahlung
shop-not-open = Der Shop nimmt noch keine Bestellungen an.
no-way-to-pay = Keine Zahlungsart ist eingeschaltet.
ways-to-pay = Eingeschaltet: { $methods }.
no-money = Es kommt kein Geld an: Dies ist ein Test oder eine Vorführung.
method = { $method ->
    [stripe] Karte
    [test_card] Testkarte
    [cash_on_delivery] Nachnahme
    [bank_transfer] Überweisung
   *[unknown] { $method }
}
limits = Höchstmengen
all-limited = Für alles gilt eine Höchstmenge pro Kunde.
not-limited = Ein einziger Kunde darf alles kaufen von: { $names }.
room = Warteraum
room-on = An: Bis zu { $rate } Personen werden pro Minute eingelassen.
room-off = Aus: Wer zuerst kommt, kauft zuerst.
mails = E-Mails
mails-now = Jetzt in der Warteschlange: { $waiting }. In den letzten 7 Tagen fehlgeschlagen: { $failed }.
mails-take = { $minutes ->
    [one] Bis zu { $coming } E-Mails dauern etwa { $minutes } Minute bei { $rate } pro Minute, dem schnellsten Versand der letzten Zeit.
   *[other] Bis zu { $coming } E-Mails dauern etwa { $minutes } Minuten bei { $rate } pro Minute, dem schnellsten Versand der letzten Zeit.
}
mails-unknown = Bis zu { $coming } E-Mails werden gesendet. Zuletzt waren es zu wenige, um zu sagen, wie lange das dauert.
connections = Datenbank
nodes-fit = { $nodes ->
    [one] Sie lässt { $allowed } Verbindungen zu, und ein Server nutzt bis zu { $each }: genug für { $nodes } Server. Ein Update braucht Platz für einen zweiten.
   *[other] Sie lässt { $allowed } Verbindungen zu, und ein Server nutzt bis zu { $each }: genug für { $nodes } Server.
}
one-node = Die Datenbank ist eine Datei auf diesem Server: Es gibt einen Server, und Verbindungen werden nicht knapp.

# Wie Kunden ihn sehen
preview = Vorschau
seen-at = Das sehen Kunden am
back-to-drop = Zurück zum Drop
another-time = Anderer Zeitpunkt
show = Anzeigen
time-unread = Geben Sie Datum und Uhrzeit ein. Gezeigt wird der Beginn.
before-reveal = Bevor die Produkte zu sehen sind
at-reveal = Sobald die Produkte zu sehen sind
before-start = Eine Minute vor dem Beginn
at-start = Zum Beginn
at-end = Am Ende
not-shown = Zu diesem Zeitpunkt für Kunden nicht zu sehen
not-on-sale = im Shop nicht im Verkauf
secret = geheim, wegen eines anderen Drops, der nicht geplant ist
secret-until = geheim bis { $time }

# Während er läuft
live = Live
live-of = Live: { $title }
right-now = Jetzt gerade
arrivals = Vergebene Plätze
waiting = Im Warteraum
let-in = Eingelassen
orders = Bestellungen
left = Übrige Stücke
gone = Verkauft
held = In Bezahlung
kept-for-list = Für die Warteliste zurückgelegt
on-list = Auf der Warteliste
unpaid = Noch nicht bezahlte Bestellungen
refused = Abgelehnte Bestellungen
queue = Bestellungen in der Warteschlange
by-variant = Nach Variante
by-reason = Abgelehnte Bestellungen nach Grund
by-server = Nach Server
variant = Variante
sold = Verkaufte Stücke
why = Grund
server-head = Server
server = { $number }, seit { $time }
busy = Wegen Andrangs abgelehnt
lock = Warten auf eine Sperre
told = Letzte Meldung
seconds-ago = vor { $seconds } s
nothing-yet = Noch nichts.
how-counted = Jeder Server zählt für sich und meldet seine Zahlen einmal pro Sekunde. „Wegen Andrangs abgelehnt“ zählt Bestellungen aller Produkte. Ein Server, der beendet wurde, behält seine Zeile. „Bestellungen in der Warteschlange“ und „Warten auf eine Sperre“ sind von den Servern, die sich jetzt melden: alle, die warten, und die längste Wartezeit eines Servers.
reason = { $reason ->
    [sold_out] ausverkauft
    [too_few_left] zu wenige übrig
    [not_yet] vor dem Beginn
    [not_let_in] nicht aus dem Warteraum eingelassen
    [limit_reached] Höchstmenge pro Kunde
    [not_on_sale] nicht im Verkauf
    [price_changed] Preis geändert
    [total_changed] Summe geändert
   *[unknown] anderer Grund
}

# Wenn er vorbei ist
report = Bericht
report-of = Bericht: { $title }
too-early = Den Bericht gibt es, wenn der Drop vorbei ist.
keep = Diesen Bericht aufbewahren
still-unpaid = { $count ->
    [one] { $count } Bestellung ist noch nicht bezahlt. Der Bericht kann aufbewahrt werden, sobald sie bezahlt oder storniert ist.
   *[other] { $count } Bestellungen sind noch nicht bezahlt. Der Bericht kann aufbewahrt werden, sobald sie bezahlt oder storniert sind.
}
how-to-print = Drucken Sie diese Seite, oder speichern Sie sie als PDF.
when = Zeit
began = Beginn
ended-on-time = Ende
was-called-off = Abgesagt
placed = Eingegangene Bestellungen
cancelled = Davon storniert
units-ordered = Bestellte Stücke
units-back = Zurückgekommene Stücke
amount = Wert des Verkauften
first-order = Vom Beginn bis zur ersten Bestellung
last-order = Vom Beginn bis zur letzten Bestellung
of-drop = Im Drop
households = Haushalte
how-many = Haushalte, die gekauft haben
with-one = Mit einem Stück
with-two = Mit zwei Stück
with-more = Mit mehr
most-units = Meiste Stück in einem Haushalt
wait-median = Die Hälfte der Käufer wartete bis zu
wait-most = 95 von 100 warteten bis zu
wait-longest = Längste Zeit bis zu einer Bestellung
waits = Wartezeiten
nobody-knows = nicht mehr bekannt
waiting-list = Warteliste
list-joined = Personen auf der Liste
list-offered = Ein zurückgekommenes Stück angeboten
list-ordered = Davon bestellt
books = Abgleich
ledger = Lagerbewegungen, Drop und Bestellungen
payments = Zahlungen, Bestellungen und Anbieter
agree = stimmen überein
differ = stimmen nicht überein
not-compared = seit dem Ende nicht verglichen
digest = Prüfsumme dieses Berichts (SHA-256)
digest-of = Der Text, aus dem die Prüfsumme berechnet ist
kept = Im Protokoll aufbewahrt
kept-is-altered = Der Text im Protokoll passt nicht zu seiner Prüfsumme.
still-agrees = Alle Zahlen sind noch dieselben.
does-not-agree = Diese Zahlen sind jetzt anders:
kept-and-now = aufbewahrt { $kept }, jetzt { $now }

# Aus einer Datei
file-panel = Varianten aus einer Datei
csv-file = CSV-Datei
csv-file-hint = Sie braucht eine Spalte SKU; Price, Units und Limit sind freiwillig. Ein leerer Preis ist der übliche, eine leere Stückzahl der ganze Lagerbestand, und ein leeres Limit keines. Es werden alle Zeilen übernommen oder keine.
take-file = Diese Varianten übernehmen
file-taken = Die Varianten aus der Datei sind jetzt im Drop.
upload-unreadable = Die Datei konnte nicht gelesen werden. Wählen Sie sie noch einmal aus.
upload-multipart = Das Formular kam in einem anderen Format, als eine Datei braucht.
file-wanted = Wählen Sie eine CSV-Datei.
