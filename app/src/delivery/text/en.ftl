# In working days
same-day = { $how ->
    [collection] ready the same working day
   *[delivery] same working day
}
next-day = { $how ->
    [collection] ready the next working day
   *[delivery] next working day
}
in-days = { $how ->
    [collection] ready in { $days }{ "\u00A0" }working days
   *[delivery] { $days }{ "\u00A0" }working days
}
within = { $days ->
    [one] within { $days }{ "\u00A0" }working day
   *[other] within { $days }{ "\u00A0" }working days
}
ready-within = { $days ->
    [one] ready within { $days }{ "\u00A0" }working day
   *[other] ready within { $days }{ "\u00A0" }working days
}

# To one customer
not-all-in-stock = Not everything is in stock, so we can’t name a delivery date yet.
on-dates = { $how ->
    [collection] Ready { $dates }
   *[delivery] Arrives { $dates }
}
arrives-after-payment = { $days ->
    [one] Arrives within { $days }{ "\u00A0" }working day of your payment
   *[other] Arrives within { $days }{ "\u00A0" }working days of your payment
}
arrives-after-confirmation = { $days ->
    [one] Arrives within { $days }{ "\u00A0" }working day of your confirmation
   *[other] Arrives within { $days }{ "\u00A0" }working days of your confirmation
}
ready-after-payment = { $days ->
    [one] Ready within { $days }{ "\u00A0" }working day of your payment
   *[other] Ready within { $days }{ "\u00A0" }working days of your payment
}
ready-after-confirmation = { $days ->
    [one] Ready within { $days }{ "\u00A0" }working day of your confirmation
   *[other] Ready within { $days }{ "\u00A0" }working days of your confirmation
}
