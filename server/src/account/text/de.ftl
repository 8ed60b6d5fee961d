# Anmelden
wrong-sign-in = Die E-Mail-Adresse oder das Passwort ist falsch.
not-your-password = Das ist nicht Ihr Passwort.
too-many-attempts = Zu viele Versuche. Bitte warten Sie eine Minute.
too-many-with-address = Zu viele Versuche mit dieser Adresse. Bitte warten Sie eine Minute, oder setzen Sie Ihr Passwort per E-Mail zurück, um sich sofort anzumelden.
too-many-codes = Zu viele Versuche. Bitte warten Sie zehn Minuten.

# Ein Konto
no-links = Ein Name darf keinen Link enthalten.
address-is-taken = Diese Adresse gehört schon zu einem anderen Konto.
account-exists = Ein Konto mit dieser Adresse gibt es schon.
only-admin = Sie sind der einzige Admin des Shops. Machen Sie zuerst jemand anderen zum Admin.
too-many-addresses = Sie können höchstens { $most } Adressen speichern. Entfernen Sie zuerst eine.

# Ein neues Passwort
password-too-long = Verwenden Sie höchstens { $most } Zeichen.
password-too-short = Verwenden Sie mindestens { $least } Zeichen.
password-signs = Verwenden Sie nur Buchstaben, Ziffern, Sonderzeichen und Leerzeichen.
easy-to-guess = Das ist leicht zu erraten: { $why ->
    [context] Es enthält Ihren Namen, Ihre Adresse oder den Namen des Shops
    [keys] Es folgt einer Reihe von Tasten
    [repeats] Es wiederholt sich
    [common] Es ist ein sehr häufiges Passwort oder ähnelt einem
    [sequence] Es ist eine Folge wie abc oder 6543
    [date] Es ist im Wesentlichen ein Datum
    [word] Es ist kaum mehr als ein Wort
    [name] Es ist im Wesentlichen ein Name
   *[regular] Es ist zu regelmäßig
}. Ein paar Wörter ohne Zusammenhang ergeben ein gutes Passwort.

# Der zweite Faktor
wrong-code = Dieser Code ist falsch oder wurde schon benutzt. Geben Sie den aktuellen Code Ihrer App oder einen Wiederherstellungscode ein.
wrong-first-code = Dieser Code ist falsch. Geben Sie den aktuellen Code Ihrer App ein, und prüfen Sie, ob die Uhr Ihres Telefons richtig geht.
took-too-long = Das hat zu lange gedauert. Bitte melden Sie sich noch einmal an.
no-factor = Es gibt keinen zweiten Faktor.
factor-already-on = Sie haben schon einen zweiten Faktor. Schalten Sie ihn aus, bevor Sie einen anderen einrichten.
key-has-changed = Beginnen Sie von vorn: Der Schlüssel für Ihre App hat sich geändert.
