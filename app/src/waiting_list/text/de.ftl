waiting-list = Warteliste
sold-out-note = Ausverkauft? Hinterlassen Sie Ihre E-Mail-Adresse.
partly-sold-out-note = Ist Ihre Auswahl ausverkauft? Hinterlassen Sie Ihre E-Mail-Adresse.
to-waiting-list = Benachrichtigen
all-taken = Alles vergeben.
being-paid = { $units ->
    [one] Ein Stück wird gerade bezahlt.
   *[other] { $units } Stück werden gerade bezahlt.
}
first-decided = { $minutes ->
    [one] Das erste Stück ist in höchstens einer Minute bezahlt oder wieder frei.
   *[other] Das erste Stück ist spätestens in { $minutes } Minuten bezahlt oder wieder frei.
}
# Eine Zahl kommt an die Stelle von #.
paying-now = Gerade in Bezahlung: { $units }.
decided-in = Das erste Stück ist spätestens in { $minutes } Min. bezahlt oder wieder frei.
there-again = Wieder verfügbar.
reload = Seite neu laden
nothing-sold-out = { $title } ist nicht ausverkauft.
to-product = Zu { $title }
notice-why = Wir schreiben Ihnen einmal, sobald es wieder verfügbar ist. Wer zuerst bestellt, bekommt es.
in-turn-why = Was zurückkommt, wird den Personen auf der Liste angeboten, je ein Stück, in der Reihenfolge ihrer Bestätigung. Ihres bewahren wir einige Stunden für Sie auf, und niemand sonst kann es so lange kaufen.
not-shown = ein Produkt, das zurzeit nicht gezeigt wird
which = Welche Variante
email = E-Mail-Adresse
ask = Link schicken
link-sent = Steht diese Adresse noch nicht auf der Liste, ist ein Link an sie unterwegs. Öffnen Sie ihn, um zu bestätigen.
choose-variant = Wählen Sie, worauf Sie warten.
not-sold-out = Es ist wieder verfügbar. Sie können es jetzt bestellen.
cannot-wait = Dafür gibt es zurzeit keine Warteliste.
too-many-asked = Es wurden zu viele Links angefordert. Versuchen Sie es in einigen Minuten noch einmal.
confirm-notice = Anfrage bestätigen
confirm-place = Platz auf der Liste bestätigen
confirm-why = Sie haben nach { $name } gefragt. Auf der Liste sind Sie erst, wenn Sie bestätigen.
confirm = Bestätigen
waiting-notice = Wir schreiben Ihnen, sobald { $name } wieder verfügbar ist
waiting-place = Sie stehen auf der Warteliste für { $name }
ahead = { $count ->
    [0] Sie sind als Nächstes dran.
    [one] Eine Person ist vor Ihnen.
   *[other] { $count } Personen sind vor Ihnen.
}
leave-it = Liste verlassen
offered-title = { $name } ist für Sie aufgehoben
offered-until = Bis
offered-why = Ein Stück, für eine Bestellung mit der E-Mail-Adresse, an die dieser Link ging. Niemand sonst kann es so lange kaufen.
take-it = In den Warenkorb legen
pass-on = Ich möchte es nicht mehr
lapsed-title = Ihre Zeit, { $name } zu bestellen, ist abgelaufen
lapsed-why = Es wurde der nächsten Person auf der Liste angeboten. Sie können sich am Ende der Liste wieder eintragen.
ordered-title = Sie haben { $name } bestellt
told-title = Wir haben Ihnen geschrieben, dass { $name } wieder verfügbar ist
over-title = { $name }: Der Drop ist vorbei
left = Sie haben die Liste verlassen. Ihre Adresse ist daraus gelöscht.
ask-again = Zur Warteliste
no-unit-kept = Für diesen Link ist nichts mehr aufgehoben.
admin-title = Warteliste
admin-why = Was zurückkommt, wird den Personen auf der Liste in ihrer Reihenfolge angeboten, bevor es sonst jemand kaufen kann.
admin-hours = Stunden, die ein Stück aufgehoben wird
admin-save = Warteliste speichern
admin-saved = Warteliste gespeichert.
admin-waiting = { $count ->
    [one] { $count } Person wartet
   *[other] { $count } Personen warten
}
admin-offered = { $count ->
    [one] { $count } hat ein Angebot
   *[other] { $count } haben ein Angebot
}
admin-nobody = Niemand wartet.
admin-hours-wrong = Geben Sie Stunden von 1 bis { $most } ein.
