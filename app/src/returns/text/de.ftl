at-our-cost = { $days ->
    [one] Sie haben { $days } Tag Zeit für die Rückgabe, auf unsere Kosten.
   *[other] Sie haben { $days } Tage Zeit für die Rückgabe, auf unsere Kosten.
}
at-your-cost = { $days ->
    [one] Sie haben { $days } Tag Zeit für die Rückgabe. Den Rückversand zahlen Sie.
   *[other] Sie haben { $days } Tage Zeit für die Rückgabe. Den Rückversand zahlen Sie.
}
