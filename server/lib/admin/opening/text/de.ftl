changed-since = Das ist schon geschehen. Laden Sie die Seite neu.
not-done = Ihr Shop kann noch nicht öffnen: In der Liste ist noch nicht alles erledigt.
test-is-on-its-way = Eine Test-E-Mail ist schon unterwegs. Laden Sie diese Seite gleich noch einmal.
nothing-to-confirm = Das lässt sich nicht von Hand bestätigen.
send-a-test-first = Senden Sie zuerst eine Test-E-Mail und bestätigen Sie, wenn sie angekommen ist.
settings-changed-since = Die Einstellungen wurden inzwischen geändert. Prüfen Sie sie noch einmal und bestätigen Sie dann.
