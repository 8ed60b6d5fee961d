# Im Shop
more = Weitere Links

# Die Verwaltung
pages = Seiten
menus = Menüs
header-menu = Menü im Kopf der Seite
footer-menu = Menü im Fuß der Seite
no-header-menu = Noch keine Einträge. Bis Sie einen hinzufügen, stehen im Kopf der Seite die Kategorien.
no-footer-menu = Noch keine Einträge. Bis Sie einen hinzufügen, stehen im Fuß der Seite die Kategorien.
add-item = Menüeintrag hinzufügen
saved = Menüeintrag gespeichert. Kunden sehen ihn jetzt.
deleted = Menüeintrag gelöscht.
not-shown = Nicht sichtbar
heading = Überschrift ohne Link
target-gone = Das Ziel gibt es nicht mehr
up = Nach oben
down = Nach unten
move-up = { $label } nach oben
move-down = { $label } nach unten
label = Beschriftung
parent = Übergeordneter Eintrag
top = Oberste Ebene
target = Führt zu
to-an-address = Der Adresse unten
to-nowhere = Nichts: eine Überschrift für die Einträge darunter
page = Seite
category = Kategorie
collection = Kollektion
address = Adresse
address-hint = Eine Website (https://…) oder ein Pfad des Shops wie /products oder /products/pocket-compass. Einträge zu einem Produkt funktionieren auch, wenn sich dessen Adresse ändert.
save-item = Menüeintrag speichern
cancel = Abbrechen
delete-item = Diesen Menüeintrag löschen
delete-item-why = Damit werden auch alle Einträge darunter gelöscht. Die Seiten und Produkte, zu denen sie führen, bleiben.
yes-delete-item = Menüeintrag löschen
send-up-or-down = Senden Sie up oder down.
