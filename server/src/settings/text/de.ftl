currency-changed = Der Shop hat seine Währung auf { $currency } umgestellt. Es wurde nichts gespeichert. Prüfen Sie die Preise und speichern Sie noch einmal.
