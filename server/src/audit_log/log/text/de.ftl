# Werte
yes = ja
no = nein

# Felder; eine Liste heißt wie einer ihrer Einträge
field = { $name ->
    [bank] Bank
    [bank_transfer] Banküberweisung
    [bic] BIC
    [days] Tage
    [day] Tag
    [holder] Kontoinhaber
    [iban] IBAN
    [return_minor] Zurückzuzahlen
    [account] Konto
    [active] Aktiv
    [amount_minor] Betrag
    [begins] Beginn
    [blocks] Blöcke
    [carrier] Paketdienst
    [cart_days] Warenkorb in Tagen
    [cash_on_delivery] Barzahlung bei Lieferung
    [category] Kategorie
    [category_id] Kategorie
    [compare_at_minor] Streichpreis
    [confirmation] Bestätigung
    [cost_minor] Einkaufspreis
    [created] Angelegt
    [currency] Währung
    [delivers_to] Lieferländer
    [delta] Änderung
    [description] Beschreibung
    [description_html] Beschreibung
    [detail] Detail
    [digest] SHA-256
    [report] Bericht
    [ends] Ende
    [file] Datei
    [free_from_minor] Kostenlos ab
    [grams] Gramm
    [handle] Handle
    [invitation] Einladung
    [kind] Art
    [languages] Sprachen
    [left_out_rows] Übersprungene Zeilen
    [link] Link
    [low_stock] Knapp bis (Stück)
    [mail_from] Absender
    [minutes] Bestätigungsfrist (Minuten)
    [most_open] Offene Bestellungen je Kunde
    [name] Name
    [network] Netz
    [note] Notiz
    [options] Optionen
    [orders] Bestellungen
    [outcome] Ergebnis
    [parent] Übergeordnet
    [payment] Zahlung
    [payment_hold_minutes] Reservierung in Minuten
    [picture] Bild
    [picture_alts] Bildbeschreibungen
    [picture_src] Bild
    [pictures] Bild
    [place] Platz
    [position] Position
    [prepaid] Nicht bei Lieferung zahlbar
    [price_minor] Preis
    [product] Produkt
    [product_id] Produkt
    [reason] Grund
    [recovery_codes] Wiederherstellungscodes
    [recovery_codes_left] Übrige Wiederherstellungscodes
    [refund] Erstattung
    [refunded_minor] Erstattet
    [restock] Wieder eingelagert
    [role] Rolle
    [second_factor] Zweiter Faktor
    [second_factor_required] Zweiter Faktor Pflicht
    [seo_description] Seitenbeschreibung
    [seo_title] Seitentitel
    [sessions] Sitzungen
    [days_from] Tage von
    [days_to] Tage bis
    [dispatch_by] Bestellschluss
    [handover] Übergabe
    [shipping_rates] Versandart
    [sku] Artikelnummer
    [slug] Slug
    [status] Status
    [stock] Lagerbestand
    [tags] Schlagwörter
    [tax_basis_points] Steuer in Basispunkten
    [time_zone] Zeitzone
    [title] Titel
    [tracking_number] Sendungsnummer
    [unchanged] Unverändert
    [units] Stück
    [up_to_minor] Höchstbestellwert
    [stripe] Karte
    [countries] Länder
    [offered] An der Kasse
    [highest_minor] Höchstbestellwert
    [lowest_minor] Mindestbestellwert
    [updated] Geändert
    [variant_id] Variante
    [variants] Variante
    [vendor] Marke
    [city] Ort
    [country] Land
    [email] E-Mail-Adresse
    [item] Punkt
    [opening] Eröffnung
    [phone] Telefon
    [postal_code] Postleitzahl
    [register] Register
    [represented_by] Vertreten durch
    [street] Straße und Hausnummer
    [test_card] Testkarte
    [vat_id] USt-IdNr.
    [about_en] Über den Shop (en)
    [about_de] Über den Shop (de)
    [returns_en] Rückgabe (en)
    [returns_de] Rückgabe (de)
    [order_mail_en] Bestellbestätigung (en)
    [order_mail_de] Bestellbestätigung (de)
   *[unknown] { $words }
}
