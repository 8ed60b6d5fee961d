# Was an einem Menüpunkt nicht stimmt
enter-a-label = Geben Sie eine Bezeichnung ein.
same-menu = Wählen Sie einen Punkt desselben Menüs.
below-itself = Ein Punkt kann nicht unter sich selbst liegen.
too-deep = Ein Menü kann bis zu { $most } Ebenen haben.
choose-target = Wählen Sie, wohin der Punkt führt.
target-gone = Das gibt es nicht mehr. Wählen Sie etwas anderes.
enter-an-address = Geben Sie eine Adresse ein, die mit https:// beginnt, oder einen Pfad des Shops wie /products.
address-leads-nowhere = Unter dieser Adresse gibt es nichts.
choose-place = Senden Sie header oder footer.
too-many-items = Ein Menü kann bis zu { $most } Punkte haben.
changed-since = Jemand anders hat diesen Menüpunkt geändert, seit Sie ihn geöffnet haben.

# Das Menü im Fuß eines Demo-Shops
demo-shop = Shop
demo-all-products = Alle Produkte
demo-information = Informationen
