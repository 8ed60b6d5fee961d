-- Carts and what the checkout remembers between its steps. Both belong to whoever holds the cart's cookie.

CREATE TABLE carts (
  id         TEXT   NOT NULL PRIMARY KEY,
  -- SHA-256 of the cookie's value: a copy of the database opens no cart.
  token_hash TEXT   NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX carts_expiry ON carts (expires_at);

CREATE TABLE cart_lines (
  cart_id          TEXT   NOT NULL REFERENCES carts (id) ON DELETE CASCADE,
  variant_id       TEXT   NOT NULL,
  quantity         BIGINT NOT NULL CHECK (quantity > 0),
  -- The price and names the shopper saw: a change is shown, never silently taken.
  unit_price_minor BIGINT NOT NULL CHECK (unit_price_minor >= 0),
  title            TEXT   NOT NULL,
  variant_title    TEXT   NOT NULL DEFAULT '',
  added_at         BIGINT NOT NULL,
  PRIMARY KEY (cart_id, variant_id)
);
CREATE INDEX cart_lines_variant ON cart_lines (variant_id);

CREATE TABLE checkouts (
  cart_id      TEXT   NOT NULL PRIMARY KEY REFERENCES carts (id) ON DELETE CASCADE,
  checkout_key TEXT   NOT NULL UNIQUE,
  -- What was typed so far, as JSON; never a card number.
  draft        TEXT   NOT NULL,
  updated_at   BIGINT NOT NULL
);

CREATE TABLE shipping_rates (
  id              TEXT   NOT NULL PRIMARY KEY,
  name            TEXT   NOT NULL,
  description     TEXT   NOT NULL DEFAULT '',
  price_minor     BIGINT NOT NULL CHECK (price_minor >= 0),
  free_from_minor BIGINT CHECK (free_from_minor >= 0),
  position        BIGINT NOT NULL DEFAULT 0
);

INSERT INTO shipping_rates (id, name, description, price_minor, free_from_minor, position) VALUES
  ('standard', 'Standard', '3 to 5 working days', 490, 7500, 1),
  ('express', 'Express', 'Next working day when ordered before noon', 1290, NULL, 2),
  ('pickup', 'Pick up in the shop', 'Ready within two hours', 0, NULL, 3);
