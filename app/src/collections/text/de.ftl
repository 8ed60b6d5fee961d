# Im Shop
nothing-now = Aus dieser Kollektion ist gerade nichts erhältlich.
all-products = Alle Produkte

# Alle
collections = Kollektionen
deleted = Kollektion gelöscht.
none-yet = Hier erscheinen Ihre Kollektionen.
name = Name
products = Produkte
new-collection = Neue Kollektion
create = Kollektion anlegen

# Eine
created = Kollektion angelegt. Fügen Sie Produkte hinzu.
saved = Kollektion gespeichert.
picture-saved = Bild gespeichert.
picture-removed = Bild entfernt.
view-in-shop = Im Shop ansehen
no-products-yet = Diese Kollektion hat noch keine Produkte. Suchen Sie unten nach welchen.
product = Produkt
order = Reihenfolge
change = Ändern
move-up = { $title } nach oben
move-down = { $title } nach unten
not-on-sale = Nicht aktiv
remove = { $title } aus dieser Kollektion entfernen
address = Adresse
address-hint = Der letzte Teil der Adresse der Seite. Die alte Adresse führt weiterhin hierher.
description = Text
description-hint = Steht über den Produkten. HTML wie <p>, <h2>, <ul> und <a>; unsicheres HTML wird beim Speichern entfernt.
save = Kollektion speichern
picture-hint = PNG, JPEG oder WebP, bis 8 MB. Breite Bilder wirken am besten.
delete = Diese Kollektion löschen
delete-why = Die Kollektion und ihre Seite werden endgültig gelöscht. Ihre Produkte bleiben.
delete-now = Endgültig löschen

# Was an einer nicht stimmt
name-wanted = Geben Sie einen Namen ein.
too-long = Verwenden Sie höchstens { $most } Zeichen.
name-taken = Eine andere Kollektion hat diesen Namen.
address-empty = Es muss mindestens ein Buchstabe oder eine Ziffer dabei sein.
address-taken = Eine andere Kollektion hat diese Adresse.
text-too-long = Dieser Text ist zu lang.
changed-since = Jemand anderes hat diese Kollektion geändert, seit Sie sie geöffnet haben.
too-many = Es kann höchstens { $most } Kollektionen geben. Löschen Sie eine.
too-many-products = Eine Kollektion kann höchstens { $most } Produkte haben. Entfernen Sie eines.
choose-product = Wählen Sie eines der Produkte.
