too-fast = { $minutes ->
    [one] Von Ihrer Verbindung kamen zu viele Anfragen. Bitte versuchen Sie es in { $minutes } Minute noch einmal; Ihre Eingaben bleiben erhalten.
   *[other] Von Ihrer Verbindung kamen zu viele Anfragen. Bitte versuchen Sie es in { $minutes } Minuten noch einmal; Ihre Eingaben bleiben erhalten.
}
