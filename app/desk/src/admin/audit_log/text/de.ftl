# Die Liste
audit-log = Protokoll
no-matches = Keine Treffer. Jede Änderung durch Team und Admins wird hier festgehalten.
no-entries = Keine Einträge
show-all-entries = Alle Einträge anzeigen
newest-first = Änderungen, neueste zuerst
when-and-who = Wann und wer
difference = Änderung
history = Verlauf
history-of = { " von " }{ $kind } { $id }
more-changes = { $count } weitere
before = vorher:{ " " }
after = nachher:{ " " }

# Ihre Filter
everyone = Alle
command-line = Befehlszeile
all-actions = Alle Aktionen
all-of-kind = Alle: { $kind }
show-all = Alles anzeigen
who = Wer
what = Was
id = ID
first-day = Von
last-day = Bis
show = Anzeigen

# Was geändert wurde
kind = { $kind ->
    [account] Konto
    [catalog] Katalog
    [bank] Banküberweisung
    [cash] Barzahlung
    [methods] Zahlungsarten
    [category] Kategorie
    [collection] Kollektion
    [drop] Drop
    [home] Startseite
    [home_block] Block
    [announcement] Hinweis
    [customer] Kunde
    [factor] zweiter Faktor
    [order] Bestellung
    [product] Produkt
    [page] Seite
    [menu] Menüeintrag
    [menus] Menüs
    [translation] Übersetzung
    [categories] Kategorien
    [collections] Kollektionen
    [announcements] Hinweise
    [look] Aussehen
    [seller] Verkäufer
    [sentences] eigene Texte
    [limits] Höchstmengen
    [brakes] Missbrauchsschutz
    [settings] Einstellungen
    [staff] Team
    [stock] Lagerbestand
    [variant] Variante
    [invitation] Einladung
   *[unknown] { $kind }
}
action = { $action ->
    [product_create] Produkt angelegt
    [product_update] Produkt geändert
    [product_delete] Produkt gelöscht
    [category_create] Kategorie angelegt
    [category_update] Kategorie geändert
    [category_move] Kategorie verschoben
    [category_picture] Bild einer Kategorie geändert
    [category_delete] Kategorie gelöscht
    [collection_create] Kollektion angelegt
    [collection_update] Kollektion geändert
    [collection_picture] Bild einer Kollektion geändert
    [collection_add] Produkt zu einer Kollektion hinzugefügt
    [collection_move] Produkt in einer Kollektion verschoben
    [collection_remove] Produkt aus einer Kollektion entfernt
    [collection_delete] Kollektion gelöscht
    [drop_create] Drop angelegt
    [drop_update] Drop geändert
    [drop_plan] Drop geplant
    [drop_call_off] Drop abgesagt
    [drop_put_back] Stücke eines Drops ins Lager zurückgebracht
    [drop_room] Warteraum eines Drops geändert
    [drop_waiting_list] Warteliste eines Drops geändert
    [drop_line] Variante eines Drops geändert
    [drop_add] Produkt zu einem Drop hinzugefügt
    [drop_remove] Variante aus einem Drop genommen
    [drop_delete] Drop gelöscht
    [drop_file] Varianten eines Drops aus einer Datei übernommen
    [drop_report] Bericht eines Drops aufbewahrt
    [home_add] Block zur Startseite hinzugefügt
    [home_change] Block der Startseite geändert
    [home_move] Block der Startseite verschoben
    [home_remove] Block von der Startseite entfernt
    [home_publish] Startseite veröffentlicht
    [home_discard] Änderungen an der Startseite verworfen
    [announcement_create] Hinweis angelegt
    [announcement_update] Hinweis geändert
    [announcement_delete] Hinweis gelöscht
    [catalog_import] Produkte importiert
    [stock_adjust] Lagerbestand geändert
    [order_pack] Bestellung verpackt
    [order_ship] Bestellung versandt
    [order_deliver] Bestellung zugestellt
    [order_confirm] Bestellung für den Kunden bestätigt
    [order_capture] Zahlung von Hand eingezogen
    [order_void] Aufhebung einer Autorisierung angefordert
    [order_return_sum] Eingezogenen Betrag von Hand zurückgegeben
    [order_cancel] Bestellung storniert
    [order_refund] Bestellung erstattet
    [order_tracking] Sendungsnummer geändert
    [order_receive_payment] Zahlung erhalten
    [order_transfer] Zahlung per Überweisung erfasst
    [order_transfer_returned] Überweisung zurückgezahlt
    [order_note] Notiz geschrieben
    [order_resend] E-Mail zu einer Bestellung erneut gesendet
    [staff_invite] Einladung verschickt
    [staff_withdraw] Einladung zurückgezogen
    [staff_join] Dem Team beigetreten
    [staff_role] Rolle geändert
    [staff_create] Konto auf der Befehlszeile angelegt
    [account_close] Eigenes Konto geschlossen
    [bank_save] Einstellungen der Banküberweisung geändert
    [cash_save] Einstellungen der Barzahlung geändert
    [methods_save] Zahlungsarten geändert
    [settings_save] Einstellungen geändert
    [page_create] Seite angelegt
    [page_update] Seite geändert
    [page_delete] Seite gelöscht
    [menu_create] Menüeintrag hinzugefügt
    [menu_update] Menüeintrag geändert
    [menu_move] Menüeintrag verschoben
    [menu_delete] Menüeintrag gelöscht
    [look_save] Aussehen geändert
    [opening_change] Shop eröffnet oder geschlossen
    [opening_confirm] Punkt der Liste bestätigt
    [seller_save] Angaben zum Verkäufer geändert
    [sentences_save] Eigene Texte geändert
    [limits_save] Höchstmengen geändert
    [brakes_save] Missbrauchsschutz geändert
    [carriers_save] Paketdienste geändert
    [translation_save] Übersetzungen geändert
    [factor_on] Zweiten Faktor eingeschaltet
    [factor_off] Zweiten Faktor ausgeschaltet
    [factor_reset] Zweiten Faktor zurückgesetzt
    [factor_codes] Wiederherstellungscodes erstellt
    [factor_recovery] Wiederherstellungscode benutzt
    [customer_export] Kundendaten exportiert
    [customer_erase] Kunde gelöscht
    [customer_sign_out] Kunde abgemeldet
    [account_sign_in] Angemeldet
    [account_sign_in_refused] Falsches Passwort
    [account_code_refused] Falscher Code des zweiten Faktors
    [account_role_refused] Etwas versucht, was die Rolle nicht erlaubt
    [account_reset_used] Passwort per E-Mail zurückgesetzt
    [account_password_changed] Passwort geändert
    [account_email_change_asked] Änderung der E-Mail-Adresse angefordert
    [account_email_changed] E-Mail-Adresse geändert
    [account_sign_out] Abgemeldet
    [account_session_ended] Andere Geräte abgemeldet
   *[unknown] { "" }
}
