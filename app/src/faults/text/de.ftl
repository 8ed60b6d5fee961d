# E-Mail-Adressen
no-address = Geben Sie eine E-Mail-Adresse ein, zum Beispiel name@example.com.
local-part = Eine Adresse mit Buchstaben wie ü oder я vor dem @ erreichen unsere E-Mails vielleicht nicht. Geben Sie eine andere ein.

# Länder
not-delivered-to = Wir liefern nicht in dieses Land: { $country }. Wählen Sie ein anderes.
choose-a-country = Wählen Sie ein Land, in das wir liefern.

# Postleitzahlen und Bundesstaaten, nach dem Code des Landes
postal-code-missing = Geben Sie die Postleitzahl ein.
postal-code-of = Geben Sie eine Postleitzahl ein ({ $country }, zum Beispiel { $example }).
postal-code-form = Geben Sie eine Postleitzahl aus 2 bis 10 Buchstaben und Ziffern ein, oder prüfen Sie das Land.
state-missing = { $code ->
    [AU] Geben Sie den Bundesstaat oder das Territorium ein.
    [CA] Geben Sie die Provinz oder das Territorium ein.
    [CN] Geben Sie die Provinz ein.
    [JP] Geben Sie die Präfektur ein.
   *[US] Geben Sie den Bundesstaat ein.
}
state-unknown = { $code ->
    [AU] Geben Sie einen Bundesstaat oder ein Territorium ein ({ $country }), zum Beispiel { $name } oder { $short }.
    [CA] Geben Sie eine Provinz oder ein Territorium ein ({ $country }), zum Beispiel { $name } oder { $short }.
   *[US] Geben Sie einen Bundesstaat ein ({ $country }), zum Beispiel { $name } oder { $short }.
}

# Textzeilen
ordinary-characters = Verwenden Sie höchstens { $most } gewöhnliche Zeichen.
invisible-characters = Hier stehen unsichtbare Zeichen oder solche, die die Schreibrichtung ändern. Bitte geben Sie den Text noch einmal ein.

# Was zu einem Fehler gesagt wird, über den nicht mehr bekannt ist
not-found = Unter dieser Adresse gibt es nichts.
internal = Bei uns ist etwas schiefgegangen. Es wurde nichts geändert.
unavailable = Der Shop ist gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.
busy = Gerade sind sehr viele Menschen im Shop. Bitte versuchen Sie es gleich noch einmal.
too-large = Das ist zu groß.
wrong-method = Diese Adresse lässt sich so nicht verwenden.
invalid = Ein Teil der gesendeten Daten fehlt oder ist ungültig.
not-open = Dieser Shop ist noch nicht eröffnet. Es wurde nichts bestellt.
empty-cart = Ihr Warenkorb ist leer.

# Was ein Zahlungsanbieter nicht getan hat
payment-away = Der Zahlungsanbieter antwortet nicht. Es wurde nichts geändert. Versuchen Sie es in einer Minute erneut.
payment-limited = { $minutes ->
    [one] Der Zahlungsanbieter nimmt gerade keine weiteren Anfragen an. Es wurde nichts geändert. Versuchen Sie es in einer Minute erneut.
   *[other] Der Zahlungsanbieter nimmt gerade keine weiteren Anfragen an. Es wurde nichts geändert. Versuchen Sie es in { $minutes } Minuten erneut.
}
payment-unclear = Der Zahlungsanbieter hat nicht rechtzeitig geantwortet. Ob dies geschehen ist, ist noch nicht bekannt. Der Shop fragt innerhalb von zwei Minuten von selbst noch einmal nach. Sehen Sie sich diese Seite noch einmal an, bevor Sie es erneut versuchen.
payment-not-set-up = Der Zahlungsanbieter lehnt alle Anfragen dieses Shops ab. Es wurde nichts geändert. „server payments check“ sagt, woran es liegt.
payment-refused = Der Zahlungsanbieter lehnt dies ab. Es wurde nichts geändert. Er sagt: { $words }
payment-not-now = Der Zahlungsanbieter lehnt dies vorerst ab. Es wurde nichts geändert. Er sagt: { $words }

# Was mit einer Position des Warenkorbs nicht stimmt
sold-out = { $title } ist ausverkauft.
not-yet = { $title } wird noch nicht verkauft.
waiting = { $title } wird über einen Warteraum verkauft. Nehmen Sie auf der Seite des Drops einen Platz und warten Sie, bis Sie dran sind.
only-left = { $title }: nur noch { $available } verfügbar.
price-changed = Der Preis von { $title } hat sich geändert.
limit-reached = { $title }: höchstens { $units } pro Kunde.
limit-ordered = { $title }: höchstens { $units } pro Kunde; bestellt haben Sie bereits { $ordered }.
no-longer-sold = { $title } ist nicht mehr erhältlich.

# Ein abgelehntes Formular
fix-fields = { $count ->
    [one] Bitte prüfen Sie ein Feld.
   *[other] Bitte prüfen Sie { $count } Felder.
}
review-items = { $count ->
    [one] Bitte prüfen Sie { $count } Artikel in Ihrem Warenkorb.
   *[other] Bitte prüfen Sie { $count } Artikel in Ihrem Warenkorb.
}

# Eine Rolle und ein zweiter Faktor
second-factor-needed = Dieser Shop verlangt von allen Mitarbeitenden einen zweiten Faktor. Richten Sie ihn in Ihrem Konto unter „Anmeldung und Sicherheit“ ein.
own-factor-needed = Richten Sie zuerst Ihren eigenen zweiten Faktor ein, in Ihrem Konto unter „Anmeldung und Sicherheit“.
confirm-needed = Bestätigen Sie, dass Sie es sind: Senden Sie dies noch einmal mit einem Code Ihrer Authentifizierungs-App oder einem Wiederherstellungscode als confirm_code.
# Beträge
amount-readings = { $typed } könnte { $small } oder { $large } bedeuten
amount-either = { $large } oder { $small }
amount-or-decimals = { $large }, oder verwenden Sie höchstens { $digits } Nachkommastellen
amount-ambiguous = { $readings }. Schreiben Sie { $instead }.
amount-ambiguous-in-file = { $readings }; schreiben Sie { $instead }
amount-no-decimals = Lassen Sie die Nachkommastellen weg: Diese Währung hat keine.
amount-decimals = Verwenden Sie höchstens { $digits } Nachkommastellen.
