enter-a-name = Geben Sie einen Namen ein.
named-twice = Diesen Paketdienst gibt es zweimal.
too-many = Geben Sie höchstens { $most } Paketdienste ein.
enter-a-pattern = Geben Sie eine Adresse ein, die mit https:// beginnt und nach dem Hostnamen genau einmal { $number } enthält.
