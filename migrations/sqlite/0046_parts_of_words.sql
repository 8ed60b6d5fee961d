-- What the words in a product's names tell of German words that are made of others. The server writes it as it
-- indexes products, those that are there while it runs.
CREATE TABLE product_parts (
  product_id TEXT NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  -- The stem of a long word, backwards: those that end alike are side by side. Or '=' and a word.
  part       TEXT NOT NULL,
  PRIMARY KEY (product_id, part)
) WITHOUT ROWID;
CREATE INDEX product_parts_part ON product_parts (part);
