-- Products are found by their words in each language: a row per product and language. What was indexed before
-- is found as it was until the server has indexed it again, which it does while it runs.

CREATE TABLE product_words (
  product_id TEXT     NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  -- '' as the product is written; others hold what is translated.
  language   TEXT     NOT NULL,
  -- Of the rules by which its words were made; 0 before there were such.
  version    BIGINT   NOT NULL,
  search     tsvector NOT NULL,
  -- Title (A), vendor, category, tags and SKUs (B): what puts those that are found in order. It is short and
  -- stays in the row.
  names      tsvector NOT NULL,
  PRIMARY KEY (product_id, language)
);

INSERT INTO product_words (product_id, language, version, search, names)
SELECT id, '', 0, COALESCE(search, CAST('' AS tsvector)),
  ts_filter(COALESCE(search, CAST('' AS tsvector)), '{a,b}')
FROM products;

CREATE INDEX product_words_search ON product_words USING gin (search);
CREATE INDEX product_words_version ON product_words (version);
CREATE INDEX product_words_translated ON product_words (language, product_id) WHERE language <> '';

DROP INDEX products_search;
ALTER TABLE products DROP COLUMN search;
