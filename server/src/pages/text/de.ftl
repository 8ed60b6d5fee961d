# Was mit einer Seite nicht stimmt
version-wrong = Die Version muss eine ganze Zahl sein.
kind-wanted = Wählen Sie, um welche Art von Seite es sich handelt.
title-wanted = Geben Sie einen Titel ein.
slug-wanted = Die Adresse braucht mindestens einen Buchstaben oder eine Ziffer.
up-to-characters = Verwenden Sie höchstens { $most } Zeichen.
control-characters = Der Text enthält Steuerzeichen. Bitte geben Sie ihn noch einmal ein.
state-wanted = Wählen Sie, ob die Seite ein Entwurf oder veröffentlicht ist.
mailbox-wanted = Geben Sie die Adresse ein, an die Nachrichten gehen, oder lassen Sie die Seite ein Entwurf sein.
text-wanted = Geben Sie den Text der Seite ein, bevor Sie sie veröffentlichen.
fill-in-the-gaps = Füllen Sie vor dem Veröffentlichen die Lücken aus: { $gaps }
translation-has-gaps = Füllen Sie vor dem Veröffentlichen die Lücken der Übersetzung aus ({ $language }): { $gaps }
publish-at-wrong = Geben Sie Datum und Uhrzeit ein, zum Beispiel 2026-12-01T09:00.

# Was im Weg ist
kind-taken = Der Shop hat schon eine Seite dieser Art. Bearbeiten Sie diese.
slug-taken = Eine andere Seite hat diese Adresse. Wählen Sie eine andere.
too-many-pages = Ein Shop kann höchstens { $most } Seiten haben.
changed-since = Jemand anderes hat diese Seite geändert, seit Sie sie geöffnet haben.

# Nachrichten von Kunden
too-many-messages = Zu viele Nachrichten. Bitte warten Sie einige Minuten.
