# Die Liste
orders = Bestellungen
all = Alle
money-to-return = Offene Erstattungen
money-by-hand = Auszuzahlende Erstattungen
money-of-other-sums = Zurückzugebende andere Beträge
disputed = Offene Rückforderungen
no-matches = Keine Treffer. Neue Bestellungen erscheinen oben in dieser Liste.
no-orders-found = Keine Bestellungen gefunden
show-all-orders = Alle Bestellungen anzeigen
order = Bestellung
date = Datum
customer = Kunde
status = Status
units = Stück
total = Gesamt
amount-refunded = { $amount } erstattet
amount-to-be-refunded = { $amount } zu erstatten

# Ihre Filter
search-orders = Bestellungen durchsuchen
search-hint = Nummer, Name oder E-Mail
search = Suchen
filters = Filter
apply-filters = Filter anwenden
clear = Zurücksetzen
first-day = Von
last-day = Bis
customers-e-mail = E-Mail des Kunden
product-or-sku = Produkt oder Artikelnummer

# Eine Bestellung
order-title = Bestellung { $number }
lines = Positionen
product = Produkt
price = Preis
quantity = Menge
refunded = Erstattet
totals = Summen
promised = Dem Kunden zugesagt: { $words }
delivery-by = Versand, { $method }
left = Verbleibt
erased = Die persönlichen Daten wurden auf Wunsch des Kunden gelöscht.
all-their-orders = Alle Bestellungen dieses Kunden
delivery-address = Lieferadresse
customers-note = Nachricht des Kunden
billing-address = Rechnungsadresse
vat-id = USt-IdNr.: { $number }
order-language = Sprache der Bestellung: { $language }
order-market = Markt: { $name }

# Was mit ihr zu tun ist
next-step = Nächster Schritt
next-confirm = Noch nichts zu tun: Der Kunde hat die Bestellung noch nicht mit dem Link in der E-Mail bestätigt. Tut er es nicht, verfällt sie und die Ware wird wieder frei. Wissen Sie, dass er sie möchte, bestätigen Sie sie für ihn.
lapses-at = Verfällt am
mark-confirmed = Für den Kunden bestätigen
next-transfer = Nichts zu tun, bis die Überweisung des Kunden eingeht. Bleibt sie aus, wird die Bestellung automatisch storniert und die Ware wieder frei.
record-payment = Zahlung erfassen …
next-wait = Noch nichts zu tun: Die Zahlung ist nicht bestätigt. Wird sie es nicht, wird die Bestellung automatisch storniert und die Ware wieder frei.
next-pack = Stellen Sie die Artikel laut Lieferschein zusammen.
mark-packed = Als verpackt markieren
next-ship = Der Kunde bekommt eine E-Mail, wenn Sie sie als versandt markieren.
mark-shipped = Als versandt markieren
next-deliver = Das Paket ist unterwegs.
mark-delivered = Als zugestellt markieren
next-ready = Der Kunde bekommt eine E-Mail, wenn Sie sie als abholbereit markieren.
mark-ready = Als abholbereit markieren
next-collect = Sie liegt bereit, und der Kunde holt sie ab.
mark-collected = Als abgeholt markieren
carrier = Paketdienst
optional = (optional)
tracking-number = Sendungsnummer
no-tracking = Ohne Sendungsnummer versandt.
parcel = Paket
edit-tracking = Sendungsdaten ändern
save = Speichern
refund-dots = Erstatten …
packing-slip = Lieferschein
our-number = Unsere Nummer
invoice = Rechnung
will-be-refunded = { $amount } werden dem Kunden erstattet.
maybe-refunded = Ist die Zahlung bis dahin eingegangen, wird sie erstattet.
refunded-unless-by-bank = Die Zahlung wird zurückgefordert. Erstattet wird erst, wenn die Bank entschieden hat, dass das Geld bei Ihnen bleibt.
all-refunded-before = Es ist schon alles erstattet.
nothing-to-refund = Es wurde nichts bezahlt, also wird nichts erstattet.
no-undo = Das lässt sich nicht rückgängig machen.
cancel-order-dots = Bestellung stornieren …
cancel-this-order = Diese Bestellung stornieren

# Ihre Zahlung
payment = Zahlung
refund-number = Erstattung { $number }
mark-refunded = { $amount } als erstattet markieren
mark-received = { $amount } als erhalten markieren
payment-pending = Wartet auf den Zahlungsanbieter
payment-due = Zahlbar bei Lieferung
payment-authorised = Autorisiert, noch nicht abgebucht
payment-captured = Eingezogen
payment-declined = Abgelehnt
payment-voided = Es wurde nichts abgebucht
payment-disputed = Vom Kunden zurückgefordert
refund-owed = offen: Wir fragen beim Anbieter nach, bis sie erstattet ist
refund-pending = unterwegs: Der Anbieter hat noch nicht bestätigt, dass sie angekommen ist
refund-returned = vom Anbieter erstattet
refund-by-hand = von Hand zu erstatten
refund-fault = Der Zahlungsanbieter meldet: { $reason }
on-its-way-elsewhere = Erstattung von { $amount } beim Zahlungsanbieter unterwegs
refunded-elsewhere = { $amount } beim Zahlungsanbieter erstattet
part-elsewhere = ohne { $amount }, die schon beim Zahlungsanbieter erstattet waren
before-elsewhere = Beim Zahlungsanbieter erstattet
refund-failed = { $amount } konnten nicht erstattet werden
refund-paid-back = von Hand erstattet
refund-by-bank = von der Bank des Kunden zurückgegeben: Sie zahlen nichts zurück
refund-after-dispute = wartet: Zuerst entscheidet die Bank über die Rückforderung
refund-after-bank = von Hand zu erstatten, sobald die Bank entschieden hat
returned-by-bank = davon { $amount } von der Bank des Kunden zurückgegeben
by-hand-after-bank = Die Bank des Kunden hat über diese Zahlung noch nicht entschieden. Zahlen Sie bis dahin nichts von Hand zurück, sonst bekommt der Kunde das Geld vielleicht doppelt.
refund-waived = vom offenen Betrag abgezogen

# Was beim Anbieter daraus wurde
payment-history = Zahlungsverlauf
attempt-began = Zahlung { $number } begonnen
attempt-authorised = { $amount } autorisiert
attempt-pending = Die Bank hat { $amount } noch nicht bestätigt.
attempt-captured = { $amount } eingezogen
sum-captured = { $amount } eingezogen, obwohl die Bestellung { $total } kostet
sum-returned = { $amount } vom Zahlungsanbieter zurückgegeben.
sum-on-its-way = { $amount } auf dem Weg zurück zum Kunden.
sum-by-hand = { $amount } von Hand zurückgegeben.
sum-to-return = { $amount } zurückzugeben.
mark-returned = { $amount } als zurückgegeben markieren
attempt-declined = Zahlung abgelehnt
attempt-released = Autorisierung aufgehoben: Es wurde nichts abgebucht
release-requested = Aufhebung angefordert; der Anbieter hat noch nicht geantwortet
release-requested-why = Bis dahin wird nichts eingezogen, und der Shop fragt weiter nach.
release-too-late = Aufhebung zu spät angefordert: Die Zahlung war schon eingezogen
attempt-link = Beim Zahlungsanbieter ansehen
capture-payment-dots = Zahlung einziehen …
capture-payment-why = Hat der Anbieter { $amount } für diese Bestellung reserviert, wird der Betrag jetzt abgebucht. Meist geschieht das innerhalb einer Minute von selbst.
capture-payment = Zahlung einziehen
release-payment-dots = Autorisierung aufheben …
release-payment-why = Hat der Anbieter { $amount } für diese Bestellung reserviert, wird die Autorisierung aufgehoben und nichts abgebucht. Solange die Bestellung wartet, kann sie erneut bezahlt werden.
release-payment = Autorisierung aufheben

# Ihr Verlauf
timeline = Verlauf
order-placed = Bestellung aufgegeben
payment-confirmed = Zahlung bestätigt
order-confirmed = Bestellung bestätigt
packed = Verpackt
shipped = Versandt
delivered = Zugestellt
cancelled = Storniert
fully-refunded = Vollständig erstattet
returned-free = Artikel zurückgegeben, nichts zu erstatten
money-received = Geld erhalten
bank-asks-back = Die Bank des Kunden fordert das Geld zurück
dispute-won = Rückforderung beendet: Das Geld bleibt bei Ihnen
dispute-lost = Rückforderung verloren: Die Bank hat das Geld dem Kunden zurückgegeben
not-due-any-more = { $amount } nicht mehr zu erstatten: Die Bank hat sie zurückgegeben
part-by-bank = Die Bank hat einen Teil der zu erstattenden { $amount } zurückgegeben
tracking-changed = Sendungsnummer geändert
note = Notiz
done-by = { " von " }{ $actor }
cancelled-declined = Zahlung abgelehnt
cancelled-expired = Zahlung nicht rechtzeitig abgeschlossen
cancelled-staff = Vom Team
cancelled-shopper = Vom Kunden
cancelled-card-limit = Über der Höchstmenge je Kunde, nach Karte
cancelled-unconfirmed = Verfallen: nicht rechtzeitig bestätigt
add-a-note = Notiz hinzufügen
only-staff = Das sieht nur Ihr Team.
add-note = Notiz speichern

# Eine Erstattung
refund = Erstattung
refund-title = { $number } erstatten
no-refund = { $status ->
    [awaiting_confirmation] Diese Bestellung ist noch nicht bestätigt und kann nicht erstattet werden.
    [pending_payment] Diese Bestellung ist noch nicht bezahlt und kann nicht erstattet werden.
    [paid] Diese Bestellung ist bestätigt und kann nicht erstattet werden.
    [packed] Diese Bestellung ist verpackt und kann nicht erstattet werden.
    [shipped] Diese Bestellung ist versandt und kann nicht erstattet werden.
    [delivered] Diese Bestellung ist zugestellt und kann nicht erstattet werden.
    [cancelled] Diese Bestellung ist storniert und kann nicht erstattet werden.
   *[refunded] Diese Bestellung ist erstattet und kann nicht noch einmal erstattet werden.
}
what-to-refund = Was erstatten?
units-at = von { $left } zu { $price }
refund-shipping = Auch den Versand erstatten ({ $amount })
restock-items = Artikel wieder einlagern?
restock-yes = Ja, wieder verkaufen
restock-no = Nein: verloren, beschädigt oder beim Kunden geblieben
reason = Grund
calculate-refund = Erstattung berechnen
back-to-order = Zurück zur Bestellung
refund-total = Erstattungsbetrag
deduct-amount = { $amount } abziehen
deduct-why = Es wurde noch nichts bezahlt; der Betrag wird von dem abgezogen, was bei Lieferung zu zahlen ist.
refund-amount = { $amount } erstatten
by-hand-why = Sie zahlen den Betrag selbst zurück. Der Kunde bekommt eine E-Mail. Bestätigen Sie es danach auf der Seite der Bestellung.
original-why = Der Betrag geht an die ursprüngliche Zahlungsart zurück. Der Kunde bekommt eine E-Mail.
shipping = Versand
refunds-rest = Damit ist die ganze Bestellung erstattet.
refunds-last-item = Damit ist der letzte Artikel erstattet, und die Bestellung gilt als erstattet. Der Versand ({ $amount }) bleibt bezahlt und kann später erstattet werden.
unit-count = { $count } Stück
whole-number = Geben Sie eine ganze Zahl ein.
say-one-or-zero = Geben Sie 1 oder 0 an.
which-line = Geben Sie die Position der Bestellung an, von 0 gezählt.

# Gedruckt
sheet-title = { $kind } { $number } – Verwaltung
how-to-print = Drucken Sie diese Seite mit Strg+P, am Mac mit ⌘P.
placed = Bestellt am
paper-to = An
what-to-pack = Was zu verpacken ist
sku = Artikelnummer
total-units = Stück insgesamt: { $units }
refunded-not-listed = { $count ->
    [one] { $count } erstattetes Stück ist nicht aufgeführt.
   *[other] { $count } erstattete Stück sind nicht aufgeführt.
}
items = Artikel
subtotal = Zwischensumme
paper-total = Gesamtsumme
tax-in-total = In der Gesamtsumme enthaltene Steuer
rate = Satz
net = Netto
tax = Steuer
gross = Brutto
refund-on = Erstattung { $number }, { $day }
tax-included = Enthaltene Steuer
paper-paid = Bezahlt.
paper-due = Bei Lieferung zu zahlen: { $amount }
paper-refunded = Bezahlt und erstattet.
paper-unpaid = Noch nicht bezahlt.
nothing-due = Es ist nichts offen.

# Die Bestätigung noch einmal
mail-resent = E-Mail noch einmal gesendet.
resend-confirmation = Bestätigung erneut senden
resend-payment-details = Zahlungsangaben erneut senden
resend-link = Link zum Bestätigen erneut senden
resend-shipping = Versandmail erneut senden

# Was die Bank des Kunden zurückfordert
disputes = Rückforderungen
dispute-of = Die Bank des Kunden fordert { $amount } zurück
dispute-reason = Angegebener Grund: { $reason }
dispute-asked = Die Bank fragt bisher nur nach und hat das Geld nicht eingezogen.
dispute-needs-answer = Die Bank hat das Geld eingezogen und wartet auf Ihre Antwort.
dispute-under-review = Die Bank hat das Geld eingezogen und entscheidet.
dispute-answer-by = Antworten Sie bis zum { $day }
dispute-answer = Rückforderung beantworten
no-refund-disputed = Die Zahlung dieser Bestellung wird zurückgefordert. Über das Geld entscheidet die Bank, deshalb ist hier keine Erstattung möglich.
refund-while-asked = Die Bank des Kunden hat wegen dieser Zahlung nachgefragt. Sehen Sie beim Zahlungsanbieter nach, ob eine Erstattung das klärt.
