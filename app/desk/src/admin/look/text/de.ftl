look = Aussehen
look-saved = Aussehen gespeichert.
last-changed-by = von { $who }
last-changed = Zuletzt geändert
discard = Verwerfen
save-look = Aussehen speichern
preview = Vorschau
preview-hint = Im Shop ändert sich nichts, bis Sie speichern.
not-saved-yet = Das ist eine Vorschau. Speichern Sie, um sie im Shop zu zeigen.

# Someone else was faster
changed-meanwhile = Das Aussehen wurde geändert, während Sie daran gearbeitet haben.
changed-meanwhile-advice = Ihre Änderungen sind noch nicht gespeichert. Speichern Sie erneut, um das aktuelle Aussehen durch Ihres zu ersetzen.
conflict = Jemand anderes hat das Aussehen geändert, seit Sie es geöffnet haben.

# Colours, corners, font
accent = Akzentfarbe
accent-hint = Für Schaltflächen, Links und Markierungen. Die Helligkeit richtet sich nach dem Farbton, damit Text hell wie dunkel lesbar bleibt.
accent-standard = Standardgrün
accent-own = Eine eigene Farbe
hue = Farbton
hue-hint = Von 0 bis 359: Rot liegt bei 25, Gelb bei 95, Grün bei 145, Blau bei 250, Violett bei 310.
corners = Ecken
corners-square = Eckig
corners-slight = Leicht abgerundet
corners-rounded = Abgerundet
corners-round = Stark abgerundet
font = Schrift
font-system = Die des Besuchers
font-inter = Inter, schlicht und neutral
font-outfit = Outfit, geometrisch
font-literata = Literata, eine Serifenschrift zum Lesen
font-fraunces = Fraunces, eine weiche Serifenschrift für Überschriften

# Pictures
pictures = Logo und Symbol
pictures-hint = PNG, JPEG oder WebP bis 8 MB oder SVG bis 256 KB. Laden Sie ein Bild hoch, prüfen Sie die Vorschau und speichern Sie dann. Beim Hochladen bleiben nur Änderungen erhalten, die Sie in der Vorschau angesehen haben.
logo = Logo
logo-hint = Wird anstelle des Shopnamens gezeigt, bis zu 40 Pixel hoch.
logo-dark = Logo auf dunklem Grund
logo-dark-hint = Für Besucher, die den dunklen Modus nutzen. Ohne dieses wird das andere Logo gezeigt.
icon = Symbol
icon-hint = Ein Quadrat für Browser-Tabs und Startbildschirme: ein SVG oder mindestens 512 Pixel breit.
none-yet = Noch keines
choose-file = Datei wählen
upload = Hochladen
remove-logo = Logo beim Speichern entfernen
remove-logo-dark = Dunkles Logo beim Speichern entfernen
remove-icon = Symbol beim Speichern entfernen
picture-of-icon = Symbol des Shops

# The preview
light = Hell
dark = Dunkel
sample-heading = Gutes, das lange hält
sample-text = So sieht Text in Ihrem Shop aus,
sample-link = mit einem Link darin
sample-primary = In den Warenkorb
sample-second = Weiter einkaufen
sample-badge = Neu
sample-chosen = Gewählt
sample-other = Nicht gewählt
sample-field = E-Mail
sample-error = Geben Sie Ihre E-Mail-Adresse ein.

# What is wrong
choose-an-accent = Wählen Sie eine Akzentfarbe.
enter-a-hue = Geben Sie eine Zahl von 0 bis 359 ein.
choose-corners = Wählen Sie eine Form der Ecken.
choose-a-font = Wählen Sie eine der Schriften.
upload-again = Dieses Bild ist nicht mehr vorhanden. Laden Sie es erneut hoch.
choose-a-file = Wählen Sie ein Bild zum Hochladen.
not-a-picture = Wählen Sie ein Bild als PNG, JPEG, WebP oder SVG.
too-large = Bilder dürfen bis zu 8 MB haben, SVG-Dateien bis zu 256 KB.
too-wide = Bilder dürfen bis zu 8000 Pixel breit und hoch sein und insgesamt bis zu 40 Millionen Pixel haben.
damaged = Dieses Bild ist beschädigt und kann nicht gezeigt werden.
more-than-a-picture = Diese Datei enthält mehr als ein Bild.
interrupted = Das Hochladen wurde unterbrochen, oder die Datei ist zu groß. Versuchen Sie es erneut.
send-as-form = Senden Sie das Bild als Multipart-Formular.
svg-outside = Dieses SVG enthält ein Bild oder verweist auf etwas außerhalb der Datei. Speichern Sie es nur mit Formen, oder laden Sie ein PNG hoch.
svg-active = Dieses SVG enthält ein Skript oder eine Animation. Speichern Sie es ohne, oder laden Sie ein PNG hoch.
svg-entities = Dieses SVG deklariert Entitäten. Speichern Sie es als einfaches SVG, oder laden Sie ein PNG hoch.
svg-text = Dieses SVG enthält Text. Wandeln Sie den Text in Pfade um, oder laden Sie ein PNG hoch.
svg-style-sheet = Dieses SVG schneidet oder maskiert über ein Stylesheet. Speichern Sie es mit Darstellungsattributen, oder laden Sie ein PNG hoch.
svg-complex = Dieses SVG ist zu komplex. Vereinfachen Sie es, oder laden Sie ein PNG hoch.
svg-empty = In diesem SVG ist nichts zu sehen.
svg-element = Dieses SVG verwendet „{ $name }“, was nicht unterstützt wird. Speichern Sie es ohne, oder laden Sie ein PNG hoch.
