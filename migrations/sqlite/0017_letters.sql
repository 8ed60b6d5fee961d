-- Keys for what is looked up and sorted without regard to case or accents. They are made in Rust, for
-- neither database folds all letters, and compared byte by byte. Rows of before get theirs right after
-- this migration.

-- How far the rows of each kind have their keys.
CREATE TABLE folded_keys (
  kind     TEXT     NOT NULL PRIMARY KEY,
  -- The folding that they are written with.
  version  BIGINT   NOT NULL DEFAULT 0,
  done     SMALLINT NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
  -- While they are being written: the last one that is.
  after_id TEXT     NOT NULL DEFAULT ''
);
INSERT INTO folded_keys (kind) VALUES ('categories'), ('products'), ('accounts'), ('checkouts'), ('orders');

ALTER TABLE products ADD COLUMN title_key TEXT NOT NULL DEFAULT '';
DROP INDEX products_title;
CREATE INDEX products_title ON products (active, title_key, id);
DROP INDEX products_by_title;
CREATE INDEX products_by_title ON products (title_key, id);

-- A category is its name, whatever its address.
ALTER TABLE categories ADD COLUMN name_key TEXT;
CREATE UNIQUE INDEX categories_name_key ON categories (name_key);

-- What staff find people and orders by. Accounts have their address in its one form already.
ALTER TABLE accounts ADD COLUMN search_key TEXT NOT NULL DEFAULT '';
ALTER TABLE checkouts ADD COLUMN email_key TEXT NOT NULL DEFAULT '';
CREATE INDEX checkouts_email ON checkouts (email_key);
ALTER TABLE orders ADD COLUMN email_key TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN search_key TEXT NOT NULL DEFAULT '';
DROP INDEX orders_email;
CREATE INDEX orders_email ON orders (email_key, created_at DESC, id DESC);
ALTER TABLE order_lines ADD COLUMN search_key TEXT NOT NULL DEFAULT '';
