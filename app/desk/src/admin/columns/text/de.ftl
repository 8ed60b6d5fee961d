columns = Spalten
how-kept = Eine gespeicherte Ansicht behält sie ebenfalls. Ohne Häkchen werden alle gezeigt.
show-columns = Spalten anzeigen
