# Seine Seite
drop = Drop
starts = Beginn
shown-from = Die Produkte werden gezeigt ab
open-now = Jetzt im Verkauf
open-until = bis
over-now = Dieser Drop ist vorbei.
was-called-off = Dieser Drop wurde abgesagt.
counting = Zeit bis zum Beginn
days = Tage
hours = Stunden
minutes = Minuten
seconds = Sekunden
has-started = Es hat begonnen.
reload = Produkte zeigen
refreshes = Diese Seite lädt sich alle 20 Sekunden von selbst neu.
products = Produkte
nothing-shown = Die Produkte sind noch geheim.
nothing-left = Keines der Produkte ist gerade im Verkauf.
on-sale-from = Im Verkauf ab { $time }
of-drop = Teil des Drops
calendar = In den Kalender
calendar-title = { $title } beginnt

# Erinnerungen
remind-me = Erinnerung per E-Mail
remind-why = Wir schreiben Ihnen { $minutes } Minuten vor dem Beginn. Bestätigen Sie dafür Ihre Adresse über den Link, den wir Ihnen schicken.
email = E-Mail-Adresse
send-link = Link schicken
link-sent = Wir haben Ihnen einen Link geschickt. Öffnen Sie ihn, um die Erinnerung zu bestätigen.
reminder = Erinnerung
confirm-reminder = Erinnerung bestätigen
confirm-why = Wir schreiben Ihnen, bevor { $title } beginnt.
confirm = Ja, erinnern Sie mich
reminder-confirmed = Wir erinnern Sie
back-to-drop = Zum Drop

# Sein Warteraum
room = Warteraum
room-of = Warteraum: { $title }
room-needed = Um aus diesem Drop zu bestellen, brauchen Sie einen Platz im Warteraum.
room-why = Er öffnet { $minutes } Minuten vor dem Beginn. Unter allen, die vor dem Beginn kommen, wird die Reihenfolge ausgelost. Eile ist also nicht nötig.
to-room = Zum Warteraum
room-opens = Der Warteraum öffnet am
no-place = Sie haben noch keinen Platz.
has-place = Sie haben einen Platz.
drawn-at-start = Die Reihenfolge wird zum Beginn ausgelost:
waiting-now = Bitte warten Sie. Ihr Platz bleibt Ihnen auch, wenn Sie diese Seite schließen.
estimate-why = Das sind Schätzungen. Sie ändern sich, wenn andere bestellen oder ihre Zeit verstreichen lassen.
let-in-now = Sie sind an der Reihe.
order-until = Bestellen können Sie mindestens bis
to-products = Zu den Produkten
once-why = Ihr Platz gilt für eine Bestellung, auch mit mehreren Artikeln.
lapsed = Ihre Zeit zum Bestellen ist abgelaufen. Sie können einen neuen Platz nehmen, hinter allen, die schon warten.
has-ordered = Sie haben Ihren Platz für eine Bestellung genutzt.
all-taken = Alles vergeben.
nothing-held = Es ist keine Zahlung mehr offen.
being-paid = { $units ->
    [one] { $units } Stück wird noch bezahlt. Kommt es zurück, geht es im Warteraum weiter, und Sie behalten Ihren Platz.
   *[other] { $units } Stück werden noch bezahlt. Kommen welche zurück, geht es im Warteraum weiter, und Sie behalten Ihren Platz.
}
places-given = Vergebene Plätze: { $number }
people-ahead = Personen vor Ihnen: { $number }
minutes-left = Zeit, bis Sie dran sind: etwa { $number } min
nobody-now = Gerade wird niemand eingelassen: Wer an der Reihe ist, kann noch alles bestellen, was übrig ist.
units-left = Noch da: { $number } Stück
paying-now = Stück, die gerade bezahlt werden: { $number }
room-refreshes = Diese Seite lädt sich alle { $seconds } Sekunden von selbst neu.
place-why = Ein Platz gilt für eine Bestellung. Ihr Browser speichert ihn in einem Cookie.
take-place = Platz nehmen
first-code = Zuerst einen Code per E-Mail anfordern
code-why = Jede E-Mail-Adresse bekommt einen Platz. Wir schicken Ihnen einen Code, mit dem Sie Ihre Adresse bestätigen. Haben Sie ein Konto mit bestätigter Adresse, können Sie sich stattdessen anmelden.
mail-code = Code schicken
code-sent = Wir haben Ihnen einen Code geschickt.
then-place = Dann den Platz nehmen
code = Code
code-wrong = Dieser Code stimmt nicht oder ist abgelaufen. Fordern Sie einen neuen an.
too-many-codes = Es wurden zu viele Codes angefordert oder versucht. Versuchen Sie es in einigen Minuten noch einmal.
room-not-open = Gerade werden keine Plätze vergeben.
proof = Meinen Platz prüfen
proof-undrawn = Der Shop hat ein Geheimnis gezogen und zeigt hier seinen Hash. Zum Beginn zeigt er das Geheimnis selbst: Ein anderes kann er nicht mehr wählen.
proof-drawn = Der Startwert ist die SHA-256 des Geheimnisses und aller Ticketnummern von vor dem Beginn. Ihre Nummer ist der Anfang der SHA-256 des Startwerts und Ihres Tickets. Kleinere Nummern sind zuerst dran.
proof-commitment = Hash des Geheimnisses (SHA-256)
proof-secret = Geheimnis
proof-mix = Alle Tickets von vor dem Beginn (XOR)
proof-seed = Startwert
proof-ticket = Ihr Ticket
proof-bucket = Sekunde der Ankunft (0: vor dem Beginn)
proof-number = Ihre Nummer

# Alle
drops = Drops
deleted = Drop gelöscht.
none-yet = Hier erscheinen Ihre Drops.
title = Titel
units = Stück
left = Nicht verkauft
state = Status
new-drop = Neuer Drop
create = Drop anlegen
draft = Entwurf
planned = Geplant
running = Offen
ended = Vorbei
called-off = Abgesagt

# Einer
created = Drop angelegt. Fügen Sie Produkte hinzu und planen Sie ihn dann.
saved = Drop gespeichert.
planned-now = Der Drop ist geplant, seine Stücke sind zurückgelegt.
off = Der Drop ist abgesagt, seine Stücke sind wieder im Lager.
rest-back = Der Rest ist wieder im Lager.
view-in-shop = Im Shop ansehen
no-lines-yet = In diesem Drop ist noch nichts. Suchen Sie unten nach Produkten.
price = Preis
usual = sonst { $price }
units-hint = noch { $shelf } im Lager
not-counted = nicht gezählt
limit = Pro Kunde
any = Beliebig viele
save-line = Speichern
remove = { $title } aus diesem Drop nehmen
not-on-sale = Nicht im Verkauf
gone-product = Gelöschtes Produkt
address = Adresse
address-hint = Der letzte Teil der Adresse seiner Seite.
text = Text
text-hint = Steht auf seiner Seite, sobald Sie ihn planen. HTML wie <p>, <h2>, <ul> und <a>; unsicheres HTML wird beim Speichern entfernt.
reveal = Geheim bis
reveal-hint = Bis dahin findet niemand seine Produkte im Shop, und vor dem Beginn wird nichts davon verkauft. Lassen Sie es leer für Produkte, die bis zum Beginn wie immer verkauft werden. Zeitzone: { $zone }.
opens = Beginn
closes = Ende
time-hint = Zeitzone: { $zone }.
closes-hint = Um den Drop früher zu beenden oder länger laufen zu lassen, ändern Sie dies jederzeit, auch wenn er schon zu Ende ist. Lassen Sie es leer, wenn der Drop läuft, bis Sie ihn absagen. Zeitzone: { $zone }.
save = Drop speichern
plan = Diesen Drop planen
plan-why = Seine Seite ist ab jetzt öffentlich, und seine Stücke werden zurückgelegt. Er beginnt und endet von selbst.
plan-now = Jetzt planen
call-off = Diesen Drop absagen
call-off-why = Um den Drop zu beenden oder länger laufen zu lassen, ändern Sie stattdessen sein Ende. Ein abgesagter Drop sagt das auf seiner Seite und kann nicht weiterlaufen. Er verkauft nichts mehr. Seine Stücke gehen zurück ins Lager; Bestellungen bleiben. Produkte, die noch geheim waren, bleiben verborgen, bis Sie sie herausnehmen.
call-off-now = Jetzt absagen
put-back = Den Rest zurück ins Lager
put-back-why = { $units } Stück sind zurückgelegt, die dieser Drop nicht verkauft hat.
delete = Diesen Drop löschen
delete-why = Dies löscht den Drop und seine Seite endgültig. Seine Produkte bleiben; die geheimen werden gezeigt, wenn sie im Verkauf sind.
delete-now = Endgültig löschen
reminded = { $count ->
    [one] { $count } Kunde möchte erinnert werden.
   *[other] { $count } Kunden möchten erinnert werden.
}

# Was von seinen Produkten nicht dazugehört
beside = Nicht in diesem Drop
beside-why = Diese Varianten seiner Produkte gehören nicht zu diesem Drop, zum Beispiel weil sie später angelegt wurden. Sie werden aus dem Lager zu ihrem üblichen Preis verkauft, aber nicht vor dem Beginn, wenn der Drop seine Produkte geheim hält.
add-variants = In diesen Drop aufnehmen

# Für alle, die seine Produkte ändern
in-drops = Teil eines Drops
set-aside = { $drop }, { $variant }: { $units } zurückgelegt
set-aside-alone = { $drop }: { $units } zurückgelegt
in-drops-why = Was zurückgelegt ist, gehört nicht zum Lagerbestand hier: Zählen Sie es nicht mit. Eine Variante, die Sie hinzufügen, gehört nicht zum Drop; sie wird aus dem Lager zu ihrem eigenen Preis verkauft, aber nicht vor dem Beginn, wenn der Drop seine Produkte geheim hält. Aufnehmen können Sie sie auf der Seite des Drops.

# Was falsch ist
title-wanted = Geben Sie einen Titel ein.
too-long = Höchstens { $most } Zeichen.
address-empty = Sie braucht mindestens einen Buchstaben oder eine Ziffer.
address-taken = Ein anderer Drop hat diese Adresse.
text-too-long = Dieser Text ist zu lang.
time-wanted = Geben Sie Datum und Uhrzeit ein.
reveal-too-late = Das darf nicht nach dem Beginn sein.
end-too-early = Das muss nach dem Beginn sein.
start-is-over = Der Beginn muss in der Zukunft sein.
has-begun = Der Drop hat begonnen: Sein Beginn lässt sich nicht mehr verschieben.
changed-since = Jemand anderes hat diesen Drop geändert, seit Sie ihn geöffnet haben.
too-many = Es kann bis zu { $most } Drops geben. Löschen Sie einen.
too-many-lines = Ein Drop kann bis zu { $most } Varianten haben.
choose-product = Wählen Sie eines der Produkte.
no-lines = Fügen Sie zuerst ein Produkt hinzu.
amount-unread = Geben Sie einen Preis wie { $example } ein.
units-unread = Geben Sie eine Zahl von 1 bis { $most } ein.
units-sold = { $sold } sind schon verkauft: Geben Sie so viele oder mehr ein.
not-on-shelf = Im Lager sind nur noch { $units } Stück von { $title }.
limit-unread = Geben Sie eine Zahl ab 1 ein oder nichts.
other-drop = { $title } ist zur selben Zeit im Drop { $other }.
gone-from-shop = { $title } gibt es im Shop nicht mehr. Nehmen Sie es aus diesem Drop heraus.
not-a-draft = Dieser Drop wurde schon geplant oder abgesagt.
not-planned = Dieser Drop ist nicht geplant.
not-over = Dieser Drop ist nicht vorbei.
not-empty = Dieser Drop lässt sich nicht löschen: Es sind Stücke dafür zurückgelegt, oder er hat welche verkauft.
too-many-reminders = Es wurden zu viele Erinnerungen angefordert. Versuchen Sie es später noch einmal.
drop-has-begun = Dieser Drop hat schon begonnen.

# Sein Warteraum, für den Inhaber
room-saved = Warteraum gespeichert.
room-switch = Nur wer eingelassen wurde, kann bestellen
room-on = An
room-off = Aus
room-binding = Einen Platz bekommt
bound-mailbox = jede bestätigte E-Mail-Adresse
bound-nobody = jeder, so oft er fragt
per-minute = Personen, die pro Minute eingelassen werden
per-minute-hint = Höchstens. Dauern Bestellungen länger, werden weniger eingelassen, und nie mehr, als noch Stück da sind.
room-minutes = Minuten zum Bestellen
room-minutes-hint = Wie lange bestellen kann, wer eingelassen wurde.
room-hash = Hash des Geheimnisses
room-counts = Wartend: { $waiting }. Eingelassen: { $let_in }.
save-room = Warteraum speichern
number-from-to = Geben Sie eine Zahl von { $least } bis { $most } ein.
choose-one = Wählen Sie eines.
