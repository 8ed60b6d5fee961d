-- Products are found by their words in each language: a row per product and language, beside its words in
-- `products_search`. What was indexed before is found as it was until the server has indexed it again, which
-- it does while it runs.

CREATE TABLE product_words (
  -- The row of `products_search`.
  seq         INTEGER PRIMARY KEY,
  product_seq BIGINT  NOT NULL REFERENCES products (seq) ON DELETE CASCADE,
  -- '' as the product is written; others hold what is translated.
  language    TEXT    NOT NULL,
  -- Of the rules by which its words were made; 0 before there were such.
  version     BIGINT  NOT NULL,
  UNIQUE (product_seq, language)
);
CREATE INDEX product_words_version ON product_words (version);
CREATE INDEX product_words_translated ON product_words (language, product_seq) WHERE language <> '';

INSERT INTO product_words (seq, product_seq, language, version) SELECT seq, seq, '', 0 FROM products;

-- Words go with their product.
CREATE TRIGGER product_words_gone AFTER DELETE ON product_words BEGIN
  DELETE FROM products_search WHERE rowid = OLD.seq;
END;
