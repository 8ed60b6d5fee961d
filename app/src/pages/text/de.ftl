# Im Shop
demonstration = Dies ist ein Demo-Shop. Der Text dieser Seite ist ein Beispiel.
write-to-us = Schreiben Sie uns
your-name = Ihr Name
your-email = Ihre E-Mail-Adresse
your-email-hint = An diese Adresse antworten wir.
order-number = Bestellnummer (optional)
order-number-hint = Falls es um eine Bestellung geht, zum Beispiel HF-7K3MQ-9Q2XA.
message = Nachricht
send-message = Nachricht senden
message-sent = Vielen Dank. Ihre Nachricht wurde gesendet. Wir antworten per E-Mail.
name-no-links = Ein Name darf keinen Link enthalten.
name-wanted = Geben Sie Ihren Namen mit höchstens { $most } gewöhnlichen Zeichen ein.
order-number-wrong = Geben Sie die Bestellnummer wie in unserer E-Mail ein, oder lassen Sie das Feld leer.
help = Hilfe
help-by = Hilfe: { $way }
about-the-shop = Über den Shop
message-wanted = Geben Sie eine Nachricht ein.
message-wrong = Verwenden Sie höchstens { $most } Zeichen und keine Steuerzeichen.
too-many-messages = Zu viele Nachrichten. Bitte warten Sie einige Minuten und senden Sie die Nachricht dann noch einmal.

# Arten von Seiten
kind-imprint = Impressum
kind-privacy = Datenschutzerklärung
kind-terms = AGB
kind-withdrawal = Widerrufsbelehrung
kind-delivery = Versand und Lieferung
kind-contact = Kontakt
kind-accessibility = Barrierefreiheit
kind-free = Andere Seite

# Die Liste der Seiten
pages = Seiten
menus = Menüs
new-page = Neue Seite
no-pages = Noch keine Seiten. Beginnen Sie mit einer Vorlage unten oder mit einer leeren Seite.
title = Titel
kind = Art
address = Adresse
state = Status
changed = Zuletzt geändert
draft = Entwurf
published = Veröffentlicht
gaps-left = { $count ->
    [one] { $count } Lücke
   *[other] { $count } Lücken
}
demo-page = Demo
page-deleted = Seite gelöscht.
templates = Vorlagen
templates-why = Texte für Händler in der Europäischen Union als Grundlage. Füllen Sie aus, was in doppelten Klammern steht, und lassen Sie das Ergebnis rechtlich prüfen.

# Übersetzungen
texts = Texte
texts-hint = Lassen Sie einen Text leer, um das Original zu zeigen. Links wie /pages/terms führen zur Seite in dieser Sprache.
take-template = Mit der Vorlage beginnen: { $kind } ({ $language })
take-template-why = Es gibt eine Vorlage in dieser Sprache. Sie ersetzt den Text dieses Formulars; gespeichert wird erst, wenn Sie speichern.
template-taken = Das ist die Vorlage. Füllen Sie die Lücken aus und speichern Sie. Bisher wurde nichts gespeichert.

# Der Editor
details = Angaben
kind-hint = Ein Shop hat von jeder Art eine Seite, und beliebig viele andere Seiten.
slug = Slug
slug-hint = Der letzte Teil der Adresse: /pages/… Lassen Sie das Feld leer, um den Titel zu verwenden. Die alte Adresse leitet auf die neue weiter.
contact-email = Nachrichten gehen an
contact-email-hint = Für die Kontaktseite: Nachrichten aus dem Formular werden an diese E-Mail-Adresse gesendet.
page-text = Text
page-text-hint = Markdown: ## für eine Überschrift, * für eine Liste, **fett**, [Worte](/pages/terms) für einen Link. HTML wird so angezeigt, wie es eingegeben wurde.
gaps = Lücken zum Ausfüllen
gaps-why = Die Seite kann erst veröffentlicht werden, wenn diese Lücken ausgefüllt sind.
preview = Vorschau
update-preview = Vorschau aktualisieren
visibility = Sichtbarkeit
draft-why = Entwurf: nur für Admins sichtbar
publish-at = Veröffentlichen am
publish-at-hint = In der Zeitzone des Shops. Lassen Sie das Feld leer, um sofort zu veröffentlichen. Bis dahin finden Kunden die Seite nicht.
search-engines = Suchmaschinen
seo-title = Seitentitel
seo-title-hint = Lassen Sie das Feld leer, um den Titel und den Namen des Shops zu verwenden.
seo-description = Beschreibung
view-in-the-shop = Im Shop ansehen
not-saved-yet = Noch nicht gespeichert. Speichern Sie, wenn alles stimmt.
page-saved = Seite gespeichert.
saved-by-others = Gespeicherten Text anzeigen
saved-by-others-why = Jemand anderes hat die Seite gespeichert, während Sie sie bearbeitet haben. Übernehmen Sie, was Sie brauchen, und speichern Sie noch einmal, um den Text durch Ihren zu ersetzen.
save-page = Seite speichern
create-page = Seite anlegen
delete-page = Diese Seite löschen
delete-page-why = Damit werden die Seite und ihre Adresse endgültig gelöscht. Menüeinträge, die zu ihr führen, werden nicht mehr angezeigt. Um sie nur vorübergehend auszublenden, machen Sie sie zum Entwurf.
delete-permanently = Endgültig löschen
