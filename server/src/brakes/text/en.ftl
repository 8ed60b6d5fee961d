too-fast = { $minutes ->
    [one] Too many requests came from your connection. Please try again in { $minutes } minute.
   *[other] Too many requests came from your connection. Please try again in { $minutes } minutes.
}
