choose-country = Choose a country from the list.
