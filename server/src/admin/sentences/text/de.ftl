no-such-sentence = Diesen Satz gibt es nicht, oder der Shop hat diese Sprache nicht.
changed-since = Jemand anderes hat die Sätze geändert, seit Sie die Seite geöffnet haben. Ihre Änderungen sind noch nicht gespeichert; speichern Sie noch einmal, um sie zu ersetzen.
