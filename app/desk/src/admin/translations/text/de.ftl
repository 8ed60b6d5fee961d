# Wo man zu Übersetzungen kommt
no-such-language = Der Shop wird nicht in diese Sprache übersetzt.
translations = Übersetzungen
categories-in = Kategorien auf { $language }
collections-in = Kollektionen auf { $language }
drops-in = Drops auf { $language }
announcements-in = Hinweise auf { $language }
home-page-in = Startseite auf { $language }
menus-in = Menüs auf { $language }
shipping-in = Versandarten auf { $language }
payment-in = Zahlungsarten auf { $language }
categories = Kategorien
collections = Kollektionen
drops = Drops
announcements = Hinweise
home-page = Startseite
menus = Menüs
settings = Einstellungen
products = Produkte

# Wie weit sie sind
state-current = Aktuell
state-missing = Fehlt
state-stale = Veraltet
gap-missing = { $language }: fehlt
gap-stale = { $language }: veraltet

# Das Formular
texts = Texte
texts-hint = Lassen Sie einen Text leer, um das Original zu zeigen.
title = Titel
description = Beschreibung
seo-title = Seitentitel für Suchmaschinen
seo-description = Seitenbeschreibung für Suchmaschinen
options = Optionen
options-hint = Diese Texte gelten für alle Produkte mit derselben Option.
tags = Schlagwörter
tags-hint = Diese Texte gelten für alle Produkte mit demselben Schlagwort.
option-name = Option
option-value = Wert von { $option }
category = Kategorie
category-text = Text zu { $category }
collection = Kollektion
drop-title = Drop
announcement = Hinweis
block-part = Block { $number }: { $part }
block-heading = Überschrift
block-text = Text
block-button = Schaltfläche
block-alt = Alternativtext
promise-title = Titel eines Versprechens
promise-text = Text eines Versprechens
nothing-yet = Es gibt noch nichts zu übersetzen.
page-text = Text
header-item = Eintrag im Kopf
footer-item = Eintrag in der Fußzeile
picture-alt = Alternativtext von Bild { $number }
tag = Schlagwort
shipping-method = Versandart
shipping-text = Beschreibung von { $method }
payment-method = Zahlungsart
payment-methods = Zahlungsarten
original = Original
no-original = Es gibt keinen Originaltext.
still-right = Das Original wurde geändert, aber diese Übersetzung passt noch
back = Verwerfen
save = Übersetzungen speichern
saved = Übersetzungen gespeichert. Kunden sehen sie jetzt.

# Alle Texte einer Sprache, und die Datei mit ihnen
all-in = Texte auf { $language }
in-the-editor = Hier übersetzen
elsewhere = Produkte und Seiten übersetzen Sie dort, wo Sie sie bearbeiten, Titel und Beschreibungen von Produkten auch in Produktdateien.
not-spoken-yet = Kunden sehen { $language } noch nicht. Bereiten Sie hier die Texte vor und schalten Sie die Sprache dann in den Einstellungen ein.
in-a-file = In einer Datei übersetzen
file-means = Eine CSV-Datei für Tabellenprogramme und Übersetzungsbüros mit einer Zeile je Text: Kategorien, Kollektionen, Drops, Seiten, Menüs, Startseite, Hinweise, Versandarten, Zahlungsarten, Optionen, Schlagwörter und Alternativtexte von Bildern.
download-file = Texte herunterladen
upload-file = Übersetzungen hochladen
csv-file = CSV-Datei
csv-file-hint = Die heruntergeladene Datei mit ausgefüllten Übersetzungen, bis 4 MB. Leere Übersetzungen ändern nichts.
upload-and-save = Hochladen und speichern
rows-saved = { $count ->
    [one] { $count } Übersetzung gespeichert.
   *[other] { $count } Übersetzungen gespeichert.
}
nothing-changed = Die Datei enthält nichts Neues. Es wurde nichts geändert.
upload-unreadable = Das Hochladen wurde unterbrochen, oder die Datei ist größer als 4 MB.
upload-multipart = Senden Sie die Datei als Multipart-Formular.
csv-file-wanted = Wählen Sie eine CSV-Datei.
