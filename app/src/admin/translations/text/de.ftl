# Wo man zu Übersetzungen kommt
translations = Übersetzungen
categories-in = Kategorien auf { $language }
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
no-original = Es gibt keinen Originaltext.
still-right = Das Original wurde geändert, aber diese Übersetzung passt noch
back = Verwerfen
save = Übersetzungen speichern
saved = Übersetzungen gespeichert. Kunden sehen sie jetzt.
