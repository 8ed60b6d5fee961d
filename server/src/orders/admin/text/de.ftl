# Ein Schritt, den eine Bestellung nicht tut
already-done = Diese Bestellung ist schon { $action ->
    [paid] bezahlt
    [packed] verpackt
    [shipped] versandt
    [delivered] zugestellt
    [cancelled] storniert
   *[refunded] erstattet
    }.
wrong-step = Eine Bestellung, die { $status ->
    [awaiting_confirmation] noch nicht bestätigt
    [pending_payment] noch nicht bezahlt
    [paid] bestätigt
    [packed] verpackt
    [shipped] versandt
    [delivered] zugestellt
    [cancelled] storniert
   *[refunded] erstattet
    } ist, kann nicht { $action ->
    [paid] bezahlt
    [packed] verpackt
    [shipped] versandt
    [delivered] zugestellt
    [cancelled] storniert
   *[refunded] erstattet
    } werden.
refund-the-rest = Ein Teil dieser Bestellung wurde erstattet. Erstatten Sie stattdessen den Rest.
not-shipped-yet = Diese Bestellung wurde noch nicht versandt.
not-to-confirm = Diese Bestellung wartet nicht mehr auf eine Bestätigung.
nothing-due = Für diese Bestellung ist nichts offen.
money-not-received = Der Zahlungsanbieter hat das Geld nicht erhalten.

# Geld bei einem Anbieter, von Hand eingezogen oder nicht mehr reserviert
nothing-to-capture = Der Zahlungsanbieter hat für diese Bestellung kein Geld reserviert.
nothing-to-release = Der Zahlungsanbieter hat für diese Bestellung keine Autorisierung, die sich aufheben ließe.
provider-not-set-up = Der Zahlungsanbieter dieser Bestellung ist nicht mehr eingerichtet. Richten Sie ihn wieder ein, und ziehen Sie die Zahlung dann ein, oder heben Sie die Autorisierung auf.
still-processing = Die Bank bearbeitet diese Zahlung noch. Versuchen Sie es in einigen Minuten erneut.
captured-already = Diese Zahlung wurde bereits eingezogen. Erstatten Sie stattdessen die Bestellung.
release-is-wanted = Für diese Autorisierung wurde die Aufhebung angefordert, daher wird nichts davon eingezogen. Der Shop fragt beim Zahlungsanbieter nach, bis sie aufgehoben ist.
release-needs-setting = Die Autorisierung ist noch nicht aufgehoben, und bis dahin wird nichts eingezogen: Der Zahlungsanbieter lehnt alle Anfragen dieses Shops ab. „server payments check“ sagt, woran es liegt.
not-waiting-for-payment = Diese Bestellung wartet nicht mehr auf ihre Zahlung, deshalb kann nichts abgebucht werden.

# Notizen
enter-a-note = Geben Sie eine Notiz ein.
long-note = Verwenden Sie höchstens { $most } Zeichen.

# Erstattungen
choose-units = Wählen Sie, was und wie viel erstattet wird.
nothing-left = Hier ist nichts mehr zu erstatten.
number-up-to = Geben Sie eine Zahl von 0 bis { $most } ein.
refund-disputed = Die Zahlung dieser Bestellung wird zurückgefordert. Über das Geld entscheidet die Bank, deshalb ist hier keine Erstattung möglich.
refunded-meanwhile = Jemand anderes hat einen Teil dieser Bestellung erstattet. Prüfen Sie, was noch übrig ist.
refund-is-now = Die Erstattung beträgt jetzt { $amount }. Prüfen Sie sie, bevor Sie bestätigen.
by-hand-after-bank = Die Bank des Kunden hat über diese Zahlung noch nicht entschieden. Zahlen Sie bis dahin nichts von Hand zurück, sonst bekommt der Kunde das Geld vielleicht doppelt.
no-such-sum = Von dieser Zahlung ist nichts mehr zurückzugeben.
sum-is-being-sent = Der Zahlungsanbieter soll diesen Betrag zurückgeben, und noch ist nicht bekannt, ob er es tut. Zahlen Sie ihn bis dahin nicht von Hand zurück, sonst bekommt der Kunde das Geld vielleicht doppelt. Der Shop fragt innerhalb weniger Minuten noch einmal nach.
no-such-refund = Es gibt keine Erstattung mit dieser Nummer, die von Hand zurückzuzahlen ist.
resent-often = E-Mails zu dieser Bestellung wurden innerhalb einer Stunde { $most }-mal erneut gesendet. Versuchen Sie es später noch einmal.
nothing-to-resend = Für diese Bestellung gibt es keine solche E-Mail zu senden.

# Banküberweisungen
no-transfer-order = Diese Bestellung wird nicht per Überweisung bezahlt.
nothing-to-return = Von dieser Zahlung ist nichts mehr zurückzuzahlen.
enter-an-amount = Geben Sie einen Betrag ein, zum Beispiel 49,00.
enter-a-day = Geben Sie den Tag ein, an dem das Geld eingegangen ist.
