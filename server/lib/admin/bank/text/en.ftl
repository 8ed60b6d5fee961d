enter-the-holder = Enter the account holder’s name, up to 70 characters.
check-the-iban = Enter the IBAN as your bank prints it. A digit is wrong or missing.
check-the-bic = Enter a BIC of 8 or 11 characters, or leave the field empty.
