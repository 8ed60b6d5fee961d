vat-id = USt-IdNr.: { $id }
