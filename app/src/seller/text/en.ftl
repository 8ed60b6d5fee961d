vat-id = VAT ID: { $id }
