-- What the shop promises of returns, besides its own words.

-- Days from arrival in which customers may send back what they bought; NULL if nothing is said of it.
ALTER TABLE shop_settings ADD COLUMN return_days BIGINT CHECK (return_days BETWEEN 1 AND 365);
-- Who pays for sending it back.
ALTER TABLE shop_settings ADD COLUMN return_cost TEXT NOT NULL DEFAULT 'customer';

ALTER TABLE shop_settings ADD CONSTRAINT shop_settings_return_cost_word
  CHECK (return_cost IN ('customer', 'shop'));
