choose-country = Wählen Sie ein Land aus der Liste.
