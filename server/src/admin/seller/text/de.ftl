choose-country = Wählen Sie ein Land aus der Liste.
changed-since = Jemand anderes hat die Angaben geändert, seit Sie die Seite geöffnet haben. Ihre Änderungen sind noch nicht gespeichert; speichern Sie noch einmal, um sie zu ersetzen.
