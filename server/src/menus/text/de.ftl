# Was an einem Menüeintrag nicht stimmt
enter-a-label = Geben Sie eine Beschriftung ein.
same-menu = Wählen Sie einen Eintrag desselben Menüs.
below-itself = Ein Eintrag kann nicht unter sich selbst stehen.
too-deep = Ein Menü kann bis zu { $most } Ebenen haben.
choose-target = Wählen Sie, wohin der Eintrag führt.
target-gone = Das gibt es nicht mehr. Wählen Sie etwas anderes.
enter-an-address = Geben Sie eine Adresse ein, die mit https:// beginnt, oder einen Pfad des Shops wie /products.
address-leads-nowhere = Unter dieser Adresse gibt es nichts.
choose-place = Senden Sie header oder footer.
too-many-items = Ein Menü kann bis zu { $most } Einträge haben.
changed-since = Jemand anderes hat diesen Menüeintrag geändert, seit Sie ihn geöffnet haben.

# Das Menü im Fuß eines Demo-Shops
demo-shop = Shop
demo-all-products = Alle Produkte
demo-information = Informationen
