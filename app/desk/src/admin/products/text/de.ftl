# Die Liste
products = Produkte
import-and-export = Import und Export
new-product = Neues Produkt
on-sale-now = Es kann jetzt gekauft werden.
off-sale-now = { $carts ->
    [0] Kunden sehen es nicht mehr. Es liegt in keinem Warenkorb.
    [one] Kunden sehen es nicht mehr. Es liegt in 1 Warenkorb; dort wird es als nicht erhältlich angezeigt.
   *[other] Kunden sehen es nicht mehr. Es liegt in { $carts } Warenkörben; dort wird es als nicht erhältlich angezeigt.
}
now-active = { $title } ist jetzt aktiv.
now-inactive = { $title } ist jetzt inaktiv.
status = Status
all = Alle
active = Aktiv
inactive = Inaktiv
activate = Aktivieren
edit-row = Bearbeiten
actions-for = Aktionen für { $title }
deactivate = Deaktivieren
# Hinter dem Wort auf der Schaltfläche, nur vorgelesen
switch-what = : { $title }
all-categories = Alle Kategorien
any-stock = Jeder Lagerbestand
stock-there = Auf Lager
stock-low = Wird knapp
stock-gone = Ausverkauft
sort-newest = Neueste zuerst
sort-edited = Zuletzt bearbeitete zuerst
sort-title = Titel, A bis Z
sort-price-up = Preis aufsteigend
sort-price-down = Preis absteigend
sort-status = Aktive zuerst
sort-stock-up = Bestand aufsteigend
sort-stock-down = Bestand absteigend
sort-category = Kategorie, A bis Z
show-all = Alle anzeigen
search = Suche
category = Kategorie
tag = Schlagwort
vendor = Marke
stock = Lagerbestand
any-translation = Alle Übersetzungen
translation = Übersetzung
sort-by = Sortieren nach
show = Anzeigen
no-products-found = Keine Produkte gefunden
no-matches = Nichts gefunden. Legen Sie ein Produkt an oder importieren Sie eine Datei.
show-all-products = Alle Produkte anzeigen
tick = Auswahl
action = Aktion
product = Produkt
price = Preis
variant-count = { $count ->
    [one] { $count } Variante
   *[other] { $count } Varianten
}
select-all-here = Alle auf dieser Seite auswählen
# Hinter der Überschrift, sobald etwas ausgewählt ist. Für `#` wird die Zahl eingesetzt.
ticked = { " " }(# ausgewählt)

# Mehrere auf einmal bearbeiten
select-what = { $title } auswählen
all-matching = Alle gefundenen Produkte, auf allen Seiten
all-matching-count = { $count ->
    [one] Das gefundene Produkt
   *[other] Alle { $count } gefundenen Produkte, auf allen Seiten
}
selected-products = Ausgewählte Produkte
bulk-edit = Massenbearbeitung
apply-to = Anwenden auf
bulk-value = Betrag, Prozentsatz oder Schlagwort
preview-changes = Änderungen ansehen

# Das Formular eines Produkts
limits = Höchstmengen pro Kunde
view-in-shop = Im Shop ansehen
not-saved-yet = Noch nicht gespeichert. Speichern Sie, wenn alles stimmt.
saved-active = Gespeichert. Kunden sehen es jetzt.
saved-inactive = { $carts ->
    [0] Gespeichert. Solange es inaktiv ist, sehen Kunden es nicht.
    [one] Gespeichert. Solange es inaktiv ist, sehen Kunden es nicht. Es liegt in 1 Warenkorb; dort wird es als nicht erhältlich angezeigt.
   *[other] Gespeichert. Solange es inaktiv ist, sehen Kunden es nicht. Es liegt in { $carts } Warenkörben; dort wird es als nicht erhältlich angezeigt.
}
preview-draft = Als Kunde ansehen
draft = Entwurf
draft-means = Diese Seite sehen nur Mitarbeitende des Shops. Ein inaktives Produkt kann nicht gekauft werden.
draft-typed = So sieht aus, was Sie eingegeben haben. Es ist nicht gespeichert.
draft-wrong = So sieht aus, was gespeichert ist: Ihre Eingaben lassen sich nicht speichern.
back-to-editor = Zurück zum Editor
duplicate = Duplizieren
copied = Das ist die Kopie. Sie ist inaktiv, hat keinen Lagerbestand und braucht eigene Artikelnummern und Barcodes.
# Der Titel einer Kopie
copy-of = Kopie von { $title }
save = Speichern
create-product = Produkt anlegen
save-product = Produkt speichern
delete-this-product = Dieses Produkt löschen
delete-means = Das Produkt, seine Varianten und seine Bilder werden endgültig gelöscht. Bestellungen bleiben unverändert. Wenn Sie es nur eine Zeit lang nicht verkaufen möchten, deaktivieren Sie es stattdessen.
delete-permanently = Endgültig löschen

# Einzelheiten
details = Einzelheiten
title = Titel
slug = Slug
slug-hint = Der letzte Teil der Adresse: /products/… Gespeichert wird in Kleinbuchstaben, mit Bindestrichen statt Leerzeichen und ohne Akzente: Aus Größe wird grosse. Lassen Sie das Feld leer, um den Titel zu verwenden. Die alte Adresse leitet auf die neue weiter.
description = Beschreibung
description-hint = HTML. Erlaubt sind Absätze, Überschriften ab <h2>, Listen, Tabellen, Zitate, Zeilenumbrüche, Links mit vollständiger Adresse und Auszeichnungen wie <strong>, <em>, <s>, <sub> und <sup>. Andere Blöcke werden zu eigenen Zeilen; Skripte, Stile, Bilder und Videos werden entfernt.
edit-html = Als HTML bearbeiten
formatting = Formatierung
bold = Fett
italic = Kursiv
heading = Überschrift
list = Liste
numbered-list = Nummerierte Liste
link = Link
undo = Rückgängig
redo = Wiederholen
link-address = Ziel des Links
apply-link = Link setzen
remove-link = Link entfernen
preview = Vorschau
update-preview = Vorschau aktualisieren

# Optionen
options = Optionen
option-number = Option { $number }
values-number = Werte { $number }
size = Größe
sizes = S, M, L
colour = Farbe
colours = Rot, Blau
options-hint = Worin sich die Varianten unterscheiden, etwa Größe oder Farbe. Lassen Sie die Felder leer, wenn es nur eine Variante gibt. Trennen Sie Werte mit Kommas.
add-combinations = Für jede Kombination eine Variante anlegen

# Sichtbarkeit und Zuordnung
paying = Bezahlung
any-payment = Mit jeder Zahlungsart des Shops
prepaid-only = Nicht bei der Lieferung
visibility = Sichtbarkeit
active-means = Aktiv: im Shop erhältlich
inactive-means = Inaktiv: für Kunden nicht sichtbar
in-carts-active = { $carts ->
    [one] In 1 Warenkorb. Wenn Sie es deaktivieren, wird es dort als nicht erhältlich angezeigt.
   *[other] In { $carts } Warenkörben. Wenn Sie es deaktivieren, wird es dort als nicht erhältlich angezeigt.
}
in-carts-inactive = { $carts ->
    [one] In 1 Warenkorb. Dort kann es nicht bestellt werden, solange es inaktiv ist.
   *[other] In { $carts } Warenkörben. Dort kann es nicht bestellt werden, solange es inaktiv ist.
}
organisation = Zuordnung
tags = Schlagwörter
tags-hint = Mit Kommas trennen
optional = (optional)
category-hint = Mit einem neuen Namen wird eine neue Kategorie angelegt.

# Suchmaschinen
search-engines = Suchmaschinen
page-title = Seitentitel
page-title-hint = Leer lassen, um den Titel des Produkts zu verwenden
page-description = Seitenbeschreibung
page-description-hint = Leer lassen, um den Anfang der Beschreibung zu verwenden
product-title = Titel des Produkts
search-preview = Vorschau des Suchergebnisses

# Bilder
pictures = Bilder
pictures-hint = Hochladen und Löschen gelten sofort; Bilder eines neuen Produkts werden nach einem Tag gelöscht, wenn Sie es nicht speichern; Reihenfolge und Alternativtexte werden mit dem Produkt gespeichert. Ohne JavaScript gehen andere ungespeicherte Änderungen auf dieser Seite beim Hochladen oder Löschen verloren.
alt-text-number = Alternativtext { $number }
move-forward = Bild { $number } nach vorn verschieben
move-back = Bild { $number } nach hinten verschieben
delete-picture = Bild { $number } löschen
choose-pictures = Bilder auswählen
pictures-accepted = PNG, JPEG oder WebP, je bis zu 8 MB
upload = Hochladen
picture-count = { $count ->
    [one] { $count } Bild
   *[other] { $count } Bilder
}
# Was das Skript der Seite sagt. Für `#` wird eine Zahl oder der Name einer Datei eingesetzt.
picture-moved = Das Bild steht jetzt an Stelle #. Speichern Sie das Produkt, um diese Reihenfolge zu behalten.
uploading = # wird hochgeladen
processing = # wird verarbeitet
uploaded = # wurde hochgeladen.
upload-rejected = Der Upload wurde abgelehnt.
upload-interrupted = Der Upload wurde unterbrochen.

# Varianten
variants = Varianten
sku = Artikelnummer
price-in = Preis ({ $currency })
compare-at-in = Streichpreis ({ $currency })
compare-at-price = Streichpreis
grams = Gramm
weight-in-grams = Gewicht in Gramm
picture = Bild
remove = Entfernen
# Hinter dem Wort, nur vorgelesen
remove-which = : Variante { $number }
variants-hint = Tragen Sie eine neue Variante in eine leere Zeile ein; nach dem Speichern gibt es weitere Zeilen. Verkäufe, während diese Seite geöffnet ist, werden berücksichtigt: Der Lagerbestand ändert sich um die Differenz, die Sie eintragen.
history = Verlauf
history-of-variant = Verlauf der Variante { $number }
what-of-variant = { $what }, Variante { $number }
free = Kostenlos
set-for-all = Für alle Varianten festlegen
price-of-all = Preis für alle ({ $currency })
stock-of-all = Lagerbestand für alle
fill-in = Eintragen
choose-another = Anderes wählen
keeping = Codes, Einkaufspreise und Bestandsführung
keeping-hint = Barcodes sehen auch Suchmaschinen. Was eine Variante Sie kostet, steht nur hier und in Exporten, nie im Shop; die Marge ist der Teil des Preises ohne Steuer, der Ihnen bleibt. Eine Variante ohne geführten Lagerbestand ist nie ausverkauft. Mit „Überverkauf bis“ wird weiter verkauft, bis so viele Stück nachzuliefern sind.
variant = Variante
row-number = Zeile { $number }
barcode = Barcode (GTIN)
cost = Einkaufspreis
cost-in = Einkaufspreis ({ $currency }, ohne Steuer)
margin = Marge
stock-is = Bestandsführung
tracked = Geführt
not-tracked = Nicht geführt
backorder-limit = Überverkauf bis (Stück)
no-picture = Keins
picture-number = Bild { $number }

# Jemand anderes hat es auch geändert
prepaid-or-not = Bei Lieferung zahlbar (0) oder nicht (1)
tracked-or-not = Lagerbestand geführt (1) oder nicht (0)
active-or-inactive = Aktiv (1) oder inaktiv (0)
variant-number = Variante { $number }
what-of = { $what } von { $name }
new-variant = Neu: { $name }
removed-variant = Entfernt: { $name }
removed = entfernt
will-be-recreated = wird neu angelegt
alt-text-of-picture = Alternativtext von Bild { $number }
picture-order = Reihenfolge der Bilder
new-picture = neu
someone-else = Jemand anderes
and = { " " }und{ " " }
changed-by = { $count ->
    [one] { $who } hat dieses Produkt geändert, während Sie es geöffnet hatten.
   *[other] { $who } haben dieses Produkt geändert, während Sie es geöffnet hatten.
}
changed-means = Ihre Änderungen sind noch nicht gespeichert, und die der anderen Person gehen nicht verloren. Ihre Eingaben stehen weiter unten; Felder, die nur sie geändert hat, zeigen jetzt die neuen Werte. Prüfen Sie alles und speichern Sie noch einmal.
what-changed = Was geändert wurde
field = Feld
when-opened = Beim Öffnen
saved-by-them = Inzwischen gespeichert
in-the-form = Im Formular unten
nothing = nichts
unknown = unbekannt
yours = Ihre Eingabe:{ " " }
theirs-applied = Neuer Wert, übernommen

# Was an einem Formular nicht stimmt
true-or-false = Hier muss wahr oder falsch stehen: true oder false.
version-wrong = Die Version muss eine ganze Zahl sein.
name-the-option = Geben Sie der Option einen Namen.
list-the-values = Geben Sie die Werte an, mit Kommas getrennt.
name-an-option-first = Geben Sie zuerst eine Option und ihre Werte an.
too-many-combinations = Das wären { $wanted } Varianten; ein Produkt kann höchstens { $most } haben.
slug-empty = Mindestens ein Buchstabe oder eine Ziffer ist nötig.
up-to-characters = Verwenden Sie höchstens { $most } Zeichen.
price-wanted = Geben Sie einen Preis ein, etwa 49,00.
compare-at-wanted = Geben Sie einen Preis ein, etwa 59,00, oder lassen Sie das Feld leer.
cost-wanted = Geben Sie ein, was es Sie kostet, etwa 20,00, oder lassen Sie das Feld leer.
barcode-wrong = Geben Sie eine GTIN mit 8, 12, 13 oder 14 Ziffern ein. Die letzte Ziffer muss zu den anderen passen.
already-owed = Bereits nachzuliefern: { $units } Stück. Die Grenze kann nicht niedriger sein.
fill-wanted = Geben Sie einen Preis oder einen Lagerbestand für alle Varianten ein.
grams-wanted = Geben Sie das Gewicht in ganzen Gramm ein.
units-wanted = Geben Sie die Stückzahl ein.
variant-gone = Diese Variante wurde entfernt. Laden Sie das Produkt neu.
a-variant-gone = Eine Variante wurde entfernt. Laden Sie das Produkt neu.
variant-in-drop = Eine Variante gehört zum Drop „{ $drop }“. Nehmen Sie sie zuerst aus dem Drop heraus.
counted-for-drop = Diese Variante gehört zum Drop „{ $drop }“. Nehmen Sie sie zuerst aus dem Drop heraus, und ändern Sie dann, ob ihr Bestand gezählt wird.
choose-own-picture = Wählen Sie eines der Bilder des Produkts.
too-dear = Dieser Preis ist zu hoch.
too-many-units = Geben Sie höchstens 1.000.000.000 Stück ein.
too-heavy = Geben Sie höchstens 1.000.000.000 Gramm ein.
title-wanted = Geben Sie einen Titel mit höchstens { $most } Zeichen ein.
slug-wrong = Verwenden Sie Kleinbuchstaben, Ziffern und einzelne Bindestriche, höchstens { $most } Zeichen.
tags-wrong = Verwenden Sie höchstens { $tags } Schlagwörter mit je höchstens { $most } Zeichen.
own-option-name = Geben Sie jeder Option einen eigenen Namen.
variant-wanted = Ein Produkt braucht mindestens eine Variante mit einem Preis.
too-many-variants = Ein Produkt kann höchstens { $most } Varianten haben.
same-options = Eine andere Variante hat dieselben Optionen.
same-sku = Eine andere Variante hat dieselbe Artikelnummer.
option-value-wanted = Geben Sie einen Wert für diese Option ein.
option-nameless = Diese Option hat keinen Namen.
slug-taken = Ein anderes Produkt hat diese Adresse.
sku-taken = Ein anderes Produkt hat eine Variante mit dieser Artikelnummer.
changed-since = Jemand anderes hat dieses Produkt geändert, seit Sie es geöffnet haben.

# Produkte, die in eine Kollektion oder einen Drop kommen
add-products = Produkte hinzufügen
search-products = Produkte suchen
search-now = Suchen
no-others-match = Keine weiteren Produkte gefunden.
add-product = Hinzufügen

# Was an einem Upload nicht stimmt
too-many-pictures = Ein Produkt kann höchstens { $most } Bilder haben.
too-many-pixels = Zusammen haben diese Bilder mehr als 240 Millionen Pixel. Laden Sie weniger auf einmal hoch.
upload-unreadable = Der Upload wurde unterbrochen oder ist zu groß. Bilder können bis zu 8 MB groß sein.
upload-multipart = Senden Sie die Bilder als Multipart-Formular.
picture-wanted = Wählen Sie ein Bild aus.
picture-kind = Das ist kein Bild im Format PNG, JPEG oder WebP.
picture-too-large = Bilder können bis zu 8 MB groß sein.
picture-too-wide = Bilder können bis zu 8000 Pixel breit und hoch sein und insgesamt bis zu 40 Millionen Pixel haben.
picture-polyglot = Diese Datei enthält mehr als ein Bild.
picture-damaged = Dieses Bild ist beschädigt und kann nicht angezeigt werden.
