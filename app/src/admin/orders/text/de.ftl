# Die Liste
orders = Bestellungen
all = Alle
money-to-return = Offene Erstattungen
money-by-hand = Auszuzahlende Erstattungen
disputed = Offene Rückforderungen
no-matches = Keine Treffer. Neue Bestellungen erscheinen oben in dieser Liste.
no-orders-found = Keine Bestellungen gefunden
show-all-orders = Alle Bestellungen zeigen
newest-first = Bestellungen, neueste zuerst
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
product-or-sku = Produkt oder SKU

# Eine Bestellung
order-title = Bestellung { $number }
lines = Positionen
product = Produkt
price = Preis
quantity = Menge
refunded = Erstattet
totals = Summen
delivery-by = Versand, { $method }
left = Verbleibt
erased = Die persönlichen Daten wurden auf Wunsch des Kunden gelöscht.
all-their-orders = Alle Bestellungen dieses Kunden
delivery-address = Lieferadresse

# Was mit ihr zu tun ist
next-step = Nächster Schritt
next-confirm = Noch nichts zu tun: Der Kunde hat die Bestellung noch nicht mit dem Link in der E-Mail bestätigt. Tut er es nicht, verfällt sie und die Ware wird wieder frei. Wissen Sie, dass er sie möchte, bestätigen Sie sie für ihn.
lapses-at = Verfällt am
mark-confirmed = Für den Kunden bestätigen
next-wait = Noch nichts zu tun: Die Zahlung ist nicht bestätigt. Wird sie es nicht, wird die Bestellung automatisch storniert und die Ware wieder frei.
next-pack = Stellen Sie die Artikel auf dem Lieferschein zusammen.
mark-packed = Als verpackt markieren
next-ship = Der Kunde bekommt eine E-Mail, wenn Sie sie als versandt markieren.
mark-shipped = Als versandt markieren
next-deliver = Das Paket ist unterwegs.
mark-delivered = Als zugestellt markieren
carrier = Paketdienst
optional = (optional)
tracking-number = Sendungsnummer
no-tracking = Ohne Sendungsnummer versandt.
parcel = Paket
edit-tracking = Sendung ändern
save = Speichern
refund-dots = Erstatten …
packing-slip = Lieferschein
invoice = Rechnung
will-be-refunded = { $amount } werden dem Kunden erstattet.
maybe-refunded = Ist die Zahlung bis dahin eingegangen, wird sie erstattet.
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
payment-disputed = Vom Kunden angefochten
refund-owed = offen: Wir fragen beim Anbieter nach, bis sie erstattet ist
refund-returned = vom Anbieter erstattet
refund-by-hand = von Hand zu erstatten
refund-paid-back = von Hand erstattet
refund-waived = vom offenen Betrag abgezogen

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
dispute-lost = Rückforderung verloren: Die Bank hat das Geld zurückgegeben
tracking-changed = Sendungsnummer geändert
note = Notiz
done-by = { " von " }{ $actor }
cancelled-declined = Zahlung abgelehnt
cancelled-expired = Zahlung nicht rechtzeitig abgeschlossen
cancelled-staff = Vom Team
cancelled-shopper = Vom Kunden
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
refunds-rest = Damit ist der Rest der Bestellung erstattet; sie endet als erstattet.
refunds-last-item = Damit ist der letzte Artikel erstattet, und die Bestellung endet als erstattet. Der Versand ({ $amount }) bleibt bezahlt und kann später erstattet werden.
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
sku = SKU
total-units = Stück insgesamt: { $units }
refunded-not-listed = { $count ->
    [one] { $count } erstattetes Stück ist nicht aufgeführt.
   *[other] { $count } erstattete Stücke sind nicht aufgeführt.
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
confirmation-resent = Bestätigung noch einmal gesendet.
resend-confirmation = Bestätigung erneut senden
