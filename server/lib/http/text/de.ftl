other-site = Diese Anfrage kam von einer anderen Website und wurde nicht ausgeführt.
too-many-watchers = Zu viele Besucher beobachten den Lagerbestand. Bitte fragen Sie ihn stattdessen einzeln ab.
variant-ids = Geben Sie 1 bis { $most } Kennungen von Varianten an, durch Kommas getrennt.

# Womit jemand angemeldet ist
device = { $browser } unter { $system }

# Ein Formular, das nicht ganz zurückkam
check-and-send-again = Sie waren abgemeldet. Prüfen Sie Ihre Eingaben, und senden Sie sie noch einmal ab.
too-long-to-keep = Ihre Eingabe war hier zu lang, um sie zu behalten. Bitte geben Sie sie noch einmal ein.
