announcement = Hinweis

# Im Adminbereich
announcements = Hinweise
saved = Hinweis gespeichert.
deleted = Hinweis gelöscht.
none-yet = Hier erscheinen Ihre Hinweise. Einer steht über jeder Seite des Shops.
one-at-a-time = Es wird immer nur einer angezeigt: von den laufenden der, der zuletzt begonnen hat.
text = Text
starts = Beginn
ends = Ende
change = Ändern
at-once = Sofort
never = Nie
shown = Wird angezeigt
scheduled = Geplant
ended = Beendet
covered = Von einem anderen verdeckt
delete = „{ $text }“ löschen
new-announcement = Neuer Hinweis
edit-announcement = Hinweis bearbeiten
link = Link
link-hint = Eine Seite des Shops wie /products?sort=newest oder eine Adresse, die mit https:// beginnt.
time-hint = In der Zeitzone des Shops ({ $zone }).
create = Hinweis anlegen
save = Hinweis speichern
cancel = Abbrechen

# Was an einem nicht stimmt
text-wanted = Geben Sie einen Text ein.
too-long = Verwenden Sie höchstens { $most } Zeichen.
time-wanted = Geben Sie Datum und Uhrzeit ein, etwa 2026-12-24 18:00.
ends-too-soon = Das Ende muss nach dem Beginn liegen.
too-many = Es kann höchstens { $most } Hinweise geben. Löschen Sie einen.
changed-since = Jemand anderes hat diesen Hinweis geändert, seit Sie ihn geöffnet haben.
