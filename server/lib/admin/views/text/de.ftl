named-already = Sie haben schon eine Ansicht mit diesem Namen. Wählen Sie einen anderen.
too-many = Sie haben { $number } Ansichten. Löschen Sie eine, bevor Sie eine weitere speichern.
too-long = Dieser Filter ist zu lang, um gespeichert zu werden.
changed-since = Diese Ansicht wurde inzwischen geändert. Prüfen Sie sie und speichern Sie noch einmal.
