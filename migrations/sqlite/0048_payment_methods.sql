-- Payment methods: which are on, in which order, what they are called, and for which orders they are.

CREATE TABLE payment_methods (
  -- As orders call it.
  method        TEXT     NOT NULL PRIMARY KEY,
  position      BIGINT   NOT NULL,
  -- 1 if the checkout offers it.
  is_on         SMALLINT NOT NULL CHECK (is_on IN (0, 1)),
  -- As the owner calls and describes it; empty: as the shop does by itself.
  name          TEXT     NOT NULL DEFAULT '',
  description   TEXT     NOT NULL DEFAULT '',
  -- What an order may come to, in the shop's currency; NULL: any amount.
  lowest_minor  BIGINT   CHECK (lowest_minor > 0),
  highest_minor BIGINT   CHECK (highest_minor > 0),
  -- Where parcels may go, by codes with blanks between them; empty: everywhere the shop delivers to.
  countries     TEXT     NOT NULL DEFAULT ''
);

-- How often they have been changed; a change takes its turn here.
CREATE TABLE payment_method_versions (
  id      BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  version BIGINT NOT NULL DEFAULT 1
);
INSERT INTO payment_method_versions (id) VALUES (1);

-- What was set in three places. A card is first, as it was chosen first.
INSERT INTO payment_methods (method, position, is_on, highest_minor) VALUES
  ('stripe', 1, 1, NULL),
  ('test_card', 2, COALESCE((SELECT test_card FROM shop_settings WHERE id = 1), 1), NULL),
  ('cash_on_delivery', 3, COALESCE((SELECT cash_on_delivery FROM shop_settings WHERE id = 1), 1),
   (SELECT up_to_minor FROM cash_settings WHERE id = 1)),
  ('bank_transfer', 4, COALESCE((SELECT is_on FROM bank_settings WHERE id = 1), 0), NULL);

ALTER TABLE shop_settings DROP COLUMN test_card;
ALTER TABLE shop_settings DROP COLUMN cash_on_delivery;

-- SQLite drops no last column that a comment stands above, and none that a check of the table names: these two
-- tables are made anew.
CREATE TABLE cash_settings_new (
  id           BIGINT   NOT NULL PRIMARY KEY CHECK (id = 1),
  version      BIGINT   NOT NULL DEFAULT 1,
  -- 1 if orders of those whose e-mail address is not proven wait until they are confirmed.
  confirmation SMALLINT NOT NULL DEFAULT 1 CHECK (confirmation IN (0, 1)),
  -- How long they wait.
  minutes      BIGINT   NOT NULL DEFAULT 30 CHECK (minutes BETWEEN 10 AND 1440),
  -- Orders of one buyer that may be open at a time; NULL: any number.
  most_open    BIGINT   DEFAULT 3 CHECK (most_open > 0)
);
INSERT INTO cash_settings_new (id, version, confirmation, minutes, most_open)
SELECT id, version, confirmation, minutes, most_open FROM cash_settings;
DROP TABLE cash_settings;
ALTER TABLE cash_settings_new RENAME TO cash_settings;

CREATE TABLE bank_settings_new (
  id      BIGINT   NOT NULL PRIMARY KEY CHECK (id = 1),
  version BIGINT   NOT NULL DEFAULT 1,
  holder  TEXT     NOT NULL DEFAULT '',
  -- Without blanks, in capital letters, as is the BIC.
  iban    TEXT     NOT NULL DEFAULT '',
  bic     TEXT     NOT NULL DEFAULT '',
  bank    TEXT     NOT NULL DEFAULT '',
  -- How long an order holds its units for the money.
  days    BIGINT   NOT NULL DEFAULT 7 CHECK (days BETWEEN 1 AND 30)
);
INSERT INTO bank_settings_new (id, version, holder, iban, bic, bank, days)
SELECT id, version, holder, iban, bic, bank, days FROM bank_settings;
DROP TABLE bank_settings;
ALTER TABLE bank_settings_new RENAME TO bank_settings;
