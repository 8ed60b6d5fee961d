not-over = Der Bericht kann aufbewahrt werden, wenn der Drop vorbei ist.
not-paid = Der Bericht kann aufbewahrt werden, wenn keine Bestellung mehr auf ihre Zahlung wartet.
kept-already = Dieser Bericht steht schon im Protokoll.
