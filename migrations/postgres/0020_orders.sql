-- The dense shape of orders, carts and stock: what a sale writes is as few rows as there are things to say.
--
--   order        one row: with its address, its sums of money and its one payment state
--   line         one row: it is also the movement that took its units off the shelf
--   cart         one row: its lines and what was typed at the checkout are JSON
--   payment      a row for each try at a provider; none for money that is due on delivery
--   fulfilment   a row for each parcel, and one for each line that is in it
--
-- A batch of cash orders of one line each took 17 statements and, for each order, wrote six rows and
-- deleted two or more. Now it takes 12, and an order writes three rows and changes its cart's in place:
--
--                     before                                    now
--   placing           orders, order_lines, order_addresses,     orders, order_lines, mails;
--                     payments, stock_movements, mails;         UPDATE carts;
--                     DELETE cart_lines, DELETE checkouts       payment_attempts for cards alone
--   reading for it    carts, orders, cart_lines, pricing,       carts, orders, pricing,
--                     variants twice                            variants twice
--   a card is paid    orders, order_events, payments, mails,    orders, order_events,
--                     DELETE checkouts (which it scanned)       payment_attempts, mails, UPDATE carts
--   cash comes in     payments, order_events                    orders, order_events
--   cancelling        orders twice, payments, variants,         orders, payment_attempts, variants,
--                     stock_movements, cart_lines               stock_entries, UPDATE carts
--   refunding         refunds, refund_lines, payments,          refunds, refund_lines, orders,
--                     order_lines, stock_movements              payment_attempts, order_lines, stock_entries
--   shipping          fulfilments                               fulfilments, fulfilment_lines
--
-- Views keep simple what only reads: `stock_movements` has the movements of lines and all others,
-- `cart_lines` the lines of all carts.
--
-- Words (states, reasons, kinds) are CHECKs here and triggers on SQLite, each under its own name. A new word
-- takes no rebuild. On Postgres:
--   ALTER TABLE orders DROP CONSTRAINT orders_payment_status_word;
--   ALTER TABLE orders ADD CONSTRAINT orders_payment_status_word CHECK (…) NOT VALID;
--   ALTER TABLE orders VALIDATE CONSTRAINT orders_payment_status_word;
-- On SQLite: DROP TRIGGER and CREATE TRIGGER.
--
-- All of it is one transaction: stopped in the middle, the shop is as it was, and the next start begins it
-- again. A server that is older finds none of `payments`, `order_addresses` and `checkouts`, cannot write to
-- the views, and misses `products.in_stock`: it answers with errors and writes nothing by halves.

SET LOCAL work_mem = '64MB';
SET LOCAL maintenance_work_mem = '256MB';

-- ---------------------------------------------------------------------------------------------------------
-- Categories stay when they are empty, and may stand below another.

ALTER TABLE categories ADD COLUMN parent_id TEXT REFERENCES categories (id) ON DELETE SET NULL CHECK (parent_id <> id);
ALTER TABLE categories ADD COLUMN description_html TEXT NOT NULL DEFAULT '';
ALTER TABLE categories ADD COLUMN picture_src TEXT;
CREATE INDEX categories_parent ON categories (parent_id) WHERE parent_id IS NOT NULL;

-- ---------------------------------------------------------------------------------------------------------
-- Variants. One that is deleted is archived: it belongs to no product any more, so nothing that reads the
-- variants of products has to leave it out, and what was sold of it stays in the books.

ALTER TABLE variants SET (fillfactor = 50);
ALTER TABLE variants DROP CONSTRAINT variants_product_id_fkey;
ALTER TABLE variants DROP CONSTRAINT variants_stock_check;
ALTER TABLE variants DROP CONSTRAINT variants_sku_key;
ALTER TABLE variants ALTER COLUMN product_id DROP NOT NULL;
ALTER TABLE variants
  ADD COLUMN barcode TEXT CHECK (barcode <> ''),
  -- What a unit costs the shop.
  ADD COLUMN cost_minor BIGINT CHECK (cost_minor >= 0),
  -- 0: nobody counts its units. No stock is taken, no movement is written, the audit skips it.
  ADD COLUMN tracked SMALLINT NOT NULL DEFAULT 1 CHECK (tracked IN (0, 1)),
  -- How many units may be sold that are not there; stock goes below zero as far as this.
  ADD COLUMN backorder_limit BIGINT NOT NULL DEFAULT 0 CHECK (backorder_limit BETWEEN 0 AND 1000000000),
  ADD COLUMN archived_at BIGINT,
  -- The product it was of.
  ADD COLUMN archived_product_id TEXT,
  -- How many units can be bought: the one place that says so.
  ADD COLUMN available BIGINT GENERATED ALWAYS AS
    (CASE WHEN tracked = 1 THEN stock + backorder_limit ELSE 1000000000 END) STORED;
ALTER TABLE variants
  ADD CONSTRAINT variants_stock_check CHECK (stock >= 0 - backorder_limit),
  ADD CONSTRAINT variants_archived_check CHECK ((archived_at IS NULL) = (product_id IS NOT NULL)),
  -- A product is deleted once its variants are archived.
  ADD CONSTRAINT variants_product_id_fkey FOREIGN KEY (product_id) REFERENCES products (id);
CREATE UNIQUE INDEX variants_sku ON variants (sku) WHERE archived_at IS NULL;
CREATE INDEX variants_barcode ON variants (barcode) WHERE barcode IS NOT NULL;
CREATE INDEX variants_archived ON variants (archived_product_id) WHERE archived_product_id IS NOT NULL;

-- ---------------------------------------------------------------------------------------------------------
-- Products: what their cards show, kept by the one function that keeps their prices.

-- Whether any variant can be bought: not the same as units on the shelf any more.
ALTER TABLE products RENAME COLUMN in_stock TO buyable;
ALTER TABLE products
  ADD COLUMN picture_src TEXT,
  ADD COLUMN picture_alt TEXT NOT NULL DEFAULT '',
  -- Most units that can be bought of one variant: `Availability` is made of it. Exact where it is small; where
  -- it is large, sales do not write it.
  ADD COLUMN available_max BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN variant_count BIGINT NOT NULL DEFAULT 0;
UPDATE products SET
  buyable = CASE WHEN EXISTS (SELECT 1 FROM variants v WHERE v.product_id = products.id AND v.available > 0) THEN 1 ELSE 0 END,
  picture_src = (SELECT i.src FROM pictures i WHERE i.product_id = products.id ORDER BY i.position LIMIT 1),
  picture_alt = COALESCE((SELECT i.alt FROM pictures i WHERE i.product_id = products.id ORDER BY i.position LIMIT 1), ''),
  available_max = COALESCE((SELECT MAX(v.available) FROM variants v WHERE v.product_id = products.id), 0),
  variant_count = (SELECT COUNT(*) FROM variants v WHERE v.product_id = products.id);
-- One for each order of a list, with the ties as lists break them.
DROP INDEX products_newest;
CREATE INDEX products_newest ON products (active, created_at DESC, id);
DROP INDEX products_sold;
CREATE INDEX products_sold ON products (active, sold DESC, created_at DESC, id);
CREATE INDEX products_featured ON products (active, buyable DESC, sold DESC, created_at DESC, id);
CREATE INDEX products_price_down ON products (active, price_min_minor DESC, id);

-- ---------------------------------------------------------------------------------------------------------
-- Orders. The old tables stand aside until all is copied.

ALTER TABLE orders RENAME TO old_orders;
ALTER TABLE order_lines RENAME TO old_order_lines;
ALTER TABLE carts RENAME TO old_carts;
ALTER TABLE cart_lines RENAME TO old_cart_lines;

CREATE TABLE orders (
  id                    TEXT     NOT NULL,
  number                TEXT     NOT NULL,
  -- What opens the order for whoever has its link. It begins with the order's id, by which it is found, so
  -- it has no index. Older ones are found by `order_old_tokens`.
  token                 TEXT     NOT NULL,
  checkout_key          TEXT     COLLATE "C" NOT NULL,
  cart_id               TEXT     NOT NULL,
  -- Who was signed in when it was placed.
  account_id            TEXT,
  status                TEXT     NOT NULL,
  cancel_reason         TEXT,
  currency              TEXT     NOT NULL,
  -- Language, and market, that it was placed in.
  locale                TEXT     NOT NULL DEFAULT 'en',
  market                TEXT     NOT NULL DEFAULT '',
  units                 BIGINT   NOT NULL,
  subtotal_minor        BIGINT   NOT NULL CHECK (subtotal_minor >= 0),
  discount_minor        BIGINT   NOT NULL DEFAULT 0 CHECK (discount_minor BETWEEN 0 AND subtotal_minor + shipping_minor),
  shipping_minor        BIGINT   NOT NULL CHECK (shipping_minor >= 0),
  -- For the way of paying, say.
  fee_minor             BIGINT   NOT NULL DEFAULT 0 CHECK (fee_minor >= 0),
  -- gross: contained in the total; net: added to it.
  tax_mode              TEXT     NOT NULL DEFAULT 'gross',
  tax_minor             BIGINT   NOT NULL CHECK (tax_minor >= 0),
  -- The rate, percent times 100; NULL for orders from before it was kept.
  tax_basis_points      BIGINT   CHECK (tax_basis_points >= 0),
  total_minor           BIGINT   NOT NULL,
  payment_method        TEXT     NOT NULL,
  -- How it was paid, in words.
  payment_label         TEXT     NOT NULL DEFAULT '',
  payment_status        TEXT     NOT NULL,
  -- What a provider holds for the order and has not charged.
  authorised_minor      BIGINT   NOT NULL DEFAULT 0 CHECK (authorised_minor >= 0),
  -- Money that came in.
  captured_minor        BIGINT   NOT NULL DEFAULT 0 CHECK (captured_minor >= 0),
  -- All refunds together, also those that only took something off what was due.
  refunded_minor        BIGINT   NOT NULL DEFAULT 0,
  shipping_method       TEXT     NOT NULL,
  -- How the parcel travels, as it was called when the order was placed: rates come and go.
  shipping_name         TEXT,
  email                 TEXT     NOT NULL,
  email_key             TEXT     NOT NULL DEFAULT '',
  search_key            TEXT     NOT NULL DEFAULT '',
  -- Where it goes.
  name                  TEXT     NOT NULL,
  company               TEXT     NOT NULL DEFAULT '',
  address_line1         TEXT     NOT NULL,
  address_line2         TEXT     NOT NULL DEFAULT '',
  postal_code           TEXT     NOT NULL,
  city                  TEXT     NOT NULL,
  state                 TEXT     NOT NULL DEFAULT '',
  country               TEXT     NOT NULL,
  phone                 TEXT     NOT NULL DEFAULT '',
  -- Whom the invoice is for; NULL: whoever gets the parcel.
  billing_name          TEXT,
  billing_company       TEXT,
  billing_address_line1 TEXT,
  billing_address_line2 TEXT,
  billing_postal_code   TEXT,
  billing_city          TEXT,
  billing_state         TEXT,
  billing_country       TEXT,
  vat_id                TEXT     NOT NULL DEFAULT '',
  -- What the customer wrote to the shop with it.
  customer_note         TEXT     NOT NULL DEFAULT '',
  created_at            BIGINT   NOT NULL,
  updated_at            BIGINT   NOT NULL
) WITH (fillfactor = 90);

INSERT INTO orders (
  id, number, token, checkout_key, cart_id, account_id, status, cancel_reason, currency, units,
  subtotal_minor, shipping_minor, tax_minor, tax_basis_points, total_minor, payment_method, payment_label,
  payment_status, captured_minor, refunded_minor, shipping_method, shipping_name, email, email_key, search_key,
  name, address_line1, address_line2, postal_code, city, state, country, phone, created_at, updated_at)
SELECT
  o.id, o.number, o.token, o.checkout_key, o.cart_id, o.account_id, o.status, o.cancel_reason, o.currency,
  COALESCE(l.units, 0),
  o.subtotal_minor, o.shipping_minor, o.tax_minor, o.tax_basis_points, o.total_minor, o.payment_method,
  COALESCE(p.label, ''),
  CASE p.status WHEN 'void' THEN 'voided' ELSE COALESCE(p.status, 'pending') END,
  -- What was waived never came in.
  CASE WHEN p.status IN ('captured', 'refunded') THEN p.amount_minor - COALESCE(w.amount_minor, 0) ELSE 0 END,
  COALESCE(p.refunded_minor, 0), o.shipping_method, o.shipping_name, o.email, o.email_key, o.search_key,
  COALESCE(a.name, ''), COALESCE(a.address_line1, ''), COALESCE(a.address_line2, ''), COALESCE(a.postal_code, ''),
  COALESCE(a.city, ''), COALESCE(a.state, ''), COALESCE(a.country, ''), COALESCE(a.phone, ''),
  o.created_at, o.updated_at
FROM old_orders o
LEFT JOIN payments p ON p.order_id = o.id
LEFT JOIN order_addresses a ON a.order_id = o.id
LEFT JOIN (SELECT order_id, SUM(quantity) AS units FROM old_order_lines GROUP BY order_id) l ON l.order_id = o.id
LEFT JOIN (SELECT order_id, SUM(amount_minor) AS amount_minor FROM refunds WHERE status = 'waived' GROUP BY order_id) w
  ON w.order_id = o.id
ORDER BY o.id;

-- Links that were mailed before tokens began with the order's id. No row is added to it.
CREATE TABLE order_old_tokens (
  token    TEXT COLLATE "C" NOT NULL,
  order_id TEXT NOT NULL
);
INSERT INTO order_old_tokens (token, order_id) SELECT token, id FROM old_orders;

-- ---------------------------------------------------------------------------------------------------------
-- Lines, each the movement of its own sale; and whatever else moved stock.

CREATE TABLE order_lines (
  order_id         TEXT   NOT NULL,
  position         BIGINT NOT NULL,
  -- NULL for variants that were deleted before they were archived.
  variant_id       TEXT,
  quantity         BIGINT NOT NULL CHECK (quantity > 0),
  -- Units it took off the shelf: all, or none of a variant that is not tracked.
  taken            BIGINT NOT NULL,
  unit_price_minor BIGINT NOT NULL CHECK (unit_price_minor >= 0),
  -- Of the line, not of a unit; contained in the order's.
  discount_minor   BIGINT NOT NULL DEFAULT 0 CHECK (discount_minor BETWEEN 0 AND unit_price_minor * quantity),
  -- Units whose money was given back, and how many of them went back on the shelf.
  refunded         BIGINT NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND quantity),
  restocked        BIGINT NOT NULL DEFAULT 0 CHECK (restocked BETWEEN 0 AND refunded),
  created_at       BIGINT NOT NULL,
  product_slug     TEXT   NOT NULL,
  title            TEXT   NOT NULL,
  variant_title    TEXT   NOT NULL DEFAULT '',
  sku              TEXT   NOT NULL DEFAULT '',
  picture_src      TEXT,
  search_key       TEXT   NOT NULL DEFAULT ''
);

INSERT INTO order_lines (
  order_id, position, variant_id, quantity, taken, unit_price_minor, refunded, restocked, created_at,
  product_slug, title, variant_title, sku, picture_src, search_key)
SELECT
  l.order_id, l.position, l.variant_id, l.quantity,
  CASE WHEN m.delta = -l.quantity THEN l.quantity ELSE 0 END,
  l.unit_price_minor, l.refunded, l.restocked, COALESCE(m.created_at, o.created_at),
  l.product_slug, l.title, l.variant_title, l.sku, l.picture_src, l.search_key
FROM old_order_lines l
JOIN old_orders o ON o.id = l.order_id
LEFT JOIN stock_movements m
  ON m.order_id = l.order_id AND m.variant_id = l.variant_id AND m.reason = 'sale'
ORDER BY l.order_id, l.position;

CREATE TABLE stock_entries (
  id         TEXT   NOT NULL,
  variant_id TEXT   NOT NULL,
  delta      BIGINT NOT NULL CHECK (delta <> 0),
  reason     TEXT   NOT NULL,
  order_id   TEXT,
  refund_id  TEXT,
  actor      TEXT,
  note       TEXT   NOT NULL DEFAULT '',
  -- A form that is sent twice books once.
  form_key   TEXT,
  created_at BIGINT NOT NULL
);

-- Sales whose line is there are the line. None is without, but were there one, its units would be lost.
INSERT INTO stock_entries (id, variant_id, delta, reason, order_id, refund_id, actor, note, form_key, created_at)
SELECT m.id, m.variant_id, m.delta, m.reason, m.order_id, m.refund_id, m.actor, m.note, m.form_key, m.created_at
FROM stock_movements m
LEFT JOIN order_lines l
  ON m.reason = 'sale' AND l.order_id = m.order_id AND l.variant_id = m.variant_id AND l.taken = -m.delta
WHERE l.order_id IS NULL
ORDER BY m.created_at, m.id;

-- ---------------------------------------------------------------------------------------------------------
-- Payments at providers.

CREATE TABLE payment_attempts (
  id               TEXT   NOT NULL,
  order_id         TEXT   NOT NULL,
  -- 1 for an order's first.
  attempt          BIGINT NOT NULL DEFAULT 1 CHECK (attempt > 0),
  provider         TEXT   NOT NULL,
  -- What the provider calls it; NULL until it is told.
  external_id      TEXT,
  status           TEXT   NOT NULL,
  amount_minor     BIGINT NOT NULL CHECK (amount_minor >= 0),
  authorised_minor BIGINT NOT NULL DEFAULT 0 CHECK (authorised_minor >= 0),
  captured_minor   BIGINT NOT NULL DEFAULT 0 CHECK (captured_minor >= 0),
  refunded_minor   BIGINT NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND captured_minor),
  -- What the provider charges; stands for a card, is none.
  token            TEXT   NOT NULL DEFAULT '',
  -- Where the shopper pays, and until when.
  url              TEXT,
  expires_at       BIGINT,
  created_at       BIGINT NOT NULL,
  updated_at       BIGINT NOT NULL
);

INSERT INTO payment_attempts (
  id, order_id, provider, external_id, status, amount_minor, captured_minor, refunded_minor, token,
  created_at, updated_at)
SELECT
  p.id, p.order_id, p.provider, NULLIF(p.reference, ''),
  CASE p.status WHEN 'void' THEN 'voided' ELSE p.status END, p.amount_minor,
  CASE WHEN p.status IN ('captured', 'refunded') THEN p.amount_minor ELSE 0 END,
  CASE WHEN p.status IN ('captured', 'refunded') THEN p.refunded_minor ELSE 0 END,
  p.token, p.created_at, p.updated_at
FROM payments p WHERE p.provider <> 'cash_on_delivery'
ORDER BY p.order_id;

-- ---------------------------------------------------------------------------------------------------------
-- Carts.

CREATE TABLE carts (
  id           TEXT     NOT NULL,
  -- SHA-256 of the cookie's value: a copy of the database opens no cart. Newer ones have the time before it
  -- that the value begins with.
  token_hash   TEXT     NOT NULL,
  is_copy      SMALLINT NOT NULL DEFAULT 0 CHECK (is_copy IN (0, 1)),
  -- An array of { variant_id, quantity, unit_price_minor, title, variant_title, added_at }, in the order in
  -- which they are shown. Price and names are those the shopper saw: a change is shown, never silently taken.
  lines        TEXT     NOT NULL DEFAULT '[]' CHECK (lines LIKE '[%]'),
  -- When something was last put in. Stays when the cart is emptied, so that this writes the row in place.
  lines_at     BIGINT   NOT NULL DEFAULT 0,
  -- From the first step of the checkout on. The key is the next order's.
  checkout_key TEXT,
  -- What was typed so far, as JSON; never a card number.
  draft        TEXT,
  draft_at     BIGINT,
  -- Of the address that was typed; stays as `lines_at` does.
  email_key    TEXT     NOT NULL DEFAULT '',
  created_at   BIGINT   NOT NULL,
  expires_at   BIGINT   NOT NULL,
  CHECK ((checkout_key IS NULL) = (draft IS NULL) AND (draft IS NULL) = (draft_at IS NULL))
) WITH (fillfactor = 70);

INSERT INTO carts (
  id, token_hash, is_copy, lines, lines_at, checkout_key, draft, draft_at, email_key, created_at, expires_at)
SELECT
  c.id, c.token_hash, c.is_copy, COALESCE(l.lines, '[]'), COALESCE(l.lines_at, 0), k.checkout_key, k.draft,
  k.updated_at, COALESCE(k.email_key, ''), c.created_at, c.expires_at
FROM old_carts c
LEFT JOIN checkouts k ON k.cart_id = c.id
LEFT JOIN (
  SELECT cart_id, MAX(added_at) AS lines_at, CAST(json_agg(json_build_object(
    'variant_id', variant_id, 'quantity', quantity, 'unit_price_minor', unit_price_minor, 'title', title,
    'variant_title', variant_title, 'added_at', added_at) ORDER BY added_at, variant_id) AS TEXT) AS lines
  FROM old_cart_lines GROUP BY cart_id) l ON l.cart_id = c.id
ORDER BY c.id;

-- ---------------------------------------------------------------------------------------------------------
-- The old ones go. What referred to them refers to the new ones below; keys are made of what is there.

DROP TABLE old_cart_lines, checkouts, old_carts;
ALTER TABLE carts ADD PRIMARY KEY (id);
ALTER TABLE carts ADD UNIQUE (token_hash);
CREATE INDEX carts_expiry ON carts (expires_at);
CREATE INDEX carts_filled ON carts (lines_at);
CREATE INDEX carts_email ON carts (email_key) WHERE email_key <> '';

DROP TABLE stock_movements, payments, order_addresses;
DROP TABLE old_order_lines, old_orders CASCADE;

ALTER TABLE orders ADD PRIMARY KEY (id);
ALTER TABLE orders ADD UNIQUE (number);
ALTER TABLE orders ADD UNIQUE (checkout_key);
ALTER TABLE orders
  ADD CONSTRAINT orders_total_check CHECK (total_minor = subtotal_minor - discount_minor + shipping_minor
    + fee_minor + CASE tax_mode WHEN 'net' THEN tax_minor ELSE 0 END),
  ADD CONSTRAINT orders_refunded_check CHECK (refunded_minor >= 0
    AND (refunded_minor <= total_minor OR refunded_minor <= captured_minor)),
  ADD CONSTRAINT orders_billing_check CHECK ((billing_name IS NULL) = (billing_country IS NULL)),
  ADD CONSTRAINT orders_status_word CHECK (status IN ('awaiting_confirmation', 'pending_payment', 'paid', 'packed',
    'shipped', 'delivered', 'cancelled', 'refunded')),
  ADD CONSTRAINT orders_tax_mode_word CHECK (tax_mode IN ('gross', 'net')),
  ADD CONSTRAINT orders_payment_status_word CHECK (payment_status IN ('pending', 'due', 'authorised', 'captured',
    'declined', 'voided', 'refunded', 'disputed'));
CREATE INDEX orders_newest ON orders (created_at DESC, id DESC);
CREATE INDEX orders_status ON orders (status, created_at);
CREATE INDEX orders_cancelled ON orders (updated_at) WHERE status = 'cancelled';
CREATE INDEX orders_account ON orders (account_id, created_at DESC) WHERE account_id IS NOT NULL;
CREATE INDEX orders_email ON orders (email_key, created_at DESC, id DESC);

ALTER TABLE order_old_tokens ADD PRIMARY KEY (token);
ALTER TABLE order_old_tokens ADD FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE;
CREATE INDEX order_old_tokens_order ON order_old_tokens (order_id);

ALTER TABLE order_lines ADD PRIMARY KEY (order_id, position);
ALTER TABLE order_lines ADD CONSTRAINT order_lines_taken_check
  CHECK (taken = 0 OR (taken = quantity AND variant_id IS NOT NULL));
CREATE INDEX order_lines_variant ON order_lines (variant_id, created_at);

ALTER TABLE stock_entries ADD PRIMARY KEY (id);
ALTER TABLE stock_entries
  ADD CONSTRAINT stock_entries_reason_word CHECK (reason IN ('initial', 'sale', 'cancellation', 'refund',
    'adjustment', 'import')),
  ADD CONSTRAINT stock_entries_refund_check CHECK ((reason = 'refund') = (refund_id IS NOT NULL)),
  ADD FOREIGN KEY (variant_id) REFERENCES variants (id);
CREATE INDEX stock_entries_variant ON stock_entries (variant_id, created_at);
-- A cancellation and each refund give a variant's units back once; that a sale takes them once follows from
-- its line's being one row.
CREATE UNIQUE INDEX stock_entries_once ON stock_entries (order_id, variant_id, reason)
  WHERE order_id IS NOT NULL AND refund_id IS NULL;
CREATE UNIQUE INDEX stock_entries_refund ON stock_entries (refund_id, variant_id) WHERE refund_id IS NOT NULL;
CREATE UNIQUE INDEX stock_entries_form ON stock_entries (variant_id, form_key) WHERE form_key IS NOT NULL;

ALTER TABLE payment_attempts ADD PRIMARY KEY (id);
ALTER TABLE payment_attempts ADD UNIQUE (order_id, attempt);
ALTER TABLE payment_attempts ADD CONSTRAINT payment_attempts_status_word CHECK (status IN ('pending', 'authorised',
  'captured', 'declined', 'voided', 'refunded', 'disputed'));
CREATE UNIQUE INDEX payment_attempts_external ON payment_attempts (provider, external_id) WHERE external_id IS NOT NULL;
-- Those that are unclear; there are few at any time.
CREATE INDEX payment_attempts_pending ON payment_attempts (updated_at) WHERE status = 'pending';

-- ---------------------------------------------------------------------------------------------------------
-- Parcels.

ALTER TABLE fulfilments DROP CONSTRAINT fulfilments_order_id_key;
ALTER TABLE fulfilments ADD COLUMN number BIGINT NOT NULL DEFAULT 1 CHECK (number > 0);
-- Whoever writes one says which of the order's it is.
ALTER TABLE fulfilments ALTER COLUMN number DROP DEFAULT;
ALTER TABLE fulfilments ADD COLUMN delivered_at BIGINT;
ALTER TABLE fulfilments ADD UNIQUE (order_id, number);
ALTER TABLE fulfilments ADD FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE;
UPDATE fulfilments SET delivered_at = (SELECT e.at FROM order_events e
  WHERE e.order_id = fulfilments.order_id AND e.kind = 'delivered');

CREATE TABLE fulfilment_lines (
  fulfilment_id TEXT   NOT NULL REFERENCES fulfilments (id) ON DELETE CASCADE,
  order_id      TEXT   NOT NULL,
  position      BIGINT NOT NULL,
  quantity      BIGINT NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (fulfilment_id, position),
  FOREIGN KEY (order_id, position) REFERENCES order_lines (order_id, position) ON DELETE CASCADE
);
CREATE INDEX fulfilment_lines_order ON fulfilment_lines (order_id, position);
-- An order left the house once, with all that it is of.
INSERT INTO fulfilment_lines (fulfilment_id, order_id, position, quantity)
SELECT f.id, l.order_id, l.position, l.quantity
FROM fulfilments f JOIN order_lines l ON l.order_id = f.order_id;

-- ---------------------------------------------------------------------------------------------------------
-- Refunds and the time line: as they were, with words under their names.

ALTER TABLE refunds ADD FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE;
ALTER TABLE refunds RENAME CONSTRAINT refunds_status_check TO refunds_status_word;
ALTER TABLE refunds RENAME CONSTRAINT refunds_cause_check TO refunds_cause_word;
ALTER TABLE refund_lines ADD FOREIGN KEY (order_id, position) REFERENCES order_lines (order_id, position) ON DELETE CASCADE;
ALTER TABLE order_events RENAME CONSTRAINT order_events_kind_check TO order_events_kind_word;
ALTER TABLE mails RENAME CONSTRAINT mails_state_check TO mails_state_word;
ALTER TABLE mail_links RENAME CONSTRAINT mail_links_purpose_check TO mail_links_purpose_word;
ALTER TABLE catalog_jobs RENAME CONSTRAINT catalog_jobs_state_check TO catalog_jobs_state_word;
ALTER TABLE catalog_job_rows RENAME CONSTRAINT catalog_job_rows_kind_check TO catalog_job_rows_kind_word;
ALTER TABLE catalog_job_rows RENAME CONSTRAINT catalog_job_rows_outcome_check TO catalog_job_rows_outcome_word;

-- ---------------------------------------------------------------------------------------------------------
-- References from what a batch writes are checked once for each statement: row by row, they are a query each
-- and cost a third of an order. The look-ups are scalar, so that they read by key whatever the statistics say.

CREATE FUNCTION refuse_without_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM inserted i WHERE (SELECT o.id FROM orders o WHERE o.id = i.order_id) IS NULL) THEN
    RAISE EXCEPTION '%: there is no such order', TG_NAME USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER payment_attempts_of_order AFTER INSERT ON payment_attempts
REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION refuse_without_order();

CREATE TRIGGER order_events_of_order AFTER INSERT ON order_events
REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION refuse_without_order();

CREATE FUNCTION refuse_line_of_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM inserted i
    WHERE (SELECT o.id FROM orders o WHERE o.id = i.order_id) IS NULL
    OR (i.variant_id IS NOT NULL AND (SELECT v.id FROM variants v WHERE v.id = i.variant_id) IS NULL))
  THEN
    RAISE EXCEPTION '%: there is no such order or variant', TG_NAME USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER order_lines_of_order AFTER INSERT ON order_lines
REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION refuse_line_of_nothing();

-- The accounts are held, as a foreign key holds them: whoever deletes one waits, and then sees the order.
CREATE FUNCTION refuse_order_of_nobody() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted TEXT[] := ARRAY(SELECT DISTINCT i.account_id FROM inserted i WHERE i.account_id IS NOT NULL ORDER BY 1);
BEGIN
  IF cardinality(wanted) > 0 THEN
    PERFORM 1 FROM accounts a WHERE a.id = ANY (wanted) ORDER BY a.id FOR KEY SHARE;
    IF (SELECT COUNT(*) FROM accounts a WHERE a.id = ANY (wanted)) < cardinality(wanted) THEN
      RAISE EXCEPTION '%: there is no such account', TG_NAME USING ERRCODE = 'foreign_key_violation';
    END IF;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER orders_of_account AFTER INSERT ON orders
REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION refuse_order_of_nobody();

-- What foreign keys did at the other end.
CREATE FUNCTION leave_orders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE orders SET account_id = NULL WHERE account_id = OLD.id;
  RETURN OLD;
END
$$;

CREATE TRIGGER accounts_leave_orders BEFORE DELETE ON accounts FOR EACH ROW EXECUTE FUNCTION leave_orders();

CREATE FUNCTION take_order_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM order_events WHERE order_id = OLD.id;
  DELETE FROM payment_attempts WHERE order_id = OLD.id;
  DELETE FROM order_lines WHERE order_id = OLD.id;
  RETURN OLD;
END
$$;

CREATE TRIGGER orders_take_apart BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION take_order_apart();

CREATE FUNCTION keep_sold_variant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM order_lines l WHERE l.variant_id = OLD.id) THEN
    RAISE EXCEPTION '%: what was sold is archived', TG_NAME USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN OLD;
END
$$;

CREATE TRIGGER variants_stay BEFORE DELETE ON variants FOR EACH ROW EXECUTE FUNCTION keep_sold_variant();

-- ---------------------------------------------------------------------------------------------------------
-- The steps an order may take. No statement can take another.

CREATE TRIGGER orders_first_status BEFORE INSERT ON orders FOR EACH ROW
WHEN (NEW.status NOT IN ('awaiting_confirmation', 'pending_payment', 'paid'))
EXECUTE FUNCTION orders_refuse_status();

CREATE TRIGGER orders_next_status BEFORE UPDATE OF status ON orders FOR EACH ROW
WHEN (OLD.status || '>' || NEW.status NOT IN (
  'awaiting_confirmation>paid', 'awaiting_confirmation>cancelled',
  'pending_payment>paid', 'pending_payment>cancelled',
  'paid>packed', 'paid>cancelled', 'paid>refunded',
  'packed>shipped', 'packed>refunded',
  'shipped>delivered', 'shipped>refunded',
  'delivered>refunded'
))
EXECUTE FUNCTION orders_refuse_status();

-- ---------------------------------------------------------------------------------------------------------
-- What only reads.

-- All that moved stock: a variant's movements add up to its stock. A sale's is known by its order.
CREATE VIEW stock_movements AS
SELECT l.order_id AS id, l.variant_id, -l.taken AS delta, CAST('sale' AS TEXT) AS reason, l.order_id,
  CAST(NULL AS TEXT) AS refund_id, CAST(NULL AS TEXT) AS actor, CAST('' AS TEXT) AS note,
  CAST(NULL AS TEXT) AS form_key, l.created_at
FROM order_lines l WHERE l.taken > 0
UNION ALL
SELECT e.id, e.variant_id, e.delta, e.reason, e.order_id, e.refund_id, e.actor, e.note, e.form_key, e.created_at
FROM stock_entries e;

-- A function of its own, and strict so that it stays one, to tell how many rows to expect: of a hundred, which
-- Postgres expects of JSON, it would rather read all variants than look up those of a cart.
CREATE FUNCTION lines_of_cart(lines TEXT) RETURNS TABLE (variant_id TEXT, quantity BIGINT, unit_price_minor BIGINT,
  title TEXT, variant_title TEXT, added_at BIGINT)
LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 3 AS $$
SELECT * FROM jsonb_to_recordset(CAST(lines AS jsonb)) AS
  l (variant_id TEXT, quantity BIGINT, unit_price_minor BIGINT, title TEXT, variant_title TEXT, added_at BIGINT)
$$;

CREATE VIEW cart_lines AS
SELECT c.id AS cart_id, c.is_copy, l.variant_id, l.quantity, l.unit_price_minor, l.title, l.variant_title, l.added_at
FROM carts c CROSS JOIN LATERAL lines_of_cart(c.lines) l WHERE c.lines <> '[]';

-- New tables have no statistics: plans would be guesses until somebody gathers them. Of empty ones they would
-- be wrong soon.
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM orders) THEN
    ANALYZE orders, order_lines, stock_entries, payment_attempts, carts, fulfilment_lines, variants, products;
  END IF;
END
$$;
