# An hour that comes twice because clocks go back
again = { $hour } again
