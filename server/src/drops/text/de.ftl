# Zeilen aus einer Datei
no-file = Das ist keine CSV-Datei mit einer Spalte „SKU“.
file-too-large = Die Datei ist zu groß: Aus einer werden bis zu { $most } Varianten übernommen.
file-empty = In dieser Datei ist keine Variante.
in-line = Zeile { $line }: { $what }
no-sku = Die SKU fehlt.
unknown-sku = Keine Variante hat die SKU { $sku }.
ambiguous-sku = Mehrere Varianten haben die SKU { $sku }.
sku-twice = Die SKU { $sku } steht zweimal in der Datei.
