# E-Mail-Adressen
no-address = Geben Sie eine E-Mail-Adresse ein, zum Beispiel name@example.com.
local-part = Eine Adresse mit Buchstaben wie ü oder я vor dem @ erreichen unsere E-Mails vielleicht nicht. Geben Sie eine andere ein.

# Länder
not-delivered-to = Nach { $country } liefern wir nicht. Wählen Sie ein anderes Land.
choose-a-country = Wählen Sie ein Land, in das wir liefern.

# Postleitzahlen und Bundesstaaten, nach dem Code des Landes
postal-code-missing = Geben Sie die Postleitzahl ein.
postal-code-of = Geben Sie eine Postleitzahl für { $country } ein, zum Beispiel { $example }.
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

# Beträge
amount-readings = { $typed } könnte { $small } oder { $large } bedeuten
amount-either = { $large } oder { $small }
amount-or-decimals = { $large }, oder verwenden Sie höchstens { $digits } Nachkommastellen
amount-ambiguous = { $readings }. Schreiben Sie { $instead }.
amount-ambiguous-in-file = { $readings }; schreiben Sie { $instead }
amount-no-decimals = Lassen Sie die Nachkommastellen weg: Diese Währung hat keine.
amount-decimals = Verwenden Sie höchstens { $digits } Nachkommastellen.
