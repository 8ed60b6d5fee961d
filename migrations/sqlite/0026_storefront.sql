-- What the owner puts in front of the products: categories with pages of their own.

-- Rises with every edit: a form made from an older version is refused.
ALTER TABLE categories ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- Addresses that categories had: they lead on to the present one. An address in use is in `categories` alone.
CREATE TABLE category_slugs (
  slug        TEXT   NOT NULL PRIMARY KEY,
  category_id TEXT   NOT NULL REFERENCES categories (id) ON DELETE CASCADE,
  created_at  BIGINT NOT NULL
);
CREATE INDEX category_slugs_category ON category_slugs (category_id);
