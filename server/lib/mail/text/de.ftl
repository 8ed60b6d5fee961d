# Der Rahmen
or-open = Oder öffnen Sie diese Adresse:

# E-Mails zu einer Bestellung
thank-you = Vielen Dank für Ihre Bestellung { $number }
order-received = Ihre Bestellung ist bei uns eingegangen. { $payment ->
    [due] Sie zahlen bei der Lieferung.
   *[paid] Ihre Zahlung ist eingegangen.
}
we-write-again = Wir schreiben Ihnen, sobald sie unterwegs ist.
we-write-when-ready = Wir schreiben Ihnen, sobald sie abholbereit ist.
promised = { $words }.
on-its-way = Ihre Bestellung { $number } ist unterwegs
has-been-shipped = Sie wurde versandt.
ready-to-collect = Ihre Bestellung { $number } ist abholbereit
collect-it = Sie können sie jetzt bei uns abholen.
parcel-with = Das Paket kommt mit { $carrier } und hat die Sendungsnummer { $number }.
parcel-number = Das Paket hat die Sendungsnummer { $number }.
confirm-your-order = Bestätigen Sie Ihre Bestellung { $number }
confirm-how = Sie zahlen bei der Lieferung. Ihre Artikel sind bis { $until } reserviert. Drücken Sie auf der Seite, die sich öffnet, „Bestellung bestätigen“; sonst verfällt die Bestellung und es wird nichts versandt.
confirm-transfer-how = Sie zahlen per Überweisung. Ihre Artikel sind bis { $until } reserviert. Drücken Sie auf der Seite, die sich öffnet, „Bestellung bestätigen“, und wir schicken Ihnen die Bankverbindung. Sonst verfällt die Bestellung und es wird nichts versandt.
confirm-order = Bestellung bestätigen
not-ordered = Haben Sie das nicht bestellt, brauchen Sie nichts zu tun: Es wird nichts versandt, und Sie schulden nichts.
order-lapsed = Ihre Bestellung { $number } ist verfallen
lapsed-why = Sie wurde nicht rechtzeitig bestätigt. Es wird nichts versandt, und Sie schulden nichts. Wenn Sie die Artikel noch möchten, bestellen Sie bitte noch einmal.
please-transfer = Bitte bezahlen Sie Ihre Bestellung { $number }
transfer-how = Wir haben Ihre Bestellung erhalten. Bitte überweisen Sie { $amount } bis zum { $until } auf unser Konto. Bis dahin sind Ihre Artikel reserviert; danach wird die Bestellung storniert.
transfer-holder = Kontoinhaber: { $holder }
transfer-iban = IBAN unseres Kontos: { $iban }
transfer-bic = BIC unserer Bank: { $bic }
transfer-bank = Unsere Bank: { $bank }
transfer-reference = Verwendungszweck: { $reference }
transfer-why-reference = Geben Sie den Verwendungszweck genau so an, damit wir Ihre Zahlung Ihrer Bestellung zuordnen können. Wir schreiben Ihnen, sobald sie eingegangen ist.
was-cancelled = Ihre Bestellung { $number } wurde storniert
cancelled-card-limit = Mit dieser Karte wurden bereits so viele Stück gekauft, wie ein Kunde kaufen kann.
cancelled-expired = Ihre Zahlung ist nicht rechtzeitig vollständig eingegangen.
nothing-will-be-sent = Es wird nichts versandt. { $money ->
    [back] Wir erstatten, was Sie bezahlt haben.
    [bank] Ihre Bank entscheidet über das, was Sie bezahlt haben. Gibt sie es Ihnen nicht zurück, erstatten wir es.
   *[none] Es wurde nichts abgebucht.
}
refund-of = Erstattung von { $amount } für Ihre Bestellung { $number }
refund-sent = Wir haben Ihnen { $amount } auf dem Weg erstattet, auf dem Sie bezahlt haben. Es kann einige Tage dauern, bis das Geld ankommt.
refund-owed = Wir schulden Ihnen { $amount } und zahlen den Betrag selbst zurück. Wir schreiben Ihnen, sobald das erledigt ist oder wenn wir noch etwas von Ihnen brauchen.
refund-handed-over = Wir haben Ihnen { $amount } zurückgezahlt.
track-your-parcel = Sendung verfolgen
view-your-order = Bestellung ansehen
order = Bestellung { $number }
goods = Artikel
total = Gesamtsumme
includes-tax = Inkl. MwSt.
delivery-address = Lieferadresse
billing-address = Rechnungsadresse
vat-id = USt-IdNr.: { $number }
your-note = Ihre Nachricht
payment = Zahlung

# Links
not-asked = Wenn Sie das nicht angefordert haben, können Sie diese E-Mail ignorieren.
have-an-account = Sie haben schon ein Konto
have-an-account-why = Jemand, wahrscheinlich Sie selbst, wollte bei { $shop } mit dieser Adresse ein Konto anlegen. Sie haben schon eines: Melden Sie sich damit an. Wenn Sie das Passwort vergessen haben, können Sie es auf der Anmeldeseite zurücksetzen.
sign-in = Anmelden
finish-account = Schließen Sie Ihre Registrierung ab
finish-account-how = Öffnen Sie den Link, und Ihr Konto ist gleich bereit. Er funktioniert einmal und läuft nach einem Tag ab.
create-account = Konto anlegen
new-password = Neues Passwort wählen
new-password-how = Mit diesem Link wählen Sie ein neues Passwort. Er funktioniert einmal und läuft nach einer Stunde ab.
confirm-your-address = Bestätigen Sie Ihre E-Mail-Adresse
confirm-your-address-why = Bestätigen Sie, dass diese Adresse zu Ihrem Konto bei { $shop } gehört. Der Link funktioniert einmal und läuft nach einem Tag ab.
confirm-address = Adresse bestätigen

# Was sich geändert hat
password-was-changed = Ihr Passwort wurde geändert
password-was-changed-how = Das Passwort Ihres Kontos wurde geändert, und alle anderen Geräte wurden abgemeldet.
not-you-reset = Wenn Sie das nicht waren, setzen Sie Ihr Passwort jetzt auf der Anmeldeseite zurück.
address-was-changed = Ihre E-Mail-Adresse wurde geändert
address-was-changed-how = Die E-Mail-Adresse Ihres Kontos bei { $shop } wurde geändert. Ab jetzt schreiben wir an die neue Adresse.
not-you-contact = Wenn Sie das nicht waren, schreiben Sie uns bitte sofort.
factor-is-on = Ihr zweiter Faktor ist an
factor-is-on-how = Ab jetzt melden Sie sich mit Ihrem Passwort und einem Code aus Ihrer App an. Alle anderen Geräte wurden abgemeldet. Bewahren Sie Ihre Wiederherstellungscodes getrennt vom Telefon auf.
factor-is-off = Ihr zweiter Faktor ist aus
factor-is-off-how = Sie melden sich wieder nur mit Ihrem Passwort an. Ihre Wiederherstellungscodes gelten nicht mehr.
factor-was-reset = Ihr zweiter Faktor wurde zurückgesetzt
factor-was-reset-how = Ein Admin des Shops hat ihn ausgeschaltet, damit Sie sich nur mit Ihrem Passwort anmelden können. Alle Geräte wurden abgemeldet. Richten Sie ihn wieder ein, wenn Sie angemeldet sind.
new-codes = Sie haben neue Wiederherstellungscodes
new-codes-how = Sie ersetzen die alten, die nicht mehr gelten.
code-was-used = Ein Wiederherstellungscode wurde benutzt
codes-left = { $left ->
    [0] Es war der letzte. Erstellen Sie neue, sonst können Sie sich ohne Ihr Telefon nicht mehr anmelden.
    [one] Einer ist übrig. Sie können jederzeit neue erstellen.
   *[other] { $left } sind übrig. Sie können jederzeit neue erstellen.
}
security = Anmeldung und Sicherheit
not-you-reset-and-contact = Wenn Sie das nicht waren, setzen Sie Ihr Passwort jetzt auf der Anmeldeseite zurück, und schreiben Sie uns.

# An Mitarbeitende
invitation = Sie sind ins Team eingeladen
invitation-how = Ein Admin von { $shop } hat Sie als { $role ->
    [admin] Admin
   *[staff] Teammitglied
} eingeladen. Öffnen Sie den Link, um anzunehmen. Er funktioniert einmal und läuft nach drei Tagen ab.
view-invitation = Einladung ansehen
invitation-unknown = Wenn Sie nicht wissen, worum es geht, können Sie diese E-Mail ignorieren.

# Was im Kontaktformular geschrieben wird
contact-title = Nachricht von { $name }
contact-from = Von: { $name }, { $email }
contact-order-number = Bestellnummer: { $number }
contact-closing = Über das Kontaktformular gesendet. Ihre Antwort geht an die Adresse oben.

# Was mit dem Geld einer Bestellung nicht stimmt, für Admins
dispute-title = Rückforderung zur Bestellung { $number }
disputed = Die Bank des Kunden fordert { $amount } zurück. Angegebener Grund: { $reason }.
disputed-until = Die Bank des Kunden fordert { $amount } zurück. Angegebener Grund: { $reason }. Antworten Sie bis zum { $day }.
answer-dispute = Rückforderung beantworten
dispute-closing = Antworten Sie vor Ablauf der Frist, die der Zahlungsanbieter zeigt. Sonst geht das Geld an den Kunden zurück.
late-title = Eine Zahlung zur Bestellung { $number } kam zu spät
came-late = { $amount } sind eingegangen, nachdem die Bestellung storniert war. Das Geld geht von selbst an den Kunden zurück.
view-the-order = Bestellung ansehen
late-closing = Sie müssen nichts tun.
refund-failed-title = Eine Erstattung zur Bestellung { $number } ist fehlgeschlagen
refund-failed = Der Zahlungsanbieter konnte dem Kunden { $amount } nicht erstatten. Angegebener Grund: { $reason }
refund-failed-closing = Zahlen Sie das Geld auf anderem Weg zurück und vermerken Sie das auf der Seite der Bestellung.
refund-awaits-bank = Zahlen Sie es noch nicht zurück: Die Bank des Kunden hat über diese Zahlung nicht entschieden und könnte das Geld ebenfalls zurückgeben. Bleibt es bei Ihnen, steht die Erstattung unter „Zu erledigen“.
other-sum-title = Zur Bestellung { $number } wurde ein anderer Betrag eingezogen
other-sum = Beim Zahlungsanbieter wurden { $amount } eingezogen, die Bestellung kostet aber { $total }. Das Geld geht von selbst an den Kunden zurück, und eine Bestellung, die noch wartet, kann noch einmal bezahlt werden.
other-sum-kept = Beim Zahlungsanbieter wurden { $amount } eingezogen, die Bestellung kostet aber { $total }. Der Betrag konnte nicht an den Kunden zurückgehen. Angegebener Grund: { $reason }
other-sum-closing = Erstatten Sie ihn beim Zahlungsanbieter, oder zahlen Sie ihn auf anderem Weg zurück und vermerken Sie das auf der Seite der Bestellung.
rest-title = Zahlen Sie eine Erstattung zur Bestellung { $number } selbst zurück
rest-by-hand = Die Bank des Kunden hat { $bank } dieser Zahlung nach einer Rückforderung zurückgegeben. Von der Erstattung bleiben { $amount }, die der Zahlungsanbieter nicht mehr sendet.

# Eine E-Mail, die zeigt, dass E-Mails ankommen
test-title = Ihre E-Mails kommen an
test-why = Dies ist die Test-E-Mail von { $shop }. Bestätigen Sie in der Übersicht, dass sie angekommen ist.
test-confirm = Übersicht öffnen

# Erinnerungen an Drops
drop-confirm-title = Erinnerung bestätigen
drop-confirm-why = Jemand hat uns gebeten, diese Adresse zu erinnern, bevor { $title } beginnt. Wenn Sie das waren, bestätigen Sie es hier.
drop-confirm = Erinnerung bestätigen
drop-soon-title = { $title } beginnt bald
drop-soon = { $title } beginnt am { $opens }. Preise und Mengen stehen auf der Seite des Drops.
drop-view = Zum Drop
drop-once = Um diese Erinnerung haben Sie uns gebeten.

# Warteräume von Drops
room-code-title = Ihr Code: { $code }
room-code = Mit diesem Code bekommen Sie einen Platz im Warteraum von { $title }. Er gilt 15 Minuten.
room-view = Zum Warteraum

# The waiting list
wait-confirm-title = Bestätigen Sie Ihre Anfrage
wait-confirm = Bestätigen
wait-notice-why = Jemand hat uns gebeten, an diese Adresse zu schreiben, sobald { $name } wieder verfügbar ist. Wenn Sie das waren, bestätigen Sie es hier.
wait-place-why = Jemand hat mit dieser Adresse um einen Platz auf der Warteliste für { $name } gebeten. Wenn Sie das waren, bestätigen Sie es hier: Von da an zählt Ihr Platz.
back-title = { $name } ist wieder verfügbar
back = Sie können { $name } wieder bestellen. Wer zuerst bestellt, bekommt es.
back-view = Zum Produkt
back-once = Um diese eine E-Mail haben Sie gebeten. Mehr schicken wir dazu nicht.
offered-title = { $name } ist für Sie aufgehoben
offered = Ein Stück von { $name } ist zurückgekommen. Wir bewahren es bis { $until } für Sie auf.
offered-who = Bestellen Sie es mit dieser E-Mail-Adresse. Niemand sonst kann es so lange kaufen.
offered-take = Bestellen
offered-lapses = Danach wird es der nächsten Person auf der Liste angeboten. Möchten Sie es nicht, öffnen Sie den Link und geben Sie uns Bescheid.
