picture = Bild
choose-picture = Bild auswählen
upload = Hochladen
remove-picture = Bild entfernen
