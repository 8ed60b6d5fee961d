no-such-rate = Diese Bremse gibt es nicht.
number = Geben Sie eine Zahl von 1 bis { $most } ein, oder lassen Sie das Feld leer, wenn es keine Grenze geben soll.
changed-since = Jemand anderes hat die Bremsen geändert, seit Sie die Seite geöffnet haben. Ihre Änderungen sind noch nicht gespeichert; speichern Sie noch einmal, um sie zu ersetzen.
