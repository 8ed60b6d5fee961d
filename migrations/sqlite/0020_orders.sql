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
-- Rebuilt tables are made and filled first, then the old ones are dropped, children before parents: foreign
-- keys are on in a migration, and a parent that is dropped takes its children's rows along.

-- ---------------------------------------------------------------------------------------------------------
-- Categories stay when they are empty, and may stand below another.

ALTER TABLE categories ADD COLUMN parent_id TEXT REFERENCES categories (id) ON DELETE SET NULL CHECK (parent_id <> id);
ALTER TABLE categories ADD COLUMN description_html TEXT NOT NULL DEFAULT '';
ALTER TABLE categories ADD COLUMN picture_src TEXT;
CREATE INDEX categories_parent ON categories (parent_id) WHERE parent_id IS NOT NULL;

-- ---------------------------------------------------------------------------------------------------------
-- Variants. One that is deleted is archived: it belongs to no product any more, so nothing that reads the
-- variants of products has to leave it out, and what was sold of it stays in the books.

CREATE TABLE variants_new (
  id                  TEXT     NOT NULL PRIMARY KEY,
  -- A product is deleted once its variants are archived.
  product_id          TEXT     REFERENCES products (id),
  position            BIGINT   NOT NULL,
  sku                 TEXT     CHECK (sku <> ''),
  option1             TEXT     NOT NULL DEFAULT '',
  option2             TEXT     NOT NULL DEFAULT '',
  option3             TEXT     NOT NULL DEFAULT '',
  price_minor         BIGINT   NOT NULL CHECK (price_minor >= 0),
  compare_at_minor    BIGINT   CHECK (compare_at_minor >= 0),
  stock               BIGINT   NOT NULL DEFAULT 0,
  sold                BIGINT   NOT NULL DEFAULT 0,
  grams               BIGINT   NOT NULL DEFAULT 0 CHECK (grams >= 0),
  picture_src         TEXT,
  barcode             TEXT     CHECK (barcode <> ''),
  -- What a unit costs the shop.
  cost_minor          BIGINT   CHECK (cost_minor >= 0),
  -- 0: nobody counts its units. No stock is taken, no movement is written, the audit skips it.
  tracked             SMALLINT NOT NULL DEFAULT 1 CHECK (tracked IN (0, 1)),
  -- How many units may be sold that are not there; stock goes below zero as far as this.
  backorder_limit     BIGINT   NOT NULL DEFAULT 0 CHECK (backorder_limit BETWEEN 0 AND 1000000000),
  archived_at         BIGINT,
  -- The product it was of.
  archived_product_id TEXT,
  -- How many units can be bought: the one place that says so.
  available           BIGINT   GENERATED ALWAYS AS
    (CASE WHEN tracked = 1 THEN stock + backorder_limit ELSE 1000000000 END) STORED,
  UNIQUE (product_id, option1, option2, option3),
  CONSTRAINT variants_stock_check CHECK (stock >= 0 - backorder_limit),
  CONSTRAINT variants_archived_check CHECK ((archived_at IS NULL) = (product_id IS NOT NULL))
);
INSERT INTO variants_new (
  id, product_id, position, sku, option1, option2, option3, price_minor, compare_at_minor, stock, sold, grams,
  picture_src)
SELECT
  id, product_id, position, sku, option1, option2, option3, price_minor, compare_at_minor, stock, sold, grams,
  picture_src
FROM variants;

-- ---------------------------------------------------------------------------------------------------------
-- Products: what their cards show, kept by the one function that keeps their prices.

-- Whether any variant can be bought: not the same as units on the shelf any more.
ALTER TABLE products RENAME COLUMN in_stock TO buyable;
ALTER TABLE products ADD COLUMN picture_src TEXT;
ALTER TABLE products ADD COLUMN picture_alt TEXT NOT NULL DEFAULT '';
-- Most units that can be bought of one variant: `Availability` is made of it. Exact where it is small; where
-- it is large, sales do not write it.
ALTER TABLE products ADD COLUMN available_max BIGINT NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN variant_count BIGINT NOT NULL DEFAULT 0;
UPDATE products SET
  buyable = CASE WHEN EXISTS (SELECT 1 FROM variants v WHERE v.product_id = products.id AND v.stock > 0) THEN 1 ELSE 0 END,
  picture_src = (SELECT i.src FROM pictures i WHERE i.product_id = products.id ORDER BY i.position LIMIT 1),
  picture_alt = COALESCE((SELECT i.alt FROM pictures i WHERE i.product_id = products.id ORDER BY i.position LIMIT 1), ''),
  available_max = COALESCE((SELECT MAX(v.stock) FROM variants v WHERE v.product_id = products.id), 0),
  variant_count = (SELECT COUNT(*) FROM variants v WHERE v.product_id = products.id);
-- One for each order of a list, with the ties as lists break them.
DROP INDEX products_newest;
CREATE INDEX products_newest ON products (active, created_at DESC, id);
DROP INDEX products_sold;
CREATE INDEX products_sold ON products (active, sold DESC, created_at DESC, id);
CREATE INDEX products_featured ON products (active, buyable DESC, sold DESC, created_at DESC, id);
CREATE INDEX products_price_down ON products (active, price_min_minor DESC, id);

-- ---------------------------------------------------------------------------------------------------------
-- Orders.

CREATE TABLE orders_new (
  id                    TEXT     NOT NULL PRIMARY KEY,
  number                TEXT     NOT NULL UNIQUE,
  -- What opens the order for whoever has its link. It begins with the order's id, by which it is found, so
  -- it has no index. Older ones are found by `order_old_tokens`.
  token                 TEXT     NOT NULL,
  checkout_key          TEXT     NOT NULL UNIQUE,
  cart_id               TEXT     NOT NULL,
  -- Who was signed in when it was placed.
  account_id            TEXT     REFERENCES accounts (id) ON DELETE SET NULL,
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
  updated_at            BIGINT   NOT NULL,
  CONSTRAINT orders_total_check CHECK (total_minor = subtotal_minor - discount_minor + shipping_minor
    + fee_minor + CASE tax_mode WHEN 'net' THEN tax_minor ELSE 0 END),
  CONSTRAINT orders_refunded_check CHECK (refunded_minor >= 0
    AND (refunded_minor <= total_minor OR refunded_minor <= captured_minor)),
  CONSTRAINT orders_billing_check CHECK ((billing_name IS NULL) = (billing_country IS NULL))
);

INSERT INTO orders_new (
  id, number, token, checkout_key, cart_id, account_id, status, cancel_reason, currency, units,
  subtotal_minor, shipping_minor, tax_minor, tax_basis_points, total_minor, payment_method, payment_label,
  payment_status, captured_minor, refunded_minor, shipping_method, shipping_name, email, email_key, search_key,
  name, address_line1, address_line2, postal_code, city, state, country, phone, created_at, updated_at)
SELECT
  o.id, o.number, o.token, o.checkout_key, o.cart_id, o.account_id, o.status, o.cancel_reason, o.currency,
  COALESCE((SELECT SUM(l.quantity) FROM order_lines l WHERE l.order_id = o.id), 0),
  o.subtotal_minor, o.shipping_minor, o.tax_minor, o.tax_basis_points, o.total_minor, o.payment_method,
  COALESCE(p.label, ''),
  CASE p.status WHEN 'void' THEN 'voided' ELSE COALESCE(p.status, 'pending') END,
  -- What was waived never came in.
  CASE WHEN p.status IN ('captured', 'refunded') THEN p.amount_minor - COALESCE(
    (SELECT SUM(r.amount_minor) FROM refunds r WHERE r.order_id = o.id AND r.status = 'waived'), 0) ELSE 0 END,
  COALESCE(p.refunded_minor, 0), o.shipping_method, o.shipping_name, o.email, o.email_key, o.search_key,
  COALESCE(a.name, ''), COALESCE(a.address_line1, ''), COALESCE(a.address_line2, ''), COALESCE(a.postal_code, ''),
  COALESCE(a.city, ''), COALESCE(a.state, ''), COALESCE(a.country, ''), COALESCE(a.phone, ''),
  o.created_at, o.updated_at
FROM orders o
LEFT JOIN payments p ON p.order_id = o.id
LEFT JOIN order_addresses a ON a.order_id = o.id
ORDER BY o.id;

-- Links that were mailed before tokens began with the order's id. No row is added to it.
CREATE TABLE order_old_tokens (
  token    TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders_new (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO order_old_tokens (token, order_id) SELECT token, id FROM orders ORDER BY token;

-- ---------------------------------------------------------------------------------------------------------
-- Lines, each the movement of its own sale; and whatever else moved stock.

CREATE TABLE order_lines_new (
  order_id         TEXT   NOT NULL REFERENCES orders_new (id) ON DELETE CASCADE,
  position         BIGINT NOT NULL,
  -- NULL for variants that were deleted before they were archived.
  variant_id       TEXT   REFERENCES variants_new (id),
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
  search_key       TEXT   NOT NULL DEFAULT '',
  PRIMARY KEY (order_id, position),
  CONSTRAINT order_lines_taken_check CHECK (taken = 0 OR (taken = quantity AND variant_id IS NOT NULL))
) WITHOUT ROWID;

INSERT INTO order_lines_new (
  order_id, position, variant_id, quantity, taken, unit_price_minor, refunded, restocked, created_at,
  product_slug, title, variant_title, sku, picture_src, search_key)
SELECT
  l.order_id, l.position, l.variant_id, l.quantity,
  CASE WHEN m.delta = -l.quantity THEN l.quantity ELSE 0 END,
  l.unit_price_minor, l.refunded, l.restocked, COALESCE(m.created_at, o.created_at),
  l.product_slug, l.title, l.variant_title, l.sku, l.picture_src, l.search_key
FROM order_lines l
JOIN orders o ON o.id = l.order_id
LEFT JOIN stock_movements m
  ON m.order_id = l.order_id AND m.variant_id = l.variant_id AND m.reason = 'sale' AND m.refund_id IS NULL
ORDER BY l.order_id, l.position;

CREATE TABLE stock_entries (
  id         TEXT   NOT NULL PRIMARY KEY,
  variant_id TEXT   NOT NULL REFERENCES variants_new (id),
  delta      BIGINT NOT NULL CHECK (delta <> 0),
  reason     TEXT   NOT NULL,
  order_id   TEXT,
  refund_id  TEXT,
  actor      TEXT,
  note       TEXT   NOT NULL DEFAULT '',
  -- A form that is sent twice books once.
  form_key   TEXT,
  created_at BIGINT NOT NULL,
  CONSTRAINT stock_entries_refund_check CHECK ((reason = 'refund') = (refund_id IS NOT NULL))
);

-- Sales whose line is there are the line. None is without, but were there one, its units would be lost.
INSERT INTO stock_entries (id, variant_id, delta, reason, order_id, refund_id, actor, note, form_key, created_at)
SELECT m.id, m.variant_id, m.delta, m.reason, m.order_id, m.refund_id, m.actor, m.note, m.form_key, m.created_at
FROM stock_movements m
WHERE m.reason <> 'sale' OR NOT EXISTS (SELECT 1 FROM order_lines_new l
  WHERE l.order_id = m.order_id AND l.variant_id = m.variant_id AND l.taken = -m.delta)
ORDER BY m.created_at, m.id;

-- ---------------------------------------------------------------------------------------------------------
-- Payments at providers.

CREATE TABLE payment_attempts (
  id               TEXT   NOT NULL PRIMARY KEY,
  order_id         TEXT   NOT NULL REFERENCES orders_new (id) ON DELETE CASCADE,
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
  updated_at       BIGINT NOT NULL,
  UNIQUE (order_id, attempt)
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
-- Parcels.

CREATE TABLE fulfilments_new (
  id              TEXT   NOT NULL PRIMARY KEY,
  order_id        TEXT   NOT NULL REFERENCES orders_new (id) ON DELETE CASCADE,
  -- 1 for an order's first.
  number          BIGINT NOT NULL CHECK (number > 0),
  carrier         TEXT   NOT NULL DEFAULT '',
  tracking_number TEXT   NOT NULL DEFAULT '',
  shipped_at      BIGINT NOT NULL,
  delivered_at    BIGINT,
  UNIQUE (order_id, number)
);
INSERT INTO fulfilments_new (id, order_id, number, carrier, tracking_number, shipped_at, delivered_at)
SELECT f.id, f.order_id, 1, f.carrier, f.tracking_number, f.shipped_at,
  (SELECT e.at FROM order_events e WHERE e.order_id = f.order_id AND e.kind = 'delivered')
FROM fulfilments f;

CREATE TABLE fulfilment_lines (
  fulfilment_id TEXT   NOT NULL REFERENCES fulfilments_new (id) ON DELETE CASCADE,
  order_id      TEXT   NOT NULL,
  position      BIGINT NOT NULL,
  quantity      BIGINT NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (fulfilment_id, position),
  FOREIGN KEY (order_id, position) REFERENCES order_lines_new (order_id, position) ON DELETE CASCADE
);
-- An order left the house once, with all that it is of.
INSERT INTO fulfilment_lines (fulfilment_id, order_id, position, quantity)
SELECT f.id, l.order_id, l.position, l.quantity
FROM fulfilments f JOIN order_lines l ON l.order_id = f.order_id;

-- ---------------------------------------------------------------------------------------------------------
-- Refunds and the time line: as they were, but for their words.

CREATE TABLE refunds_new (
  -- The provider's idempotency key: a repeated call pays back once.
  id             TEXT     NOT NULL PRIMARY KEY,
  order_id       TEXT     NOT NULL REFERENCES orders_new (id) ON DELETE CASCADE,
  -- 1 for an order's first refund: of two people who make the same one, one succeeds.
  number         BIGINT   NOT NULL CHECK (number > 0),
  cause          TEXT     NOT NULL,
  -- owed: to be paid back; returned: the provider did; by_hand: somebody has to; paid_back: somebody did;
  -- waived: taken off what was due.
  status         TEXT     NOT NULL,
  amount_minor   BIGINT   NOT NULL CHECK (amount_minor >= 0),
  -- How much of the amount is for delivery.
  shipping_minor BIGINT   NOT NULL DEFAULT 0 CHECK (shipping_minor BETWEEN 0 AND amount_minor),
  restock        SMALLINT NOT NULL DEFAULT 0 CHECK (restock IN (0, 1)),
  note           TEXT     NOT NULL DEFAULT '',
  actor          TEXT,
  created_at     BIGINT   NOT NULL,
  settled_at     BIGINT,
  -- When the provider was last asked in vain: those that fail let others go first.
  tried_at       BIGINT   NOT NULL DEFAULT 0,
  UNIQUE (order_id, number)
);
INSERT INTO refunds_new (
  id, order_id, number, cause, status, amount_minor, shipping_minor, restock, note, actor, created_at,
  settled_at, tried_at)
SELECT
  id, order_id, number, cause, status, amount_minor, shipping_minor, restock, note, actor, created_at,
  settled_at, tried_at
FROM refunds;

CREATE TABLE refund_lines_new (
  refund_id    TEXT   NOT NULL REFERENCES refunds_new (id) ON DELETE CASCADE,
  order_id     TEXT   NOT NULL,
  position     BIGINT NOT NULL,
  quantity     BIGINT NOT NULL CHECK (quantity > 0),
  amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
  PRIMARY KEY (refund_id, position),
  FOREIGN KEY (order_id, position) REFERENCES order_lines_new (order_id, position) ON DELETE CASCADE
);
INSERT INTO refund_lines_new (refund_id, order_id, position, quantity, amount_minor)
SELECT refund_id, order_id, position, quantity, amount_minor FROM refund_lines;

CREATE TABLE order_events_new (
  id        TEXT   NOT NULL PRIMARY KEY,
  order_id  TEXT   NOT NULL REFERENCES orders_new (id) ON DELETE CASCADE,
  kind      TEXT   NOT NULL,
  -- E-mail address of whoever of the staff did it; NULL: the shopper, or the shop by itself.
  actor     TEXT,
  at        BIGINT NOT NULL,
  text      TEXT   NOT NULL DEFAULT '',
  refund_id TEXT   REFERENCES refunds_new (id) ON DELETE CASCADE,
  -- The key of the form that wrote a note: sent twice, it is one note.
  form_key  TEXT   UNIQUE
);
INSERT INTO order_events_new (id, order_id, kind, actor, at, text, refund_id, form_key)
SELECT id, order_id, kind, actor, at, text, refund_id, form_key FROM order_events;

-- ---------------------------------------------------------------------------------------------------------
-- Mails and jobs: as they were, but for their words.

CREATE TABLE mails_new (
  id          TEXT   NOT NULL PRIMARY KEY,
  kind        TEXT   NOT NULL,
  -- What it is about, as JSON: the letter is written when it is sent. Emptied when it is done.
  about       TEXT   NOT NULL,
  order_id    TEXT,
  state       TEXT   NOT NULL,
  tries       BIGINT NOT NULL DEFAULT 0,
  -- While it is being sent: when whoever does so is taken for dead.
  next_try_at BIGINT NOT NULL,
  -- Who is sending it.
  claim       TEXT   NOT NULL DEFAULT '',
  error       TEXT   NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL,
  ended_at    BIGINT
);
INSERT INTO mails_new (id, kind, about, order_id, state, tries, next_try_at, claim, error, created_at, ended_at)
SELECT id, kind, about, order_id, state, tries, next_try_at, claim, error, created_at, ended_at FROM mails;

CREATE TABLE mail_links_new (
  -- SHA-256 of what stands in the address.
  token_hash TEXT   NOT NULL PRIMARY KEY,
  -- The mail that holds it. Each try to send it has a new link, in place of the one before.
  mail_id    TEXT   NOT NULL UNIQUE,
  purpose    TEXT   NOT NULL,
  email      TEXT   NOT NULL,
  account_id TEXT   REFERENCES accounts (id) ON DELETE CASCADE,
  expires_at BIGINT NOT NULL
);
INSERT INTO mail_links_new (token_hash, mail_id, purpose, email, account_id, expires_at)
SELECT token_hash, mail_id, purpose, email, account_id, expires_at FROM mail_links;

CREATE TABLE catalog_jobs_new (
  id          TEXT   NOT NULL PRIMARY KEY,
  -- `preparing` finds out what would change; `ready` waits for somebody to say so.
  state       TEXT   NOT NULL,
  actor       TEXT   NOT NULL,
  -- What is to be done, as JSON.
  task        TEXT   NOT NULL,
  total       BIGINT NOT NULL DEFAULT 0,
  done        BIGINT NOT NULL DEFAULT 0,
  -- Why it failed.
  note        TEXT   NOT NULL DEFAULT '',
  -- The node that works on it, until when: after that another may take over.
  worker      TEXT,
  lease_until BIGINT NOT NULL DEFAULT 0,
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL
);
INSERT INTO catalog_jobs_new (
  id, state, actor, task, total, done, note, worker, lease_until, created_at, updated_at)
SELECT id, state, actor, task, total, done, note, worker, lease_until, created_at, updated_at FROM catalog_jobs;

CREATE TABLE catalog_job_rows_new (
  job_id     TEXT   NOT NULL REFERENCES catalog_jobs_new (id) ON DELETE CASCADE,
  position   BIGINT NOT NULL,
  kind       TEXT   NOT NULL,
  product_id TEXT,
  -- The version of the product that was looked at; a newer one is left alone.
  version    BIGINT,
  outcome    TEXT   NOT NULL DEFAULT 'waiting',
  title      TEXT   NOT NULL DEFAULT '',
  -- What changes, as JSON.
  detail     TEXT   NOT NULL DEFAULT '[]',
  -- Which product of the file a row is about.
  handle     TEXT,
  -- Units of each variant when they were looked at, as JSON: the difference to them is what is booked.
  seen       TEXT,
  PRIMARY KEY (job_id, position)
);
INSERT INTO catalog_job_rows_new (
  job_id, position, kind, product_id, version, outcome, title, detail, handle, seen)
SELECT job_id, position, kind, product_id, version, outcome, title, detail, handle, seen FROM catalog_job_rows;

-- ---------------------------------------------------------------------------------------------------------
-- Carts.

CREATE TABLE carts_new (
  id           TEXT     NOT NULL PRIMARY KEY,
  -- SHA-256 of the cookie's value: a copy of the database opens no cart. Newer ones have the time before it
  -- that the value begins with.
  token_hash   TEXT     NOT NULL UNIQUE,
  is_copy      SMALLINT NOT NULL DEFAULT 0 CHECK (is_copy IN (0, 1)),
  -- An array of { variant_id, quantity, unit_price_minor, title, variant_title, added_at }, in the order in
  -- which they are shown. Price and names are those the shopper saw: a change is shown, never silently taken.
  lines        TEXT     NOT NULL DEFAULT '[]' CHECK (json_valid(lines)),
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
);

INSERT INTO carts_new (
  id, token_hash, is_copy, lines, lines_at, checkout_key, draft, draft_at, email_key, created_at, expires_at)
SELECT
  c.id, c.token_hash, c.is_copy,
  -- An array of nothing is '[]'.
  (SELECT json_group_array(json_object('variant_id', l.variant_id, 'quantity', l.quantity,
     'unit_price_minor', l.unit_price_minor, 'title', l.title, 'variant_title', l.variant_title,
     'added_at', l.added_at))
   FROM (SELECT * FROM cart_lines WHERE cart_id = c.id ORDER BY added_at, variant_id) l),
  COALESCE((SELECT MAX(l.added_at) FROM cart_lines l WHERE l.cart_id = c.id), 0),
  k.checkout_key, k.draft, k.updated_at, COALESCE(k.email_key, ''), c.created_at, c.expires_at
FROM carts c LEFT JOIN checkouts k ON k.cart_id = c.id
ORDER BY c.id;

-- ---------------------------------------------------------------------------------------------------------
-- The new tables stand in for the old ones.

DROP TABLE cart_lines;
DROP TABLE checkouts;
DROP TABLE carts;
DROP TABLE refund_lines;
DROP TABLE order_events;
DROP TABLE refunds;
DROP TABLE fulfilments;
DROP TABLE payments;
DROP TABLE order_addresses;
DROP TABLE order_lines;
DROP TABLE stock_movements;
DROP TABLE orders;
DROP TABLE variants;
DROP TABLE mails;
DROP TABLE mail_links;
DROP TABLE catalog_job_rows;
DROP TABLE catalog_jobs;

-- Whatever refers to a table that is renamed does so under its new name.
ALTER TABLE variants_new RENAME TO variants;
ALTER TABLE orders_new RENAME TO orders;
ALTER TABLE order_lines_new RENAME TO order_lines;
ALTER TABLE fulfilments_new RENAME TO fulfilments;
ALTER TABLE refunds_new RENAME TO refunds;
ALTER TABLE refund_lines_new RENAME TO refund_lines;
ALTER TABLE order_events_new RENAME TO order_events;
ALTER TABLE mails_new RENAME TO mails;
ALTER TABLE mail_links_new RENAME TO mail_links;
ALTER TABLE catalog_jobs_new RENAME TO catalog_jobs;
ALTER TABLE catalog_job_rows_new RENAME TO catalog_job_rows;
ALTER TABLE carts_new RENAME TO carts;

CREATE UNIQUE INDEX variants_sku ON variants (sku) WHERE archived_at IS NULL;
CREATE INDEX variants_barcode ON variants (barcode) WHERE barcode IS NOT NULL;
CREATE INDEX variants_archived ON variants (archived_product_id) WHERE archived_product_id IS NOT NULL;
-- Variants of which there are few: the dashboard's threshold goes no higher.
CREATE INDEX variants_low ON variants (stock, id) WHERE stock <= 1000;

CREATE INDEX orders_newest ON orders (created_at DESC, id DESC);
CREATE INDEX orders_status ON orders (status, created_at);
CREATE INDEX orders_cancelled ON orders (updated_at) WHERE status = 'cancelled';
CREATE INDEX orders_account ON orders (account_id, created_at DESC) WHERE account_id IS NOT NULL;
CREATE INDEX orders_email ON orders (email_key, created_at DESC, id DESC);
CREATE INDEX order_old_tokens_order ON order_old_tokens (order_id);
CREATE INDEX order_lines_variant ON order_lines (variant_id, created_at);

CREATE INDEX stock_entries_variant ON stock_entries (variant_id, created_at);
-- A cancellation and each refund give a variant's units back once; that a sale takes them once follows from
-- its line's being one row.
CREATE UNIQUE INDEX stock_entries_once ON stock_entries (order_id, variant_id, reason)
  WHERE order_id IS NOT NULL AND refund_id IS NULL;
CREATE UNIQUE INDEX stock_entries_refund ON stock_entries (refund_id, variant_id) WHERE refund_id IS NOT NULL;
CREATE UNIQUE INDEX stock_entries_form ON stock_entries (variant_id, form_key) WHERE form_key IS NOT NULL;

CREATE UNIQUE INDEX payment_attempts_external ON payment_attempts (provider, external_id) WHERE external_id IS NOT NULL;
-- Those that are unclear; there are few at any time.
CREATE INDEX payment_attempts_pending ON payment_attempts (updated_at) WHERE status = 'pending';

CREATE INDEX fulfilment_lines_order ON fulfilment_lines (order_id, position);
CREATE UNIQUE INDEX refunds_cancellation ON refunds (order_id) WHERE cause = 'cancellation';
CREATE INDEX refunds_owed ON refunds (tried_at, created_at) WHERE status = 'owed';
CREATE INDEX refunds_open ON refunds (order_id) WHERE status IN ('owed', 'by_hand');
CREATE INDEX refunds_newest ON refunds (created_at);
CREATE INDEX refund_lines_order ON refund_lines (order_id, position);
CREATE INDEX order_events_order ON order_events (order_id, at);
-- A step is taken once.
CREATE UNIQUE INDEX order_events_once ON order_events (order_id, kind) WHERE kind NOT IN ('refund', 'paid_back', 'tracking', 'note');
CREATE UNIQUE INDEX order_events_refund ON order_events (refund_id, kind) WHERE refund_id IS NOT NULL;

CREATE INDEX mails_due ON mails (next_try_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX mails_ended ON mails (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX mails_order ON mails (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX mail_links_email ON mail_links (email, purpose);
CREATE INDEX mail_links_account ON mail_links (account_id);
CREATE INDEX mail_links_expiry ON mail_links (expires_at);
CREATE INDEX catalog_jobs_newest ON catalog_jobs (created_at, id);
CREATE INDEX catalog_jobs_open ON catalog_jobs (lease_until) WHERE state IN ('preparing', 'running');
CREATE INDEX catalog_job_rows_open ON catalog_job_rows (job_id, outcome, position);
CREATE INDEX catalog_job_rows_handle ON catalog_job_rows (job_id, handle) WHERE handle IS NOT NULL;

CREATE INDEX carts_expiry ON carts (expires_at);
CREATE INDEX carts_filled ON carts (lines_at);
CREATE INDEX carts_email ON carts (email_key) WHERE email_key <> '';

-- ---------------------------------------------------------------------------------------------------------
-- The steps an order may take. No statement can take another.

CREATE TRIGGER orders_first_status BEFORE INSERT ON orders
WHEN NEW.status NOT IN ('awaiting_confirmation', 'pending_payment', 'paid')
BEGIN
  SELECT RAISE(ABORT, 'orders_first_status: an order begins as awaiting_confirmation, pending_payment or paid');
END;

CREATE TRIGGER orders_next_status BEFORE UPDATE OF status ON orders
WHEN OLD.status || '>' || NEW.status NOT IN (
  'awaiting_confirmation>paid', 'awaiting_confirmation>cancelled',
  'pending_payment>paid', 'pending_payment>cancelled',
  'paid>packed', 'paid>cancelled', 'paid>refunded',
  'packed>shipped', 'packed>refunded',
  'shipped>delivered', 'shipped>refunded',
  'delivered>refunded'
)
BEGIN
  SELECT RAISE(ABORT, 'orders_next_status: an order does not take this step');
END;

-- ---------------------------------------------------------------------------------------------------------
-- Words.

CREATE TRIGGER orders_tax_mode_word BEFORE INSERT ON orders
WHEN NEW.tax_mode NOT IN ('gross', 'net')
BEGIN
  SELECT RAISE(ABORT, 'orders_tax_mode_word: no such word');
END;

CREATE TRIGGER orders_tax_mode_next_word BEFORE UPDATE OF tax_mode ON orders
WHEN NEW.tax_mode NOT IN ('gross', 'net')
BEGIN
  SELECT RAISE(ABORT, 'orders_tax_mode_word: no such word');
END;

CREATE TRIGGER orders_payment_status_word BEFORE INSERT ON orders
WHEN NEW.payment_status NOT IN ('pending', 'due', 'authorised', 'captured', 'declined', 'voided', 'refunded', 'disputed')
BEGIN
  SELECT RAISE(ABORT, 'orders_payment_status_word: no such word');
END;

CREATE TRIGGER orders_payment_status_next_word BEFORE UPDATE OF payment_status ON orders
WHEN NEW.payment_status NOT IN ('pending', 'due', 'authorised', 'captured', 'declined', 'voided', 'refunded', 'disputed')
BEGIN
  SELECT RAISE(ABORT, 'orders_payment_status_word: no such word');
END;

CREATE TRIGGER payment_attempts_status_word BEFORE INSERT ON payment_attempts
WHEN NEW.status NOT IN ('pending', 'authorised', 'captured', 'declined', 'voided', 'refunded', 'disputed')
BEGIN
  SELECT RAISE(ABORT, 'payment_attempts_status_word: no such word');
END;

CREATE TRIGGER payment_attempts_status_next_word BEFORE UPDATE OF status ON payment_attempts
WHEN NEW.status NOT IN ('pending', 'authorised', 'captured', 'declined', 'voided', 'refunded', 'disputed')
BEGIN
  SELECT RAISE(ABORT, 'payment_attempts_status_word: no such word');
END;

CREATE TRIGGER stock_entries_reason_word BEFORE INSERT ON stock_entries
WHEN NEW.reason NOT IN ('initial', 'sale', 'cancellation', 'refund', 'adjustment', 'import')
BEGIN
  SELECT RAISE(ABORT, 'stock_entries_reason_word: no such word');
END;

CREATE TRIGGER stock_entries_reason_next_word BEFORE UPDATE OF reason ON stock_entries
WHEN NEW.reason NOT IN ('initial', 'sale', 'cancellation', 'refund', 'adjustment', 'import')
BEGIN
  SELECT RAISE(ABORT, 'stock_entries_reason_word: no such word');
END;

CREATE TRIGGER refunds_cause_word BEFORE INSERT ON refunds
WHEN NEW.cause NOT IN ('staff', 'cancellation')
BEGIN
  SELECT RAISE(ABORT, 'refunds_cause_word: no such word');
END;

CREATE TRIGGER refunds_cause_next_word BEFORE UPDATE OF cause ON refunds
WHEN NEW.cause NOT IN ('staff', 'cancellation')
BEGIN
  SELECT RAISE(ABORT, 'refunds_cause_word: no such word');
END;

CREATE TRIGGER refunds_status_word BEFORE INSERT ON refunds
WHEN NEW.status NOT IN ('owed', 'returned', 'by_hand', 'paid_back', 'waived')
BEGIN
  SELECT RAISE(ABORT, 'refunds_status_word: no such word');
END;

CREATE TRIGGER refunds_status_next_word BEFORE UPDATE OF status ON refunds
WHEN NEW.status NOT IN ('owed', 'returned', 'by_hand', 'paid_back', 'waived')
BEGIN
  SELECT RAISE(ABORT, 'refunds_status_word: no such word');
END;

CREATE TRIGGER order_events_kind_word BEFORE INSERT ON order_events
WHEN NEW.kind NOT IN ('paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'paid_back', 'received', 'tracking', 'note')
BEGIN
  SELECT RAISE(ABORT, 'order_events_kind_word: no such word');
END;

CREATE TRIGGER order_events_kind_next_word BEFORE UPDATE OF kind ON order_events
WHEN NEW.kind NOT IN ('paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'paid_back', 'received', 'tracking', 'note')
BEGIN
  SELECT RAISE(ABORT, 'order_events_kind_word: no such word');
END;

CREATE TRIGGER mails_state_word BEFORE INSERT ON mails
WHEN NEW.state NOT IN ('waiting', 'sending', 'sent', 'dropped', 'failed')
BEGIN
  SELECT RAISE(ABORT, 'mails_state_word: no such word');
END;

CREATE TRIGGER mails_state_next_word BEFORE UPDATE OF state ON mails
WHEN NEW.state NOT IN ('waiting', 'sending', 'sent', 'dropped', 'failed')
BEGIN
  SELECT RAISE(ABORT, 'mails_state_word: no such word');
END;

CREATE TRIGGER mail_links_purpose_word BEFORE INSERT ON mail_links
WHEN NEW.purpose NOT IN ('sign_up', 'reset', 'verify')
BEGIN
  SELECT RAISE(ABORT, 'mail_links_purpose_word: no such word');
END;

CREATE TRIGGER mail_links_purpose_next_word BEFORE UPDATE OF purpose ON mail_links
WHEN NEW.purpose NOT IN ('sign_up', 'reset', 'verify')
BEGIN
  SELECT RAISE(ABORT, 'mail_links_purpose_word: no such word');
END;

CREATE TRIGGER catalog_jobs_state_word BEFORE INSERT ON catalog_jobs
WHEN NEW.state NOT IN ('preparing', 'ready', 'running', 'done', 'failed')
BEGIN
  SELECT RAISE(ABORT, 'catalog_jobs_state_word: no such word');
END;

CREATE TRIGGER catalog_jobs_state_next_word BEFORE UPDATE OF state ON catalog_jobs
WHEN NEW.state NOT IN ('preparing', 'ready', 'running', 'done', 'failed')
BEGIN
  SELECT RAISE(ABORT, 'catalog_jobs_state_word: no such word');
END;

CREATE TRIGGER catalog_job_rows_kind_word BEFORE INSERT ON catalog_job_rows
WHEN NEW.kind NOT IN ('change', 'create', 'update', 'bad', 'remark')
BEGIN
  SELECT RAISE(ABORT, 'catalog_job_rows_kind_word: no such word');
END;

CREATE TRIGGER catalog_job_rows_kind_next_word BEFORE UPDATE OF kind ON catalog_job_rows
WHEN NEW.kind NOT IN ('change', 'create', 'update', 'bad', 'remark')
BEGIN
  SELECT RAISE(ABORT, 'catalog_job_rows_kind_word: no such word');
END;

CREATE TRIGGER catalog_job_rows_outcome_word BEFORE INSERT ON catalog_job_rows
WHEN NEW.outcome NOT IN ('waiting', 'done', 'skipped')
BEGIN
  SELECT RAISE(ABORT, 'catalog_job_rows_outcome_word: no such word');
END;

CREATE TRIGGER catalog_job_rows_outcome_next_word BEFORE UPDATE OF outcome ON catalog_job_rows
WHEN NEW.outcome NOT IN ('waiting', 'done', 'skipped')
BEGIN
  SELECT RAISE(ABORT, 'catalog_job_rows_outcome_word: no such word');
END;

-- ---------------------------------------------------------------------------------------------------------
-- What only reads.

-- All that moved stock: a variant's movements add up to its stock. A sale's is known by its order.
CREATE VIEW stock_movements AS
SELECT l.order_id AS id, l.variant_id, -l.taken AS delta, 'sale' AS reason, l.order_id,
  NULL AS refund_id, NULL AS actor, '' AS note, NULL AS form_key, l.created_at
FROM order_lines l WHERE l.taken > 0
UNION ALL
SELECT e.id, e.variant_id, e.delta, e.reason, e.order_id, e.refund_id, e.actor, e.note, e.form_key, e.created_at
FROM stock_entries e;

CREATE VIEW cart_lines AS
SELECT c.id AS cart_id, c.is_copy, json_extract(l.value, '$.variant_id') AS variant_id,
  json_extract(l.value, '$.quantity') AS quantity, json_extract(l.value, '$.unit_price_minor') AS unit_price_minor,
  json_extract(l.value, '$.title') AS title, json_extract(l.value, '$.variant_title') AS variant_title,
  json_extract(l.value, '$.added_at') AS added_at
FROM carts c JOIN json_each(c.lines) l WHERE c.lines <> '[]';
