carriers = Paketdienste
why = Wer Ihre Pakete zustellt. In der Adresse der Sendungsverfolgung steht { $number } an der Stelle der Nummer; Bestellungen und E-Mails führen dorthin. Lassen Sie sie leer, wenn es keine solche Seite gibt. Leeren Sie eine Zeile, um einen Paketdienst zu entfernen; Bestellungen behalten den Namen.
name-of = Name von Paketdienst { $place }
pattern-of = Sendungsverfolgung von Paketdienst { $place }
saved = Paketdienste gespeichert.
save = Paketdienste speichern
