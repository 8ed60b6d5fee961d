-- What an admin sets, and what the dashboard reads by.

CREATE TABLE shop_settings (
  id                   SMALLINT NOT NULL PRIMARY KEY CHECK (id = 1),
  -- Rises with every save: a form made from an older one is refused.
  version              BIGINT   NOT NULL DEFAULT 0,
  -- NULL: as the command line or the environment says.
  name                 TEXT     CHECK (name <> ''),
  currency             TEXT     CHECK (length(currency) = 3),
  tax_basis_points     BIGINT   CHECK (tax_basis_points BETWEEN 0 AND 10000),
  mail_from            TEXT,
  -- A name of the IANA's: days of the dashboard are this zone's.
  time_zone            TEXT     NOT NULL DEFAULT 'UTC',
  -- How long an order waits for its payment before its units are for sale again.
  payment_hold_minutes BIGINT   NOT NULL DEFAULT 30 CHECK (payment_hold_minutes > 0),
  -- How long a cart that nobody touches lives.
  cart_days            BIGINT   NOT NULL DEFAULT 30 CHECK (cart_days > 0),
  -- Stock is low at this number of units and below.
  low_stock            BIGINT   NOT NULL DEFAULT 5 CHECK (low_stock >= 0),
  changed_at           BIGINT,
  changed_by           TEXT
);
INSERT INTO shop_settings (id) VALUES (1);

-- Carts that hold something that was put in within a time.
CREATE INDEX cart_lines_added ON cart_lines (added_at);

-- How the parcel travels, as it was called when the order was placed: rates come and go.
ALTER TABLE orders ADD COLUMN shipping_name TEXT;
UPDATE orders SET shipping_name = (SELECT r.name FROM shipping_rates r WHERE r.id = orders.shipping_method);

-- Low stock has no index here, unlike on SQLite: it would keep every sold unit from being updated in
-- place (HOT), and the dashboard reads all variants in some ten milliseconds.
