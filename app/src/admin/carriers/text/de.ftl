carriers = Versanddienste
settings = Einstellungen
why = Wer Ihre Pakete zustellt. In der Adresse der Sendungsverfolgung steht { $number } an der Stelle der Nummer; Bestellungen und E-Mails führen dorthin. Lassen Sie sie leer, wenn es keine solche Seite gibt. Leeren Sie eine Zeile, um einen Versanddienst zu entfernen; Bestellungen behalten den Namen.
name-of = Name von Versanddienst { $place }
pattern-of = Sendungsverfolgung von Versanddienst { $place }
saved = Versanddienste gespeichert.
discard = Änderungen verwerfen
save = Versanddienste speichern
