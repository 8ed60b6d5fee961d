-- Orders as they were sold: titles, SKUs and prices are copies, so later edits change no past order.

CREATE TABLE orders (
  id              TEXT   NOT NULL PRIMARY KEY,
  number          TEXT   NOT NULL UNIQUE,
  token           TEXT   NOT NULL UNIQUE,
  checkout_key    TEXT   NOT NULL UNIQUE,
  cart_id         TEXT   NOT NULL,
  email           TEXT   NOT NULL,
  status          TEXT   NOT NULL CHECK (status IN ('pending_payment', 'paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded')),
  cancel_reason   TEXT,
  currency        TEXT   NOT NULL,
  subtotal_minor  BIGINT NOT NULL CHECK (subtotal_minor >= 0),
  shipping_minor  BIGINT NOT NULL CHECK (shipping_minor >= 0),
  -- Contained in the total, not added to it.
  tax_minor       BIGINT NOT NULL CHECK (tax_minor >= 0),
  total_minor     BIGINT NOT NULL CHECK (total_minor = subtotal_minor + shipping_minor),
  shipping_method TEXT   NOT NULL,
  payment_method  TEXT   NOT NULL,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL
);
CREATE INDEX orders_newest ON orders (created_at DESC, id DESC);
CREATE INDEX orders_status ON orders (status, created_at);
CREATE INDEX orders_cancelled ON orders (updated_at) WHERE status = 'cancelled';

CREATE TABLE order_lines (
  order_id         TEXT   NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  position         BIGINT NOT NULL,
  variant_id       TEXT   REFERENCES variants (id) ON DELETE SET NULL,
  product_slug     TEXT   NOT NULL,
  title            TEXT   NOT NULL,
  variant_title    TEXT   NOT NULL DEFAULT '',
  sku              TEXT   NOT NULL DEFAULT '',
  picture_src      TEXT,
  unit_price_minor BIGINT NOT NULL CHECK (unit_price_minor >= 0),
  quantity         BIGINT NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, position)
);
CREATE INDEX order_lines_variant ON order_lines (variant_id);

CREATE TABLE order_addresses (
  order_id    TEXT NOT NULL PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  address_line1 TEXT NOT NULL,
  address_line2 TEXT NOT NULL DEFAULT '',
  postal_code TEXT NOT NULL,
  city        TEXT NOT NULL,
  country     TEXT NOT NULL,
  phone       TEXT NOT NULL DEFAULT ''
);

CREATE TABLE payments (
  id              TEXT   NOT NULL PRIMARY KEY,
  -- The provider is called with the order's id, so a repeated call charges once.
  order_id        TEXT   NOT NULL UNIQUE REFERENCES orders (id) ON DELETE CASCADE,
  provider        TEXT   NOT NULL,
  status          TEXT   NOT NULL CHECK (status IN ('pending', 'due', 'captured', 'declined', 'void', 'refunded')),
  amount_minor    BIGINT NOT NULL CHECK (amount_minor >= 0),
  -- What the provider charges; stands for a card, is none.
  token           TEXT   NOT NULL DEFAULT '',
  reference       TEXT   NOT NULL DEFAULT '',
  label           TEXT   NOT NULL DEFAULT '',
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL
);

-- The test card's own books, standing in for a bank's: what it charged, by idempotency key.
CREATE TABLE test_card_charges (
  idempotency_key TEXT   NOT NULL PRIMARY KEY,
  -- A void key was given up before it was charged and can never be charged again.
  status          TEXT   NOT NULL CHECK (status IN ('captured', 'declined', 'void')),
  amount_minor    BIGINT NOT NULL CHECK (amount_minor >= 0),
  refunded_minor  BIGINT NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND amount_minor),
  created_at      BIGINT NOT NULL
);
