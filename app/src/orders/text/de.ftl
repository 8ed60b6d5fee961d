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
refunded = Erstattet

# Warum sie storniert wurde
cancelled-declined = Die Zahlung wurde abgelehnt.
cancelled-expired = Die Zahlung wurde nicht rechtzeitig abgeschlossen.
cancelled-by-shop = Der Shop hat diese Bestellung storniert.
cancelled-by-you = Sie haben diese Bestellung storniert.
cancelled-unconfirmed = Sie wurde nicht rechtzeitig bestätigt.

# Verlauf
order-placed = Bestellung aufgegeben
payment-confirmed = Zahlung bestätigt
payment-confirmed-when = Meist innerhalb einer Minute
order-confirmed = Bestellung bestätigt
order-confirmed-when = Mit dem Link in unserer E-Mail
packed = Verpackt
we-pack-it = Wir verpacken sie
we-pack-it-when = Meist noch am selben Tag
on-its-way = Unterwegs
on-its-way-when = Das Paket geht an den Paketdienst
delivered = Zugestellt
delivered-when = Das Paket kommt an
cancelled = Storniert
amount-refunded = { $amount } erstattet
amount-to-be-refunded = { $amount } werden erstattet
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
received-unpaid = Ihre Bestellung ist eingegangen, und wir warten auf die Bestätigung der Zahlung. Sie müssen nichts tun. Bitte bestellen Sie nicht noch einmal: Diese Seite zeigt, wenn die Zahlung da ist.
received-to-be-paid = Ihre Artikel sind für Sie reserviert. Schließen Sie die Bestellung mit der Zahlung ab; haben Sie gerade bezahlt, zeigt diese Seite es gleich.
pay-now = Jetzt { $amount } bezahlen
received-unconfirmed = Ihre Bestellung ist eingegangen. Bitte bestätigen Sie sie mit dem Link in der E-Mail, die wir Ihnen geschickt haben.
order-has-lapsed = Diese Bestellung ist verfallen
confirm-until = Sie kann bestätigt werden bis
order-is-packed = Ihre Bestellung ist verpackt
shipped-soon = Sie wird bald versandt.
order-is-on-its-way = Ihre Bestellung ist unterwegs
has-been-shipped = Sie wurde versandt.
order-has-arrived = Ihre Bestellung ist angekommen
hope-you-like-it = Wir hoffen, sie gefällt Ihnen.
order-was-cancelled = Diese Bestellung wurde storniert
nothing-will-be-sent = Es wird nichts versandt.
order-was-refunded = Diese Bestellung wurde erstattet
refund-on-its-way = Ihre Erstattung ist unterwegs.
money-refunded = Ihr Geld wurde erstattet.
refund-not-charged = Für erstattete Artikel zahlen Sie nichts.
order-number = Bestellnummer
placed = Bestellt am
status = Status
shipping-method = Versandart
what-happened = Was geschehen ist
what-happens-next = Wie es weitergeht
address-and-payment = Adresse und Zahlung
delivery-address = Lieferadresse
payment = Zahlung
amount-will-be-refunded = { $amount } werden erstattet
your-items = Ihre Artikel
shipping = Versand
includes-tax = Inkl. MwSt.

# Sie bestätigen
confirm-your-order = Bestätigen Sie Ihre Bestellung
confirm-why = Die Bestellung { $number } bezahlen Sie bei der Lieferung. Ihre Artikel sind reserviert. Bestätigen Sie die Bestellung, und wir machen sie fertig.
confirm-order = Bestellung bestätigen
order-is-confirmed = Ihre Bestellung ist bestätigt
nothing-to-do = Sie müssen nichts weiter tun.
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
