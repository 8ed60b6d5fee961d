waiting-list = Warteliste
sold-out-note = Ausverkauft? Hinterlassen Sie Ihre E-Mail-Adresse.
partly-sold-out-note = Ihre Auswahl ist ausverkauft? Hinterlassen Sie Ihre E-Mail-Adresse.
to-waiting-list = Benachrichtigen
all-taken = Alles vergeben.
being-paid = { $units ->
    [one] Eines wird gerade bezahlt.
   *[other] { $units } werden gerade bezahlt.
}
first-decided = { $minutes ->
    [one] Das erste ist in einer Minute bezahlt oder wieder da.
   *[other] Das erste ist spätestens in { $minutes } Minuten bezahlt oder wieder da.
}
# Eine Zahl kommt an die Stelle von #.
paying-now = { $units } werden gerade bezahlt.
decided-in = Das erste ist spätestens in { $minutes } Min. bezahlt oder wieder da.
there-again = Es gibt wieder etwas.
reload = Seite laden
nothing-sold-out = Von { $title } ist nichts ausverkauft.
to-product = Zu { $title }
notice-why = Wir schreiben Ihnen einmal, sobald es wieder etwas gibt. Wer zuerst bestellt, bekommt es.
in-turn-why = Was zurückkommt, wird denen auf der Liste angeboten, je ein Stück, in der Reihenfolge ihrer Bestätigung. Es wird einige Stunden für Sie aufgehoben und ist so lange nicht zu kaufen.
not-shown = etwas, das zurzeit nicht gezeigt wird
which = Welches
email = E-Mail-Adresse
ask = Link senden
link-sent = Steht diese Adresse noch nicht auf der Liste, ist ein Link an sie unterwegs. Öffnen Sie ihn, um zu bestätigen.
choose-variant = Wählen Sie, worauf Sie warten.
not-sold-out = Es gibt wieder etwas. Bestellen Sie, bevor es weg ist.
cannot-wait = Darauf kann man zurzeit nicht warten.
too-many-asked = Es wurden zu viele Links angefordert. Versuchen Sie es in einigen Minuten noch einmal.
confirm-notice = Benachrichtigung bestätigen
confirm-place = Platz auf der Liste bestätigen
confirm-why = Sie haben nach { $name } gefragt. Bevor Sie bestätigen, wird nichts gesendet und nichts aufgehoben.
confirm = Bestätigen
waiting-notice = Wir schreiben Ihnen, sobald { $name } wieder da ist
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
lapsed-title = Die Zeit für { $name } ist um
lapsed-why = Es ging an die Nächsten auf der Liste. Sie können um einen Platz an ihrem Ende bitten.
ordered-title = Sie haben { $name } bestellt
told-title = Wir haben Ihnen geschrieben, dass { $name } wieder da ist
over-title = { $name }: Der Drop ist vorbei
left = Sie haben die Liste verlassen. Von Ihnen ist nichts mehr gespeichert.
ask-again = Zur Warteliste
no-unit-kept = Für diesen Link ist nichts mehr aufgehoben.
admin-title = Warteliste
admin-why = Was zurückkommt, wird denen angeboten, die warten, in ihrer Reihenfolge, bevor es sonst jemand kaufen kann.
admin-hours = Stunden, die ein Stück aufgehoben wird
admin-save = Speichern
admin-saved = Gespeichert.
admin-waiting = { $count ->
    [one] Eine Person wartet
   *[other] { $count } Personen warten
}
admin-offered = { $count ->
    [one] einer ist ein Stück angeboten
   *[other] { $count } ist ein Stück angeboten
}
admin-nobody = Niemand wartet.
admin-hours-wrong = Geben Sie Stunden von 1 bis { $most } ein.
