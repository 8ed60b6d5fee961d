# Status
status-awaiting-confirmation = Wartet auf Bestätigung
status-pending-payment = Zahlung offen
status-paid = Bestätigt
status-packed = Verpackt
status-shipped = Versandt
status-delivered = Zugestellt
status-cancelled = Storniert
status-refunded = Erstattet

# Zahlung
paid = Bezahlt
authorised = Autorisiert, noch nicht abgebucht
due-on-delivery = Zahlbar bei Lieferung
waiting-for-payment = Die Zahlung ist noch nicht bestätigt
declined = Die Zahlung wurde abgelehnt. Es wurde nichts abgebucht.
not-charged = Es wurde nichts abgebucht.
transfer-goes-back = Was Sie überwiesen haben, geht an Sie zurück.
refunded = Erstattet
returned-by-bank = Von Ihrer Bank zurückgegeben

# Warum sie storniert wurde
cancelled-declined = Die Zahlung wurde abgelehnt.
cancelled-expired = Die Zahlung wurde nicht rechtzeitig abgeschlossen.
cancelled-by-shop = Der Shop hat diese Bestellung storniert.
cancelled-by-you = Sie haben diese Bestellung storniert.
cancelled-card-limit = Mit dieser Karte wurden bereits so viele Stück gekauft, wie ein Kunde kaufen kann. Es wurde nichts abgebucht.
cancelled-unconfirmed = Sie wurde nicht rechtzeitig bestätigt.

# Verlauf
order-placed = Bestellung aufgegeben
payment-confirmed = Zahlung bestätigt
payment-confirmed-when = Sobald Ihre Zahlung bestätigt ist
order-confirmed = Bestellung bestätigt
order-confirmed-when = Mit dem Link in unserer E-Mail
packed = Verpackt
we-pack-it = Wir verpacken sie
we-pack-it-when = Wir schreiben Ihnen, sobald sie unterwegs ist
we-pack-it-to-collect = Wir schreiben Ihnen, sobald sie abholbereit ist
on-its-way = Unterwegs
on-its-way-when = Das Paket geht an den Paketdienst
delivered = Zugestellt
delivered-when = Das Paket kommt an
ready-to-collect = Abholbereit
ready-to-collect-when = Wir halten sie für Sie bereit
collected = Abgeholt
collected-when = Sie holen sie bei uns ab
cancelled = Storniert
amount-refunded = { $amount } erstattet
amount-to-be-refunded = { $amount } werden erstattet
amount-on-its-way = Erstattung von { $amount } unterwegs
amount-by-bank = { $amount } von der Bank zurückgegeben
amount-off = { $amount } weniger zu zahlen
amount-paid-back = { $amount } zurückgezahlt
with-carrier = Mit
tracking-number = Sendungsnummer
and-tracking-number = , Sendungsnummer

# Die Seite einer Bestellung
order = Bestellung
order-title = Bestellung { $number }
continue-shopping = Weiter einkaufen
find-later = Diese Bestellung später wiederfinden
thank-you = Vielen Dank, { $name }
received = Ihre Bestellung ist eingegangen. Mit einem Lesezeichen auf diese Seite können Sie jederzeit nachsehen.
confirmation-mailed = Die Bestätigung haben wir an { $email } geschickt.
bank-details-mailed = Die Bankverbindung haben wir an { $email } geschickt.
link-mailed = Die E-Mail mit dem Link ging an { $email }.
received-unpaid = Ihre Bestellung ist eingegangen, und wir warten auf die Bestätigung der Zahlung. Sie müssen nichts tun. Bitte bestellen Sie nicht noch einmal: Diese Seite zeigt, wenn die Zahlung da ist.
received-to-be-paid = Ihre Artikel sind für Sie reserviert. Schließen Sie die Bestellung mit der Zahlung ab; haben Sie gerade bezahlt, zeigt diese Seite es gleich.
received-to-transfer = Wir haben Ihre Bestellung erhalten und die Artikel für Sie reserviert. Überweisen Sie das Geld auf unser Konto, um sie abzuschließen.

# Bezahlen per Überweisung
transfer-to = Per Überweisung bezahlen
transfer-holder = Kontoinhaber
iban = IBAN
bic = BIC
bank = Bank
transfer-arrived = Bereits eingegangen
transfer-amount = Zu zahlender Betrag
transfer-reference = Verwendungszweck
transfer-until = Zahlbar bis
transfer-why = Geben Sie den Verwendungszweck genau so an, damit wir Ihre Zahlung Ihrer Bestellung zuordnen können. Ist das Geld nicht rechtzeitig da, wird die Bestellung storniert.
transfer-awaited = Zahlungseingang
transfer-awaited-when = Sobald Ihre Überweisung eingeht

pay-now = Jetzt { $amount } bezahlen
provider-away = Der Zahlungsanbieter ist gerade nicht erreichbar. Ihre Artikel bleiben für Sie reserviert. Bitte versuchen Sie es in einer Minute noch einmal.
received-unconfirmed = Ihre Bestellung ist eingegangen. Bitte bestätigen Sie sie mit dem Link in der E-Mail, die wir Ihnen geschickt haben.
order-has-lapsed = Diese Bestellung ist verfallen
confirm-until = Sie kann bestätigt werden bis
order-is-packed = Ihre Bestellung ist verpackt
shipped-next = Wir schreiben Ihnen, sobald sie unterwegs ist.
ready-next = Wir schreiben Ihnen, sobald sie abholbereit ist.
order-is-on-its-way = Ihre Bestellung ist unterwegs
has-been-shipped = Sie wurde versandt.
order-is-ready = Ihre Bestellung ist abholbereit
collect-it = Sie können sie jetzt bei uns abholen.
order-has-arrived = Ihre Bestellung ist angekommen
order-was-collected = Ihre Bestellung wurde abgeholt
hope-you-like-it = Wir hoffen, sie gefällt Ihnen.
order-was-cancelled = Diese Bestellung wurde storniert
nothing-will-be-sent = Es wird nichts versandt.
order-was-refunded = Diese Bestellung wurde erstattet
refund-on-its-way = Ihre Erstattung ist unterwegs.
money-refunded = Ihr Geld wurde erstattet.
money-by-bank = Ihre Bank hat Ihnen das Geld zurückgegeben.
refund-not-charged = Für erstattete Artikel zahlen Sie nichts.
order-number = Bestellnummer
placed = Bestellt am
status = Status
shipping-method = Versandart
what-happened = Was geschehen ist
what-happens-next = Wie es weitergeht
address-and-payment = Adresse und Zahlung
delivery-address = Lieferadresse
billing-address = Rechnungsadresse
vat-id = USt-IdNr.: { $number }
your-note = Ihre Nachricht
payment = Zahlung
amount-will-be-refunded = { $amount } werden erstattet
amount-travels-back = { $amount } sind auf dem Weg zurück zu Ihnen
your-items = Ihre Artikel
shipping = Versand
includes-tax = Inkl. MwSt.
tax-added = Zzgl. MwSt.
discount = Rabatt
fee = Gebühr

# Sie bestätigen
confirm-your-order = Bestätigen Sie Ihre Bestellung
confirm-why = Die Bestellung { $number } bezahlen Sie bei der Lieferung. Ihre Artikel sind reserviert. Bestätigen Sie die Bestellung, und wir bereiten sie vor.
confirm-transfer-why = Die Bestellung { $number } bezahlen Sie per Überweisung. Ihre Artikel sind reserviert. Bestätigen Sie die Bestellung, und wir sagen Ihnen, wohin Sie überweisen.
confirm-order = Bestellung bestätigen
order-is-confirmed = Ihre Bestellung ist bestätigt
nothing-to-do = Sie müssen nichts weiter tun.
confirmed-to-transfer = Überweisen Sie nun den Betrag. Die Bankverbindung steht auf der Seite der Bestellung und in unserer E-Mail.
lapsed-why = Sie wurde nicht rechtzeitig bestätigt, und ihre Artikel sind wieder im Verkauf. Sie haben nichts gekauft. Wenn Sie sie noch möchten, bestellen Sie bitte noch einmal.
view-order = Bestellung ansehen

# Summen
quantity = Menge
subtotal = Zwischensumme
total = Gesamtsumme
free = Kostenlos

# Eine Bestellung finden
find-your-order = Bestellung suchen
number-is-in-the-mail = Die Nummer steht in der Bestätigungs-E-Mail.
email = E-Mail
ordered-with = Die Adresse, mit der Sie bestellt haben.
find-order = Bestellung suchen

# Ein Konto nach der Bestellung
new-account = Konto anlegen
new-account-why = Wählen Sie ein Passwort, dann sehen Sie alle Bestellungen mit { $email } an einem Ort. Zur Bestätigung der Adresse schicken wir eine E-Mail.
new-password = Passwort
new-password-hint = Mindestens { $least } Zeichen. Ein paar Wörter ohne Zusammenhang ergeben ein gutes Passwort.
create-account = Konto anlegen
account-asked = Sehen Sie in Ihrem Postfach nach. Wir haben eine E-Mail an { $email } geschickt: Öffnen Sie darin den Link, in diesem Browser, um Ihr Konto anzulegen.
