# Was an einer Seite nicht stimmt
choose-kind = Wählen Sie, was für eine Seite es ist.
enter-a-title = Geben Sie einen Titel ein.
choose-state = Wählen Sie, ob die Seite ein Entwurf oder veröffentlicht ist.
enter-contact-email = Geben Sie die Adresse ein, an die Nachrichten gesendet werden, oder lassen Sie die Seite ein Entwurf sein.
slug-empty = Verwenden Sie mindestens einen Buchstaben oder eine Ziffer.
too-long = Verwenden Sie höchstens { $most } Zeichen.
control-characters = Der Text enthält Steuerzeichen. Bitte geben Sie ihn noch einmal ein.
enter-the-text = Geben Sie den Text der Seite ein, bevor Sie sie veröffentlichen.
fill-the-gaps = Füllen Sie die Lücken aus, bevor Sie die Seite veröffentlichen: { $gaps }
translation-has-gaps = Füllen Sie vor dem Veröffentlichen die Lücken der Übersetzung aus ({ $language }): { $gaps }
enter-a-moment = Geben Sie Datum und Uhrzeit ein, zum Beispiel 2026-12-01T09:00.
kind-taken = Der Shop hat schon eine Seite dieser Art. Bearbeiten Sie diese.
address-taken = Eine andere Seite hat diese Adresse. Wählen Sie eine andere.
too-many-pages = Ein Shop kann bis zu { $most } Seiten haben.
changed-since = Jemand anderes hat diese Seite geändert, seit Sie sie geöffnet haben.

# Das Kontaktformular
too-many-messages = Zu viele Nachrichten. Bitte warten Sie einige Minuten.
