enter-the-holder = Geben Sie den Namen des Kontoinhabers ein, höchstens 70 Zeichen.
check-the-iban = Geben Sie die IBAN so ein, wie Ihre Bank sie schreibt. Eine Stelle ist falsch oder fehlt.
check-the-bic = Geben Sie eine BIC aus 8 oder 11 Zeichen ein, oder lassen Sie das Feld leer.
