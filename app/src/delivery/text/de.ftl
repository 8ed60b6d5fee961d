# In Arbeitstagen
same-day = { $how ->
    [collection] am selben Arbeitstag abholbereit
   *[delivery] am selben Arbeitstag
}
next-day = { $how ->
    [collection] am nächsten Arbeitstag abholbereit
   *[delivery] am nächsten Arbeitstag
}
in-days = { $how ->
    [collection] abholbereit in { $days }{ "\u00A0" }Arbeitstagen
   *[delivery] { $days }{ "\u00A0" }Arbeitstage
}
within = { $days ->
    [one] innerhalb von { $days }{ "\u00A0" }Arbeitstag
   *[other] innerhalb von { $days }{ "\u00A0" }Arbeitstagen
}
ready-within = { $days ->
    [one] abholbereit innerhalb von { $days }{ "\u00A0" }Arbeitstag
   *[other] abholbereit innerhalb von { $days }{ "\u00A0" }Arbeitstagen
}

# Für einen Kunden
not-all-in-stock = Nicht alles ist auf Lager. Einen Liefertermin können wir deshalb noch nicht nennen.
on-dates = { $how ->
    [collection] Abholbereit { $dates }
   *[delivery] Lieferung { $dates }
}
arrives-after-payment = { $days ->
    [one] Lieferung innerhalb von { $days }{ "\u00A0" }Arbeitstag nach Zahlungseingang
   *[other] Lieferung innerhalb von { $days }{ "\u00A0" }Arbeitstagen nach Zahlungseingang
}
arrives-after-confirmation = { $days ->
    [one] Lieferung innerhalb von { $days }{ "\u00A0" }Arbeitstag nach Ihrer Bestätigung
   *[other] Lieferung innerhalb von { $days }{ "\u00A0" }Arbeitstagen nach Ihrer Bestätigung
}
ready-after-payment = { $days ->
    [one] Abholbereit innerhalb von { $days }{ "\u00A0" }Arbeitstag nach Zahlungseingang
   *[other] Abholbereit innerhalb von { $days }{ "\u00A0" }Arbeitstagen nach Zahlungseingang
}
ready-after-confirmation = { $days ->
    [one] Abholbereit innerhalb von { $days }{ "\u00A0" }Arbeitstag nach Ihrer Bestätigung
   *[other] Abholbereit innerhalb von { $days }{ "\u00A0" }Arbeitstagen nach Ihrer Bestätigung
}
