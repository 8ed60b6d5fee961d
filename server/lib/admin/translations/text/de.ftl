# Was mit einem Text nicht stimmt
up-to-characters = Verwenden Sie höchstens { $most } Zeichen.
control-characters = Der Text enthält Steuerzeichen. Bitte geben Sie ihn noch einmal ein.
fill-in-the-gaps = Die Seite ist veröffentlicht. Füllen Sie vor dem Speichern die Lücken aus: { $gaps }

# Jemand anderes war schneller
removed-since = Jemand anderes hat diese Übersetzung entfernt. Speichern Sie noch einmal, um Ihre zu behalten.
changed-since = Jemand anderes hat dies in „{ $present }“ geändert. Speichern Sie noch einmal, um es zu ersetzen.
removed-since-in-file = Jemand anderes hat diese Übersetzung entfernt. Leeren Sie die Zelle in der Spalte „Was“, um Ihre zu behalten.
changed-since-in-file = Jemand anderes hat dies in „{ $present }“ geändert. Leeren Sie die Zelle in der Spalte „Was“, um es zu ersetzen.

# Eine Datei mit Übersetzungen
no-translation-file = Das ist keine Datei mit Übersetzungen. Laden Sie die Texte herunter und füllen Sie die Spalte „Translated content“ aus.
file-too-large = Die Datei ist größer als 4 MB.
too-many-rows = Eine Datei kann höchstens { $most } Zeilen haben.
no-such-text = Diesen Text gibt es nicht (mehr).
line-is-wrong = Zeile { $line }: { $words }
