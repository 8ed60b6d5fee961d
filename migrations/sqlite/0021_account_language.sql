-- What an account is shown and sent: the code of a language, such as de. Nothing, for accounts from before,
-- means the shop's default; signing in fills it with the language of the page.
ALTER TABLE accounts ADD COLUMN language TEXT;
