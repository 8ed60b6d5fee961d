at-our-cost = { $days ->
    [one] You have { $days } day to return it, free of charge.
   *[other] You have { $days } days to return it, free of charge.
}
at-your-cost = { $days ->
    [one] You have { $days } day to return it. You pay for return shipping.
   *[other] You have { $days } days to return it. You pay for return shipping.
}
