# Vor dem Beginn
checks = Checkliste
checks-of = Checkliste: { $title }
all-good = Alles ist bereit.
worth-a-look = Es kann losgehen. Sehen Sie sich an, was markiert ist.
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
start-not-planned = Er ist noch ein Entwurf. Planen Sie ihn, bevor er beginnen soll: { $opens }.
start-is-over = Sein Beginn ist vorbei. Legen Sie einen anderen fest, und planen Sie ihn dann.
start-planned = Von { $opens } bis { $closes }.
start-without-end = Ab { $opens }, bis Sie ihn absagen.
goods = Produkte
no-goods = Er enthält noch nichts.
goods-on-sale = { $count ->
    [one] { $count } Variante, und sie ist im Verkauf.
   *[other] { $count } Varianten, und alle sind im Verkauf.
}
goods-not-on-sale = Im Shop nicht im Verkauf, also für niemanden zu haben: { $names }.
units = Bestand
units-short = Es sind nicht so viele da, wie der Drop vorsieht: { $names }.
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
limits = Grenzen
all-limited = Für alles gilt eine Grenze pro Kunde.
not-limited = Ein einziger Kunde darf alles kaufen von: { $names }.
room = Warteraum
room-on = An: Bis zu { $rate } Personen werden pro Minute eingelassen.
room-off = Aus: Wer am schnellsten ist, kauft.
mails = E-Mails
mails-now = Jetzt in der Warteschlange: { $waiting }. In den letzten 7 Tagen fehlgeschlagen: { $failed }.
mails-take = { $minutes ->
    [one] Bis zu { $coming } E-Mails dauern etwa { $minutes } Minute bei { $rate } pro Minute, so vielen wie zuletzt höchstens.
   *[other] Bis zu { $coming } E-Mails dauern etwa { $minutes } Minuten bei { $rate } pro Minute, so vielen wie zuletzt höchstens.
}
mails-unknown = Bis zu { $coming } E-Mails sind zu senden. Zuletzt waren es zu wenige, um zu sagen, wie lange das dauert.
connections = Datenbank
nodes-fit = { $nodes ->
    [one] Sie lässt { $allowed } Verbindungen zu, und ein Server nutzt bis zu { $each }: genug für { $nodes } Server. Eine neue Version braucht daneben einen zweiten.
   *[other] Sie lässt { $allowed } Verbindungen zu, und ein Server nutzt bis zu { $each }: genug für { $nodes } Server.
}
one-node = Eine Datei auf diesem Server: Es gibt einen Server, und Verbindungen gehen nicht aus.

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
at-time = Stand:
refresh = Aktualisieren
decimal-point = ,
no-answer = keine Antwort; neuer Versuch
signed-out = bevor Sie abgemeldet wurden
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
told = Gemeldet
seconds-ago = vor { $seconds } s
nothing-yet = Noch nichts.
how-counted = Jeder Server zählt für sich und schreibt seine Zahlen einmal pro Sekunde, auch während Redis ausfällt. „Wegen Andrangs abgelehnt“ zählt Bestellungen aller Produkte. Ein Server, der beendet wurde, behält seine Zeile.
reason = { $reason ->
    [sold_out] ausverkauft
    [too_few_left] zu wenige übrig
    [not_yet] vor dem Beginn
    [not_let_in] nicht aus dem Warteraum eingelassen
    [limit_reached] Grenze pro Kunde
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
    [one] { $count } Bestellung ist noch nicht bezahlt. Der Bericht kann aufbewahrt werden, wenn sie bezahlt oder beendet ist.
   *[other] { $count } Bestellungen sind noch nicht bezahlt. Der Bericht kann aufbewahrt werden, wenn sie bezahlt oder beendet sind.
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
most-units = Meiste Stücke eines Haushalts
wait-median = Die Hälfte der Käufer wartete bis zu
wait-most = 95 von 100 warteten bis zu
wait-longest = Längste Zeit bis zu einer Bestellung
waits = Wartezeiten
nobody-knows = nicht mehr bekannt
waiting-list = Warteliste
list-joined = Personen darauf
list-offered = Denen ein zurückgekommenes Stück angeboten wurde
list-ordered = Davon haben es bestellt
books = Bücher
ledger = Bestandsbuch, Drop und Bestellungen
payments = Zahlungen, Bestellungen und Anbieter
agree = stimmen überein
differ = stimmen nicht überein
not-compared = seit dem Ende nicht verglichen
digest = SHA-256 dieses Berichts
digest-of = Der Text dazu
kept = Im Protokoll aufbewahrt
kept-is-altered = Der Text im Protokoll passt nicht zu seiner Prüfsumme.
still-agrees = Alle Zahlen sind noch dieselben.
does-not-agree = Diese Zahlen sind jetzt anders:
kept-and-now = aufbewahrt { $kept }, jetzt { $now }

# Aus einer Datei
file-panel = Varianten aus einer Datei
csv-file = CSV-Datei
csv-file-hint = Mit einer Spalte SKU und, wenn Sie mögen, Price, Units und Limit. Ein leerer Preis ist der übliche, eine leere Stückzahl der Lagerbestand, und eine leere Grenze keine. Es wird alles übernommen oder nichts.
take-file = Diese Varianten übernehmen
file-taken = Die Varianten der Datei sind im Drop.
upload-unreadable = Die Datei konnte nicht gelesen werden. Wählen Sie sie noch einmal aus.
upload-multipart = Das Formular kam in einem anderen Format, als eine Datei braucht.
file-wanted = Wählen Sie eine CSV-Datei.
