too-fast = { $minutes ->
    [one] Von Ihrer Verbindung kamen zu viele Anfragen. Bitte versuchen Sie es in { $minutes } Minute noch einmal.
   *[other] Von Ihrer Verbindung kamen zu viele Anfragen. Bitte versuchen Sie es in { $minutes } Minuten noch einmal.
}
