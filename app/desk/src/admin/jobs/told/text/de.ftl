# Was sich an einem Produkt ändert
title = Titel
slug = Slug
status = Status
vendor = Marke
category = Kategorie
tags = Schlagwörter
description = Beschreibung
page-title = Seitentitel
page-description = Seitenbeschreibung
options = Optionen
pictures = Bilder
order-of-variants = Reihenfolge der Varianten
product = Produkt
new-product = Neues Produkt
variant = Variante
price = Preis
compare-at-price = Streichpreis
sku = Artikelnummer
grams = Gramm
barcode = Barcode
cost = Einkaufspreis
tracked = Lagerbestand geführt
backorder-limit = Überverkauf bis (Stück)
prepaid-only = Nur vorab bezahlbar
picture = Bild
stock = Lagerbestand
what-of = { $what } von { $name }
in-language = { $what } ({ $language })

# Vorher und nachher
yes = ja
no = nein
active = Aktiv
inactive = Inaktiv
same-words = dieselben Worte
set-differently = anders ausgezeichnet
picture-count = { $count ->
    [one] { $count } Bild
   *[other] { $count } Bilder
}
pictures-changed = { $count ->
    [one] { $count } Bild, geändert
   *[other] { $count } Bilder, geändert
}
there = vorhanden
removed = entfernt
variant-count = { $count ->
    [one] { $count } Variante
   *[other] { $count } Varianten
}
variants-at = { $count ->
    [one] { $count } Variante, ab { $price }
   *[other] { $count } Varianten, ab { $price }
}
deleted-permanently = endgültig gelöscht
not-there = gibt es nicht mehr

# Warum ein Produkt unverändert blieb
why = Grund
created-since = inzwischen hat jemand ein Produkt mit dieser Adresse angelegt
deleted-since = inzwischen hat es jemand gelöscht
changed-since = inzwischen hat es jemand geändert
adjusted-since = inzwischen hat jemand den Lagerbestand geändert
sold-since = inzwischen wurde mehr verkauft, als die Datei übrig lässt
in-drop = eine Variante gehört zum Drop „{ $drop }“ und muss zuerst aus ihm herausgenommen werden

# Warum etwas fehlgeschlagen ist
stopped-at-row = Abgebrochen bei Zeile { $line }: { $why }.
other-currency = Der Shop hat inzwischen eine andere Währung. Bitte beginnen Sie noch einmal.
internal = Bei uns ist etwas schiefgegangen. Es wurde nichts geändert.
unavailable = Der Shop ist gerade nicht verfügbar. Bitte versuchen Sie es in Kürze noch einmal.

# Was an einer Zelle nicht stimmt, hinter ihrer Spalte und einem Doppelpunkt
empty = ist leer
not-money = „{ $text }“ ist kein Geldbetrag
decimals = „{ $text }“ hat mehr als { $digits } Nachkommastellen
not-whole = „{ $text }“ ist keine ganze Zahl
not-number = „{ $text }“ ist keine Zahl
negative = „{ $text }“ ist negativ
too-large = „{ $text }“ ist zu groß
not-flag = „{ $text }“ ist weder true noch false
not-status = „{ $text }“ ist weder active noch draft, archived oder unlisted
no-handle = „{ $text }“ enthält keine Buchstaben oder Ziffern, aus denen eine Adresse werden könnte
too-long = ist länger als { $most } Zeichen
tangled = enthält mehr HTML-Tags, als eine Beschreibung brauchen kann
too-many-tags = enthält mehr als { $most } Schlagwörter
long-tag = das Schlagwort „{ $tag }“ ist länger als { $most } Zeichen
not-src = „{ $text }“ ist weder eine https-Adresse noch ein Pfad unter /media/
not-utf8 = ist kein UTF-8-Text; speichern Sie die Datei als „CSV UTF-8“
nul = enthält ein NUL-Zeichen

# Was an einer Zeile nicht stimmt, oder wie sie gelesen wird
repeated-handle = ein früheres Produkt hat den Handle „{ $handle }“; alle Zeilen eines Produkts müssen aufeinander folgen
too-many-rows = das Produkt hat mehr als { $most } Zeilen
no-part = die Zeile enthält weder eine Variante (Optionswert, Preis oder Artikelnummer) noch ein Bild
too-many-variants = das Produkt hat mehr als { $most } Varianten
too-many-pictures = das Produkt hat mehr als { $most } Bilder
cut-off = „{ $handle }“ wird übersprungen, weil die Datei nicht bis zum Ende gelesen werden kann
wider-than-header = die Kopfzeile hat nur { $width } Spalten; steht ein Text mit Komma nicht in Anführungszeichen?
option-before-nameless = die Option davor hat keinen Namen
option-twice = das Produkt hat zwei Optionen mit diesem Namen
lone-variant = ein Produkt ohne Optionen kann nur eine Variante haben
same-values = eine frühere Zeile enthält die Variante „{ $values }“ auch
option-without-value = für die Option „{ $name }“ des Produkts fehlt ein Wert
option-unnamed = die Option hat in der ersten Zeile des Produkts keinen Namen
no-gtin = ist keine GTIN mit 8, 12, 13 oder 14 Ziffern und passender Prüfziffer und wird weggelassen
owed-units = { $units } Stück werden als 0 gelesen
safe-address = wird als { $src } gelesen, weil Browser Bilder von http://-Adressen blockieren
taken-address = ein früheres Produkt der Datei hat schon die Adresse „{ $handle }“
title-missing = fehlt: Ein neues Produkt braucht einen Titel
options-missing = fehlt: Die Datei nennt { $count } Optionen
product-price-missing = fehlt: Ein neues Produkt braucht einen Preis
variant-price-missing = fehlt: Eine neue Variante braucht einen Preis
option-nameless = die Option hat keinen Namen
one-value-wanted = das Produkt hat eine Option; geben Sie einen Wert an
values-wanted = das Produkt hat { $count } Optionen; geben Sie für jede einen Wert an
unknown-sku = keine Variante des Produkts hat die Artikelnummer „{ $sku }“; eine neue braucht Spalten für ihre Optionen
sku-or-options-wanted = geben Sie die Artikelnummer oder die Optionen der Variante an
same-variant = eine frühere Zeile ist dieselbe Variante
sku-of-product = „{ $sku }“ gehört zum Produkt „{ $handle }“ des Shops
sku-of-row = eine frühere Zeile hat die Artikelnummer „{ $sku }“ auch
without-sku = { $why }, deshalb wird diese Variante ohne Artikelnummer importiert

# Warum eine Datei nicht gelesen werden kann
unclosed-quote = die Zeile öffnet ein Anführungszeichen ("), das nicht geschlossen wird
row-too-long = die Zeile ist länger als 4 MB; fehlt ein schließendes Anführungszeichen (")?
unreadable = die Datei kann von hier an nicht gelesen werden: { $error }
file-empty = die Datei ist leer
column-missing = die Spalte „{ $name }“ (oder „{ $other }“) fehlt
column-twice = die Spalte „{ $name }“ gibt es zweimal
file-not-utf8 = die Datei ist kein UTF-8-Text; speichern Sie sie als „CSV UTF-8“
at-line = Zeile { $line }: { $why }
in-column = Spalte „{ $name }“ { $why }
file-unreadable = Diese Datei kann nicht gelesen werden: { $why }.
