# Der Rahmen der Seiten eines Kontos
account = Konto
your-account = Ihr Konto
overview = Übersicht
orders = Bestellungen
addresses = Adressen
sign-in-and-security = Anmeldung und Sicherheit
skip-to-content = Zum Inhalt springen
brand-home = { $shop }, Startseite
e-mail = E-Mail
password = Passwort
your-password = Ihr Passwort
name = Name
password-hint = Mindestens { $least } Zeichen. Ein paar Wörter ohne Zusammenhang ergeben ein gutes Passwort.
saved = Gespeichert.

# Adressen
your-addresses = Ihre Adressen
address-removed = Adresse entfernt.
no-addresses = Noch keine Adressen. Die Kasse beginnt mit Ihrer Standardadresse.
add-an-address = Adresse hinzufügen
default-address = Standard
edit-the-address = Adresse { $whose } ändern
edit = Ändern
remove-the-address = Adresse { $whose } entfernen
remove = Entfernen
edit-address = Adresse ändern
use-as-default = Als Standardadresse verwenden
save-address = Adresse speichern
cancel = Abbrechen

# Übersicht
hello = Guten Tag, { $name }
welcome = Willkommen! Ihr Konto ist bereit, und Sie sind angemeldet.
link-sent = Wir haben Ihnen einen Link geschickt.
address-confirmed = Danke. Ihre E-Mail-Adresse ist bestätigt.
signed-in-as = Angemeldet als
to-the-admin-area = Zur Verwaltung
not-confirmed = Ihre E-Mail-Adresse ist nicht bestätigt
not-confirmed-why = Sobald sie es ist, erscheinen hier auch Bestellungen, die Sie damit als Gast aufgegeben haben.
send-me-a-link = Link schicken
recent-orders = Letzte Bestellungen
all-orders = Alle Bestellungen
your-name = Ihr Name
save-name = Namen speichern
your-language = Ihre Sprache
language = Sprache
language-hint = In dieser Sprache schreiben wir Ihnen.
language-hint-staff = Die Verwaltung und unsere E-Mails an Sie sind in dieser Sprache.
save-language = Sprache speichern
choose-a-language = Wählen Sie eine Sprache dieses Shops.
sign-out-here = Hier abmelden
cart-stays = Ihr Warenkorb bleibt in Ihrem Konto.
sign-out = Abmelden

# Bestellungen
order-title = Bestellung { $number }
order = Bestellung
order-cancelled = Ihre Bestellung ist storniert.
all-your-orders = Alle Ihre Bestellungen
buy-again = Noch einmal kaufen
cancel-refund = Wir erstatten, was Sie bezahlt haben.
cancel-maybe-refund = Falls Ihre Zahlung schon eingegangen ist, erstatten wir sie.
cancel-this-order = Bestellung stornieren
can-still-cancel = Sie ist noch nicht verpackt und kann noch storniert werden.
yes-cancel-order = Ja, stornieren
your-orders = Ihre Bestellungen
order-count = { $count ->
    [one] { $count } Bestellung
   *[other] { $count } Bestellungen
}
newest-first = Bestellungen, neueste zuerst
no-orders = Noch keine Bestellungen. Was Sie angemeldet bestellen, erscheint hier.
shop-all = Alle Produkte ansehen
item-count = { $count } Artikel

# Links in E-Mails
password-is-chosen = Ein Passwort haben Sie schon bei Ihrer Bestellung gewählt. Bestätigen Sie, dass diese Adresse Ihnen gehört, dann ist Ihr Konto fertig.
create-account = Konto anlegen
finish-creating = Registrierung abschließen
signed-out-everywhere = Sie werden auf allen Geräten abgemeldet.
save-new-password = Neues Passwort speichern
choose-new-password = Neues Passwort wählen
your-address-before = Ist
your-address-after = Ihre E-Mail-Adresse?
confirm-address = Adresse bestätigen
confirm-your-address = E-Mail-Adresse bestätigen
request-new-link = Neuen Link anfordern
to-your-account = Zu Ihrem Konto
link-used-up = Links funktionieren einmal und laufen nach einiger Zeit ab. Dieser wurde schon benutzt oder ist zu alt.
link-does-not-work = Dieser Link funktioniert nicht

# Sicherheit
password-changed = Ihr Passwort wurde geändert, und alle anderen Geräte sind abgemeldet.
new-address-sent = Wir haben einen Link an die neue Adresse geschickt. Öffnen Sie ihn, um die Änderung zu bestätigen.
signed-out = Abgemeldet.
factor-is-off = Ihr zweiter Faktor ist aus.
change-password = Passwort ändern
current-password = Bisheriges Passwort
new-password = Neues Passwort
change-address = E-Mail-Adresse ändern
new-address = Neue E-Mail-Adresse
address-now = Bisher: { $address }
send-to-new-address = Link an die neue Adresse schicken
factor-off = Aus. Sie melden sich nur mit Ihrem Passwort an.
set-it-up = Einrichten
factor-pending = Noch nicht an. Geben Sie einen Code Ihrer App ein.
continue-set-up = Weiter
factor-on = An. Sie melden sich mit Ihrem Passwort und einem Code vom Telefon an.
codes-and-off = Wiederherstellungscodes und Ausschalten
second-factor = Zweiter Faktor
where-signed-in = Wo Sie angemeldet sind
sessions-password = Passwort, um andere Geräte abzumelden
sign-out-others = Überall sonst abmelden
unknown-device = Unbekanntes Gerät
this-device = Dieses Gerät
sign-out-device = { $device } abmelden
since = Seit
last-used = , zuletzt benutzt
close-account = Konto schließen
close-why = Ihr Name, Ihre Adressen, Ihr Warenkorb und Ihre Anmeldungen werden sofort gelöscht. Ihre Bestellungen bewahren wir auf, wie es das Gesetz verlangt; Sie finden sie weiter über ihre Nummern.
close-password = Passwort, zur Bestätigung
close-permanently = Konto endgültig schließen

# Anmelden
you-are-signed-out = Sie sind abgemeldet.
session-ended = Sie sind nicht mehr angemeldet. Melden Sie sich an, um dort weiterzumachen, wo Sie waren.
took-too-long = Das hat zu lange gedauert. Bitte melden Sie sich noch einmal an.
password-was-reset = Ihr Passwort wurde geändert. Melden Sie sich mit dem neuen an.
account-closed = Ihr Konto ist geschlossen, und seine Daten sind gelöscht.
sign-in = Anmelden
forgot-password = Passwort vergessen?
create-an-account = Konto anlegen
find-an-order = Bestellung ohne Konto suchen
sign-up-why = Mit einem Konto sehen Sie alle Ihre Bestellungen, speichern Adressen und haben Ihren Warenkorb auf jedem Gerät. Wir schicken Ihnen einen Link, mit dem Sie die Registrierung abschließen.
e-mail-me-a-link = Link schicken
reset-why = Geben Sie die E-Mail-Adresse Ihres Kontos ein. Wir schicken Ihnen einen Link, mit dem Sie ein neues Passwort wählen.
check-your-inbox = Sehen Sie in Ihrem Postfach nach. Wenn die Adresse stimmt, haben wir einen Link dorthin geschickt.
back-to-sign-in = Zurück zur Anmeldung
staff-sign-in = Anmeldung für Mitarbeitende
set-up-why = Dieser Link funktioniert einmal und macht Sie zum Admin des Shops.
set-up-the-shop = Shop einrichten
create-admin = Admin-Konto anlegen

# Der zweite Faktor
factor-required = Dieser Shop verlangt von allen Mitarbeitenden einen zweiten Faktor. Richten Sie ihn ein, um die Verwaltung zu öffnen.
factor-why = Damit genügt Ihr Passwort allein nicht zum Anmelden: Es braucht auch einen Code von Ihrem Telefon.
off = Aus
on = An
app-needed = Sie brauchen eine Authentifizierungs-App auf Ihrem Telefon, etwa die Ihres Passwortmanagers. Sie zeigt alle 30 Sekunden einen neuen Code, auch ohne Netz.
open-the-app = App auf diesem Gerät öffnen
scan = Scannen Sie den QR-Code mit Ihrer App, oder geben Sie diesen Schlüssel ein:
enter-digits = Geben Sie die 6 Ziffern ein, die sie zeigt, und Ihr Passwort.
keep-codes = Bewahren Sie die Wiederherstellungscodes auf der nächsten Seite auf.
code = Code
others-signed-out = Sie werden auf allen anderen Geräten abgemeldet.
turn-on = Einschalten
turn-off = Ausschalten
qr-code = QR-Code für Ihre Authentifizierungs-App
codes-left = { $count ->
    [0] Es ist kein Wiederherstellungscode mehr übrig.
    [one] Ein Wiederherstellungscode ist übrig.
   *[other] { $count } Wiederherstellungscodes sind übrig.
}
new-codes-replace = Neue Wiederherstellungscodes ersetzen die alten.
create-new-codes = Neue Wiederherstellungscodes erstellen
another-phone = Für ein anderes Telefon schalten Sie ihn aus und richten ihn dort neu ein.
your-recovery-codes = Ihre Wiederherstellungscodes
codes-shown-once = Ihr zweiter Faktor ist an. Diese Codes werden nur dieses eine Mal gezeigt.
keep-apart = Bewahren Sie diese getrennt vom Telefon auf
print-codes = Drucken Sie sie aus oder schreiben Sie sie auf. Jeder Code meldet Sie einmal an, wenn Sie Ihr Telefon nicht haben. Neue Codes ersetzen die alten.
confirm-why = Hier geht es um Geld, Rechte oder persönliche Daten. Geben Sie einen Code ein, um fortzufahren. 15 Minuten lang werden Sie nicht noch einmal gefragt.
code-hint = Die 6 Ziffern aus Ihrer Authentifizierungs-App oder ein Wiederherstellungscode.
confirm-and-continue = Bestätigen und weiter
confirm-its-you = Bestätigen Sie, dass Sie es sind
one-more-step = Noch ein Schritt
start-over = Neu beginnen
lost-phone = Telefon und Wiederherstellungscodes verloren? Melden Sie sich bei uns. Wenn Sie hier arbeiten, fragen Sie einen anderen Admin.

# Ablehnungen
please-sign-in = Bitte melden Sie sich an.
code-needed = Das Passwort stimmt. Senden Sie innerhalb von 10 Minuten einen Code als factor_code an /api/account/sign-in/code.
