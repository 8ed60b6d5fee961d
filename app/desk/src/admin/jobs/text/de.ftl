products = Produkte

# Wie weit es ist
preparing = Die Vorschau wird vorbereitet. Noch wurde nichts geändert.
running-means = Der Shop bleibt geöffnet. Sie können diese Seite verlassen.
products-read = { $count ->
    [one] { $count } Produkt gelesen
   *[other] { $count } Produkte gelesen
}
products-done = { $total ->
    [one] { $done } von { $total } Produkt erledigt
   *[other] { $done } von { $total } Produkten erledigt
}
progress = Fortschritt
refresh = Aktualisieren

# Was geändert würde
count-new = { $count } neu
count-changed = { $count } geändert
count-unchanged = { $count } unverändert
no-products = Keine Produkte
products-counted = Produkte: { $counts }
nothing-yet-import = { $counts }. Erst wenn Sie bestätigen, wird etwas geändert.
nothing-yet-bulk = { $count ->
    [one] { $count } Produkt würde geändert. Erst wenn Sie bestätigen, wird etwas geändert.
   *[other] { $count } Produkte würden geändert. Erst wenn Sie bestätigen, wird etwas geändert.
}
in-carts = { $carts ->
    [one] Einige davon liegen in 1 Warenkorb. Dort werden sie als nicht erhältlich angezeigt.
   *[other] Einige davon liegen in { $carts } Warenkörben. Dort werden sie als nicht erhältlich angezeigt.
}
apply = Anwenden
import = Importieren
import-and-skip = Importieren und Produkte mit fehlerhaften Zeilen überspringen
discard = Verwerfen
bad-rows = { $count ->
    [one] 1 Zeile ist nicht verwendbar; Sie finden sie unten. Berichtigen Sie sie und laden Sie die Datei noch einmal hoch, oder überspringen Sie das Produkt.
   *[other] { $count } Zeilen sind nicht verwendbar; Sie finden sie unten. Berichtigen Sie sie und laden Sie die Datei noch einmal hoch, oder überspringen Sie die Produkte.
}
prices-zero = Preise, die null wären: { $count }.
cells-corrected = { $count ->
    [one] 1 Zelle wurde berichtigt: siehe den Hinweis unten.
   *[other] { $count } Zellen wurden berichtigt: siehe die Hinweise unten.
}
would-be-sold-out = { $count ->
    [one] 1 Variante wäre ausverkauft.
   *[other] { $count } Varianten wären ausverkauft.
}
not-tracked = { $count ->
    [one] Von 1 neuen Variante führt die Datei keinen Lagerbestand.
   *[other] Von { $count } neuen Varianten führt die Datei keinen Lagerbestand.
}
no-quantity = { $count ->
    [one] Für 1 neue Variante nennt die Datei keine Menge.
   *[other] Für { $count } neue Varianten nennt die Datei keine Menge.
}
sells-on = { $count ->
    [one] Laut Datei kann 1 Variante auch ohne Lagerbestand verkauft werden, ohne Grenze. Dieser Shop verkauft über den Bestand hinaus nur bis zu einer Grenze: Tragen Sie sie in die Spalte „Variant Backorder Limit“ ein.
   *[other] Laut Datei können { $count } Varianten auch ohne Lagerbestand verkauft werden, ohne Grenze. Dieser Shop verkauft über den Bestand hinaus nur bis zu einer Grenze: Tragen Sie sie in die Spalte „Variant Backorder Limit“ ein.
}
yes-make-free = { $count ->
    [one] Ja, 1 Variante kostenlos anbieten
   *[other] Ja, { $count } Varianten kostenlos anbieten
}

# Was getan wurde
done = Fertig
products-changed = { $count ->
    [one] { $count } Produkt geändert.
   *[other] { $count } Produkte geändert.
}
products-skipped = { $count ->
    [one] { $count } Produkt übersprungen: Jemand hat es inzwischen geändert, oder ein Drop braucht es, wie es ist.
   *[other] { $count } Produkte übersprungen: Jemand hat sie inzwischen geändert, oder ein Drop braucht sie, wie sie sind.
}
undo = Rückgängig machen
all-products = Alle Produkte
not-completed = Das konnte nicht abgeschlossen werden
nothing-was-changed = Es wurde nichts geändert.
already-changed = { $count ->
    [one] { $count } Produkt war bereits geändert und bleibt so.
   *[other] { $count } Produkte waren bereits geändert und bleiben so.
}

# Die Zeilen
what-changes = Was sich ändert
product = Produkt
kind = Art
changes = Änderungen
skipped = Übersprungen
change = Änderung
badge-new = Neu
bad-row = Fehlerhafte Zeile
note = Hinweis
nothing = nichts
free = Kostenlos
row-number = Zeile { $line }

# Was die Datei offenlässt
show-choices = Mit dieser Auswahl ansehen
untracked-units = Stückzahl für Varianten ohne geführten Lagerbestand
untracked-units-hint = Ihr Lagerbestand wird dann geführt. Gilt auch für neue Varianten, für die die Datei keine Menge nennt. Lassen Sie das Feld leer, um Varianten ohne geführten Lagerbestand ungezählt zu verkaufen und die übrigen als ausverkauft anzulegen.
file-quantities = Mengen aus der Datei verwenden (für { $count } davon angegeben)
repeated-skus = { $count ->
    [one] 1 Variante hat eine Artikelnummer, die ein anderes Produkt schon verwendet
   *[other] { $count } Varianten haben Artikelnummern, die ein anderes Produkt schon verwendet
}
leave-out = Diese Produkte überspringen
drop-sku = Ohne Artikelnummer importieren
repeated-skus-hint = Das vorhandene Produkt behält die Artikelnummer; sonst bekommt sie die erste Zeile der Datei.

# Import und Export
import-and-export = Import und Export
csv-file = CSV-Datei
csv-file-hint = Im Format des Produktexports von Shopify, bis zu 64 MB. Eine fehlende Spalte ändert nichts; eine leere Zelle leert den Wert. Sie sehen eine Vorschau, bevor sich etwas ändert.
preview-changes = Änderungen ansehen
export = Export
export-means = Alle Produkte mit Varianten, Preisen, Lagerbestand und Bildadressen in einer Datei, die Sie wieder importieren können. Text, den eine Tabellenkalkulation als Formel ausführen würde, wird unschädlich gemacht.
download = products.csv herunterladen
recent = Letzte Importe und Massenbearbeitungen
what = Was
state = Stand
who = Wer
when = Wann
reading = Wird gelesen
needs-review = Zu prüfen
running = Läuft
failed = Fehlgeschlagen
# Was das Skript der Seite sagt. Für `#` wird der Name der Datei eingesetzt.
uploading = # wird hochgeladen
upload-rejected = Der Upload wurde abgelehnt.
upload-interrupted = Der Upload wurde unterbrochen.

# Was mit vielen Produkten getan wird
activate = Aktivieren
deactivate = Deaktivieren
change-by-amount = Preise um einen Betrag ändern
change-by-percentage = Preise um einen Prozentsatz ändern
prepaid-only = Zahlung bei Lieferung ausschließen
any-payment = Jede Zahlungsart zulassen
track = Lagerbestand führen
untrack = Lagerbestand nicht mehr führen
add-a-tag = Schlagwort hinzufügen
remove-a-tag = Schlagwort entfernen
delete = Löschen
add-tag = Schlagwort „{ $tag }“ hinzufügen
remove-tag = Schlagwort „{ $tag }“ entfernen
prices-up = Preise um { $amount } erhöhen
prices-down = Preise um { $amount } senken
undo-activate = Rückgängig: aktivieren
undo-deactivate = Rückgängig: deaktivieren
undo-what = Rückgängig: { $what }
import-of = Import von { $file }

# Was an einem Formular nicht stimmt
one-tag-wanted = Geben Sie ein Schlagwort mit höchstens { $most } Zeichen ein.
amount-wanted = Geben Sie einen Betrag ein, etwa 2,50 oder -2,50.
percentage-wanted = Geben Sie einen Prozentsatz von -100 bis 10000 ein, etwa -15.
choose-an-action = Wählen Sie eine Aktion.
choose-one = Wählen Sie eine der beiden Möglichkeiten.
untracked-units-wanted = Geben Sie eine Stückzahl ein, oder lassen Sie das Feld leer.
too-many-selected = Wählen Sie höchstens { $most } Produkte aus, oder alle gefundenen.
select-first = Wählen Sie zuerst die Produkte aus, die geändert werden sollen.
already-like-that = Es würde sich nichts ändern: Diese Produkte sind schon so.
nothing-to-choose = Hier gibt es nichts zu wählen.
correct-bad-rows = Berichtigen Sie die fehlerhaften Zeilen, oder überspringen Sie die Produkte.
changed-since = { $count ->
    [one] Ein Produkt wurde nach dieser Vorschau geändert, deshalb wurde nichts getan. Die Vorschau unten ist jetzt aktuell: Prüfen Sie sie noch einmal.
   *[other] { $count } Produkte wurden nach dieser Vorschau geändert, deshalb wurde nichts getan. Die Vorschau unten ist jetzt aktuell: Prüfen Sie sie noch einmal.
}
confirm-free = { $count ->
    [one] Bestätigen Sie, dass 1 Variante kostenlos wird.
   *[other] Bestätigen Sie, dass { $count } Varianten kostenlos werden.
}
cannot-be-undone = Das kann nicht rückgängig gemacht werden.
already-started = Das wurde bereits gestartet.
not-a-product-file = Das ist keine Produktdatei: { $why }.
upload-unreadable = Der Upload wurde unterbrochen, oder die Datei ist größer als 64 MB.
upload-multipart = Senden Sie die Datei als Multipart-Formular.
csv-file-wanted = Wählen Sie eine CSV-Datei aus.
