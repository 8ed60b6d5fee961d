# Wo man zu Übersetzungen kommt
no-such-language = Der Shop wird nicht in diese Sprache übersetzt.
translations = Übersetzungen
categories-in = Kategorien auf { $language }
collections-in = Kollektionen auf { $language }
announcements-in = Hinweise auf { $language }
home-page-in = Startseite auf { $language }
menus-in = Menüs auf { $language }
categories = Kategorien
collections = Kollektionen
announcements = Hinweise
home-page = Startseite
menus = Menüs
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
option-name = Option
option-value = Wert von { $option }
category = Kategorie
category-text = Text zu { $category }
collection = Kollektion
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
original = Original
no-original = Es gibt keinen Originaltext.
still-right = Das Original wurde geändert, aber diese Übersetzung passt noch
back = Verwerfen
save = Übersetzungen speichern
saved = Übersetzungen gespeichert. Kunden sehen sie jetzt.
