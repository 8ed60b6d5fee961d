# Die Vorschau
preview = Vorschau
preview-note = Das ist eine Vorschau. Kunden sehen die Seite so, wie sie zuletzt veröffentlicht wurde.
back-to-editor = Zurück zur Bearbeitung

# Alle Blöcke
home-page = Startseite
view-in-shop = Im Shop ansehen
saved = Block gespeichert. Veröffentlichen Sie die Seite, damit Kunden ihn sehen.
deleted = Block entfernt. Veröffentlichen Sie die Seite, damit er auch für Kunden verschwindet.
published = Startseite veröffentlicht. Kunden sehen sie jetzt.
discarded = Änderungen verworfen.
none-yet = Die Seite hat keine Blöcke. Fügen Sie einen hinzu.
block = Block
order = Reihenfolge
change = Ändern
move-up = Block { $number }, { $kind }, nach oben
move-down = Block { $number }, { $kind }, nach unten
delete = Block { $number }, { $kind }, entfernen
publishing = Veröffentlichung
nothing-changed = Alles ist veröffentlicht.
not-published = Es gibt Änderungen, die Kunden noch nicht sehen.
publish = Veröffentlichen
discard = Änderungen verwerfen …
discard-why = Die Seite wird wieder so, wie Kunden sie jetzt sehen.
discard-now = Ja, Änderungen verwerfen
add-block = Block hinzufügen
add = Hinzufügen

# Arten
kind-hero = Aufmacher
kind-text = Text
kind-picture = Bild
kind-products = Produkte
kind-categories = Kategorien
kind-promises = Versprechen

# Ein Block
picture-saved = Bild gespeichert.
picture-removed = Bild entfernt.
save = Block speichern
cancel = Abbrechen
draft-hint = Kunden sehen ihn, sobald Sie die Seite veröffentlichen.
heading = Überschrift
text = Text
text-hint = Eine leere Zeile beginnt einen neuen Absatz.
button = Schaltfläche
button-link = Die Schaltfläche führt zu
second-button = Zweite Schaltfläche
second-button-link = Die zweite Schaltfläche führt zu
link = Link
link-hint = Eine Seite des Shops wie /products?sort=newest oder eine Adresse, die mit https:// beginnt.
alt = Alternativtext
alt-hint = Was auf dem Bild zu sehen ist, für Menschen, die es nicht sehen können.
products = Welche Produkte
newest = Die neuesten
best-selling = Die meistverkauften
in-category = Aus { $name }
in-collection = Aus der Kollektion { $name }
count = Wie viele
promises-hint = Bis zu vier, jedes mit einem Titel und einem kurzen Text. Eine Zeile ohne Titel wird nicht angezeigt. „{ $cash }“ in den Worten des Shops wird angezeigt, solange Barzahlung bei Lieferung angeboten wird.
promise-title = Titel des Versprechens { $number }
promise-text = Text des Versprechens { $number }
picture-hint = PNG, JPEG oder WebP, bis 8 MB.
hero-picture-hint = PNG, JPEG oder WebP, bis 8 MB. Ohne Bild zeigt der Block einige Ihrer Produkte.

# Was an einem Block nicht stimmt
choose-kind = Wählen Sie, was Sie hinzufügen möchten.
too-many-blocks = Eine Seite kann höchstens { $most } Blöcke haben.
changed-since = Jemand anderes hat diesen Block geändert, seit Sie ihn geöffnet haben.
too-long = Verwenden Sie höchstens { $most } Zeichen.
button-words-wanted = Geben Sie ein, was auf der Schaltfläche steht.
button-link-wanted = Geben Sie ein, wohin die Schaltfläche führt.
words-wanted = Geben Sie eine Überschrift oder einen Text ein.
alt-wanted = Geben Sie ein, was auf dem Bild zu sehen ist: Es ist ein Link.
choose-products = Wählen Sie, welche Produkte gezeigt werden.
choose-count = Wählen Sie, wie viele Produkte gezeigt werden.
promise-title-wanted = Geben Sie einen Titel ein.
