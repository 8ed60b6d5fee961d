-- Categories, products, variants, pictures. Price and stock belong to the variant, activation to the product.

CREATE TABLE categories (
  id        TEXT   NOT NULL PRIMARY KEY,
  slug      TEXT   NOT NULL UNIQUE,
  name      TEXT   NOT NULL,
  position  BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE products (
  id               TEXT     NOT NULL PRIMARY KEY,
  slug             TEXT     NOT NULL UNIQUE,
  title            TEXT     NOT NULL CHECK (title <> ''),
  description_html TEXT     NOT NULL DEFAULT '',
  description_text TEXT     NOT NULL DEFAULT '',
  vendor           TEXT     NOT NULL DEFAULT '',
  category_id      TEXT     REFERENCES categories (id) ON DELETE SET NULL,
  active           SMALLINT NOT NULL DEFAULT 0 CHECK (active IN (0, 1)),
  seo_title        TEXT,
  seo_description  TEXT,
  -- Rises with every edit: a form made from an older version is refused.
  version          BIGINT   NOT NULL DEFAULT 1,
  -- What lists filter and sort by, derived from the variants by one function whenever they change.
  price_min_minor  BIGINT   NOT NULL DEFAULT 0,
  price_max_minor  BIGINT   NOT NULL DEFAULT 0,
  compare_at_minor BIGINT,
  in_stock         SMALLINT NOT NULL DEFAULT 0 CHECK (in_stock IN (0, 1)),
  sold             BIGINT   NOT NULL DEFAULT 0,
  created_at       BIGINT   NOT NULL,
  updated_at       BIGINT   NOT NULL,
  search           tsvector
);
CREATE INDEX products_category ON products (category_id, active);
CREATE INDEX products_newest ON products (active, created_at DESC, id DESC);
CREATE INDEX products_price ON products (active, price_min_minor, id);
CREATE INDEX products_title ON products (active, title, id);
CREATE INDEX products_sold ON products (active, sold DESC, id DESC);

CREATE TABLE product_tags (
  product_id TEXT NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  tag        TEXT NOT NULL CHECK (tag <> ''),
  PRIMARY KEY (product_id, tag)
);
CREATE INDEX product_tags_tag ON product_tags (tag, product_id);

CREATE TABLE product_options (
  product_id TEXT   NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  position   BIGINT NOT NULL CHECK (position BETWEEN 1 AND 3),
  name       TEXT   NOT NULL CHECK (name <> ''),
  -- The name in lower case, as addresses have it: databases differ in what they lower.
  key        TEXT   NOT NULL,
  PRIMARY KEY (product_id, position)
);

CREATE TABLE variants (
  id               TEXT   NOT NULL PRIMARY KEY,
  product_id       TEXT   NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  position         BIGINT NOT NULL,
  sku              TEXT   UNIQUE CHECK (sku <> ''),
  option1          TEXT   NOT NULL DEFAULT '',
  option2          TEXT   NOT NULL DEFAULT '',
  option3          TEXT   NOT NULL DEFAULT '',
  price_minor      BIGINT NOT NULL CHECK (price_minor >= 0),
  compare_at_minor BIGINT CHECK (compare_at_minor >= 0),
  stock            BIGINT NOT NULL DEFAULT 0 CHECK (stock >= 0),
  sold             BIGINT NOT NULL DEFAULT 0,
  grams            BIGINT NOT NULL DEFAULT 0 CHECK (grams >= 0),
  picture_src      TEXT,
  UNIQUE (product_id, option1, option2, option3)
);

CREATE TABLE pictures (
  id         TEXT   NOT NULL PRIMARY KEY,
  product_id TEXT   NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  position   BIGINT NOT NULL,
  src        TEXT   NOT NULL,
  alt        TEXT   NOT NULL DEFAULT '',
  width      BIGINT,
  height     BIGINT,
  UNIQUE (product_id, src)
);

-- The history of every variant's stock: the sum of its movements is its stock.
CREATE TABLE stock_movements (
  id         TEXT   NOT NULL PRIMARY KEY,
  variant_id TEXT   NOT NULL REFERENCES variants (id) ON DELETE CASCADE,
  delta      BIGINT NOT NULL CHECK (delta <> 0),
  reason     TEXT   NOT NULL CHECK (reason IN ('initial', 'sale', 'cancellation', 'adjustment', 'import')),
  order_id   TEXT,
  actor      TEXT,
  note       TEXT   NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL
);
CREATE INDEX stock_movements_variant ON stock_movements (variant_id, created_at);
-- A sale takes a variant's units for an order once, a cancellation gives them back once.
CREATE UNIQUE INDEX stock_movements_once ON stock_movements (order_id, variant_id, reason) WHERE order_id IS NOT NULL;

CREATE INDEX products_search ON products USING gin (search);
