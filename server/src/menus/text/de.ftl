# Was mit einem Eintrag nicht stimmt
version-wrong = Die Version muss eine ganze Zahl sein.
label-wanted = Geben Sie eine Beschriftung ein.
parent-wanted = Wählen Sie einen Eintrag desselben Menüs.
parent-is-itself = Ein Eintrag kann nicht unter sich selbst stehen.
too-deep = Ein Menü kann höchstens { $most } Ebenen haben.
target-wanted = Wählen Sie, wohin der Eintrag führt.
target-gone = Das gibt es nicht mehr. Wählen Sie etwas anderes.
address-wanted = Geben Sie eine Adresse ein, die mit https:// beginnt, oder einen Pfad des Shops wie /products.
nothing-there = Unter dieser Adresse gibt es nichts.

# Was im Weg ist
too-many-items = Ein Menü kann höchstens { $most } Einträge haben.
changed-since = Jemand anderes hat diesen Menüeintrag geändert, seit Sie ihn geöffnet haben.

# Für Programme
place-wanted = Senden Sie header oder footer.
