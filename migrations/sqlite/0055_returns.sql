-- What the shop promises of returns, besides its own words.

-- Days from arrival in which customers may send back what they bought; NULL if nothing is said of it.
ALTER TABLE shop_settings ADD COLUMN return_days BIGINT CHECK (return_days BETWEEN 1 AND 365);
-- Who pays for sending it back.
ALTER TABLE shop_settings ADD COLUMN return_cost TEXT NOT NULL DEFAULT 'customer';

CREATE TRIGGER shop_settings_return_cost_word BEFORE INSERT ON shop_settings
WHEN NEW.return_cost NOT IN ('customer', 'shop')
BEGIN
  SELECT RAISE(ABORT, 'shop_settings_return_cost_word: no such word');
END;

CREATE TRIGGER shop_settings_return_cost_next_word BEFORE UPDATE OF return_cost ON shop_settings
WHEN NEW.return_cost NOT IN ('customer', 'shop')
BEGIN
  SELECT RAISE(ABORT, 'shop_settings_return_cost_word: no such word');
END;
