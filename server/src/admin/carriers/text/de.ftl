changed-since = Jemand anderes hat die Versanddienste geändert, seit Sie die Seite geöffnet haben. Ihre Änderungen sind noch nicht gespeichert; speichern Sie noch einmal, um sie zu ersetzen.
enter-a-name = Geben Sie einen Namen ein.
named-twice = Diesen Versanddienst gibt es zweimal.
too-many = Geben Sie höchstens { $most } Versanddienste ein.
enter-a-pattern = Geben Sie eine Adresse ein, die mit https:// beginnt und hinter dem Host genau einmal { $number } enthält.
