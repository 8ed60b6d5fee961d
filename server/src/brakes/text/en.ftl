too-fast = { $minutes ->
    [one] Too many requests came from your connection. Please try again in { $minutes } minute; nothing you entered is lost.
   *[other] Too many requests came from your connection. Please try again in { $minutes } minutes; nothing you entered is lost.
}
