-- Whether the shop takes orders, what its owner has to do before it does, who sells, and sentences of the
-- owner's own. A shop that has been set up before takes orders as it did, and says what it said.

-- A new shop is being prepared and takes no orders.
ALTER TABLE shop_settings ADD COLUMN opening TEXT NOT NULL DEFAULT 'preparing';
UPDATE shop_settings SET opening = 'open' WHERE EXISTS (SELECT 1 FROM orders)
  OR EXISTS (SELECT 1 FROM products) OR EXISTS (SELECT 1 FROM accounts WHERE role = 'admin');
-- Whether shoppers may pay with the test card, which takes no money.
ALTER TABLE shop_settings ADD COLUMN test_card SMALLINT NOT NULL DEFAULT 1 CHECK (test_card IN (0, 1));

-- Whether the front page says what the software came with until its owner writes something else; the goods
-- of a new shop are not known.
ALTER TABLE home_page ADD COLUMN standard_words SMALLINT NOT NULL DEFAULT 0 CHECK (standard_words IN (0, 1));
UPDATE home_page SET standard_words = 1 WHERE EXISTS (SELECT 1 FROM shop_settings WHERE opening = 'open');

-- What an admin has confirmed to be right.
CREATE TABLE opening_checks (
  item         TEXT   NOT NULL PRIMARY KEY,
  confirmed_at BIGINT NOT NULL,
  confirmed_by TEXT   NOT NULL
);
-- A shop that takes orders has been running with what is set.
INSERT INTO opening_checks (item, confirmed_at, confirmed_by)
SELECT i.item, 0, 'upgrade' FROM (SELECT 'mail' AS item UNION ALL SELECT 'delivery' UNION ALL SELECT 'tax') i
JOIN shop_settings s ON s.opening = 'open';

CREATE TABLE sellers (
  id             BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  version        BIGINT NOT NULL DEFAULT 0,
  name           TEXT   NOT NULL DEFAULT '',
  represented_by TEXT   NOT NULL DEFAULT '',
  street         TEXT   NOT NULL DEFAULT '',
  postal_code    TEXT   NOT NULL DEFAULT '',
  city           TEXT   NOT NULL DEFAULT '',
  -- ISO 3166-1 alpha-2.
  country        TEXT   NOT NULL DEFAULT '',
  register       TEXT   NOT NULL DEFAULT '',
  vat_id         TEXT   NOT NULL DEFAULT '',
  email          TEXT   NOT NULL DEFAULT '',
  phone          TEXT   NOT NULL DEFAULT ''
);
INSERT INTO sellers (id) VALUES (1);

-- One that is not here is not said.
CREATE TABLE sentences (
  sentence TEXT NOT NULL,
  language TEXT NOT NULL,
  text     TEXT NOT NULL CHECK (text <> ''),
  PRIMARY KEY (sentence, language)
);
-- When they were last saved.
CREATE TABLE sentence_versions (
  id      BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  version BIGINT NOT NULL DEFAULT 0
);
INSERT INTO sentence_versions (id) VALUES (1);
INSERT INTO sentences (sentence, language, text)
SELECT 'about', t.language, t.text FROM (
  SELECT 'en' AS language,
    'A holdfast is the root that anchors kelp to the rock. We sell goods that hold on just as well.' AS text
  UNION ALL SELECT 'de', 'Holdfast heißt die Wurzel, mit der sich Seetang am Fels festhält. Was wir verkaufen, hält genauso gut.'
) t JOIN shop_settings s ON s.opening = 'open';

CREATE TRIGGER shop_settings_opening_next_word BEFORE UPDATE OF opening ON shop_settings
WHEN NEW.opening NOT IN ('preparing', 'open', 'demo')
BEGIN
  SELECT RAISE(ABORT, 'shop_settings_opening_word: no such word');
END;

CREATE TRIGGER opening_checks_item_word BEFORE INSERT ON opening_checks
WHEN NEW.item NOT IN ('seller', 'pages', 'payment', 'mail', 'delivery', 'tax', 'product')
BEGIN
  SELECT RAISE(ABORT, 'opening_checks_item_word: no such word');
END;

CREATE TRIGGER sentences_sentence_word BEFORE INSERT ON sentences
WHEN NEW.sentence NOT IN ('about', 'returns', 'order_mail')
BEGIN
  SELECT RAISE(ABORT, 'sentences_sentence_word: no such word');
END;
