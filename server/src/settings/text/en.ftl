currency-changed = The shop has changed its currency to { $currency }. Nothing was saved. Check the prices and save again.
