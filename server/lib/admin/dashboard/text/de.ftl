# Eine Stunde, die zweimal kommt, weil die Uhr zurückgestellt wird
again = { $hour } noch einmal
