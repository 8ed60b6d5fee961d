choose-a-way = Wählen Sie nach oben oder nach unten.
