categories = Kategorien
deleted = Kategorie gelöscht.
created = Kategorie angelegt. Geben Sie ihr einen Text und ein Bild.
saved = Kategorie gespeichert.
picture-saved = Bild gespeichert.
picture-removed = Bild entfernt.

# Alle
none-yet = Hier erscheinen Ihre Kategorien.
menu-hint = Eine Kategorie steht im Menü, sobald sie oder eine Unterkategorie ein aktives Produkt hat. Ihre Seite gibt es immer.
name = Name
products = Produkte
order = Reihenfolge
move-up = { $name } nach oben
move-down = { $name } nach unten
new-category = Neue Kategorie
parent = Übergeordnete Kategorie
no-parent = Oberste Ebene
create = Kategorie anlegen

# Eine
view-in-shop = Im Shop ansehen
address = Adresse
address-hint = Der letzte Teil der Adresse der Seite. Die alte Adresse führt weiterhin hierher.
description = Text
description-hint = Steht über den Produkten. HTML wie <p>, <h2>, <ul> und <a>; unsicheres HTML wird beim Speichern entfernt.
save = Kategorie speichern
current = Aktueller Wert: { $value }
picture-hint = PNG, JPEG oder WebP, bis 8 MB. Breite Bilder wirken am besten. Ohne Bild zeigt die Kategorie das ihres meistverkauften Produkts.
delete = Diese Kategorie löschen
delete-why = Die Kategorie und ihre Seite werden endgültig gelöscht. Ihre Produkte bleiben.
delete-products = { $count ->
    [one] { $count } Produkt hat dann keine Kategorie mehr.
   *[other] { $count } Produkte haben dann keine Kategorie mehr.
}
delete-below = { $count ->
    [one] { $count } Unterkategorie rückt eine Ebene nach oben.
   *[other] { $count } Unterkategorien rücken eine Ebene nach oben.
}
delete-now = Endgültig löschen

# Was an einer nicht stimmt
name-wanted = Geben Sie einen Namen ein.
too-long = Verwenden Sie höchstens { $most } Zeichen.
name-taken = Eine andere Kategorie hat diesen Namen.
address-empty = Es muss mindestens ein Buchstabe oder eine Ziffer dabei sein.
address-taken = Eine andere Kategorie hat diese Adresse.
name-or-address-taken = Eine andere Kategorie hat diesen Namen oder diese Adresse.
choose-parent = Wählen Sie eine der Kategorien.
below-itself = Eine Kategorie kann nicht unterhalb von sich selbst stehen.
too-deep = Kategorien können höchstens { $most } Ebenen tief verschachtelt sein.
text-too-long = Dieser Text ist zu lang.
changed-since = Jemand anderes hat diese Kategorie geändert, seit Sie sie geöffnet haben.
