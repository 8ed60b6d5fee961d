# Was mit einem Feld nicht stimmt
enter-an-amount = Geben Sie einen Betrag ein, zum Beispiel 4,90.
enter-the-name = Geben Sie den Namen des Shops ein.
enter-a-tax = Geben Sie einen Prozentsatz von 0 bis 100 ein, zum Beispiel 19.
choose-an-option = Wählen Sie eine der beiden Möglichkeiten.
enter-a-currency = Geben Sie einen Code nach ISO 4217 ein, zum Beispiel EUR.
choose-a-time-zone = Wählen Sie eine Zeitzone aus der Liste, zum Beispiel Europe/Berlin.
enter-a-sender = Geben Sie ihn so ein: Shop <orders@shop.example>.
choose-countries = Wählen Sie Länder aus der Liste.
choose-language = Wählen Sie eine Sprache aus der Liste.
choose-languages = Wählen Sie Sprachen aus der Liste.
choose-regions = Wählen Sie Regionen aus der Liste.
choose-one-country = Wählen Sie mindestens ein Land, in das Sie liefern.
name-the-method = Geben Sie dieser Versandart einen Namen oder lassen Sie die Zeile leer.
name-of-its-own = Geben Sie dieser Versandart einen eigenen Namen.
add-a-method = Legen Sie mindestens eine Versandart an.
too-many-methods = Legen Sie höchstens { $most } Versandarten an.
enter-both-days = Füllen Sie beide Felder für Tage aus, oder lassen Sie beide leer.
days-in-order = Geben Sie mindestens { $from } an.
choose-a-handover = Wählen Sie „Lieferung“ oder „Abholung“.
enter-a-time = Geben Sie eine Uhrzeit an, zum Beispiel 14:00.
changed-since = Jemand anderes hat die Einstellungen geändert, seit Sie sie geöffnet haben.

# Eine andere Währung
every-price-becomes = Aus { $before } wird { $after }; ebenso bei allen Preisen, Streichpreisen, Warenkörben und Versandarten.
prices-rounded = { $count ->
    [one] { $count } Preis wird gerundet.
   *[other] { $count } Preise werden gerundet.
}
prices-rounded-as = { $count ->
    [one] { $count } Preis wird gerundet: Aus { $before } wird { $after }.
   *[other] { $count } Preise werden gerundet: Aus { $before } wird { $after }.
}
prices-become = { $count ->
    [one] { $count } Preis wird zu { $nothing }.
   *[other] { $count } Preise werden zu { $nothing }.
}
past-orders-stay = Frühere Bestellungen bleiben in { $currency }. Setzen Sie hier einen Haken, um die Währung zu ändern.
job-is-running = Eine Massenbearbeitung oder ein Import läuft. Ändern Sie die Währung danach.
prices-too-large = { $count ->
    [one] Ein Preis läge über { $dearest }.
   *[other] { $count } Preise lägen über { $dearest }.
}
