changed-since = Jemand anderes hat diese Einstellungen geändert, seit Sie sie geöffnet haben. Ihre Änderungen sind noch nicht gespeichert; speichern Sie noch einmal, um die anderen zu ersetzen.

# Was an einem Feld falsch ist
choose-an-option = Wählen Sie eine der beiden Möglichkeiten.
number-between = Geben Sie eine Zahl von { $least } bis { $most } ein.
enter-an-amount = Geben Sie einen Betrag ein, zum Beispiel 250,00.
