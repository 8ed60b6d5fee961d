-- What becomes of an order once it is placed: packing, shipping, refunds, and the time line of it all.

-- The steps an order may take, as in `app::orders::steps`. No statement can take another.
CREATE FUNCTION orders_refuse_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: an order does not take this step', TG_NAME USING ERRCODE = 'check_violation';
END
$$;

CREATE TRIGGER orders_first_status BEFORE INSERT ON orders FOR EACH ROW
WHEN (NEW.status NOT IN ('pending_payment', 'paid'))
EXECUTE FUNCTION orders_refuse_status();

CREATE TRIGGER orders_next_status BEFORE UPDATE OF status ON orders FOR EACH ROW
WHEN (OLD.status || '>' || NEW.status NOT IN (
  'pending_payment>paid', 'pending_payment>cancelled',
  'paid>packed', 'paid>cancelled', 'paid>refunded',
  'packed>shipped', 'packed>refunded',
  'shipped>delivered', 'shipped>refunded',
  'delivered>refunded'
))
EXECUTE FUNCTION orders_refuse_status();

-- The rate the order was taxed at, percent times 100; NULL for orders from before it was kept.
ALTER TABLE orders ADD COLUMN tax_basis_points BIGINT CHECK (tax_basis_points >= 0);

-- Units whose money was given back, and how many of them went back on the shelf.
ALTER TABLE order_lines ADD COLUMN refunded BIGINT NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND quantity);
ALTER TABLE order_lines ADD COLUMN restocked BIGINT NOT NULL DEFAULT 0 CHECK (restocked BETWEEN 0 AND refunded);
-- All refunds together, also those that only took something off what was due.
ALTER TABLE payments ADD COLUMN refunded_minor BIGINT NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND amount_minor);

CREATE TABLE fulfilments (
  id              TEXT   NOT NULL PRIMARY KEY,
  -- An order leaves the house once.
  order_id        TEXT   NOT NULL UNIQUE REFERENCES orders (id) ON DELETE CASCADE,
  carrier         TEXT   NOT NULL DEFAULT '',
  tracking_number TEXT   NOT NULL DEFAULT '',
  shipped_at      BIGINT NOT NULL
);

CREATE TABLE refunds (
  -- The provider's idempotency key: a repeated call pays back once.
  id             TEXT     NOT NULL PRIMARY KEY,
  order_id       TEXT     NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  -- 1 for an order's first refund: of two people who make the same one, one succeeds.
  number         BIGINT   NOT NULL CHECK (number > 0),
  cause          TEXT     NOT NULL CHECK (cause IN ('staff', 'cancellation')),
  -- owed: to be paid back; returned: the provider did; by_hand: somebody has to; paid_back: somebody did;
  -- waived: taken off what was due.
  status         TEXT     NOT NULL CHECK (status IN ('owed', 'returned', 'by_hand', 'paid_back', 'waived')),
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
CREATE UNIQUE INDEX refunds_cancellation ON refunds (order_id) WHERE cause = 'cancellation';
CREATE INDEX refunds_owed ON refunds (tried_at, created_at) WHERE status = 'owed';
CREATE INDEX refunds_open ON refunds (order_id) WHERE status IN ('owed', 'by_hand');
-- Payments that are unclear; there are few at any time.
CREATE INDEX payments_pending ON payments (updated_at) WHERE status = 'pending';
CREATE INDEX refunds_newest ON refunds (created_at);

CREATE TABLE refund_lines (
  refund_id    TEXT   NOT NULL REFERENCES refunds (id) ON DELETE CASCADE,
  order_id     TEXT   NOT NULL,
  position     BIGINT NOT NULL,
  quantity     BIGINT NOT NULL CHECK (quantity > 0),
  amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
  PRIMARY KEY (refund_id, position),
  FOREIGN KEY (order_id, position) REFERENCES order_lines (order_id, position) ON DELETE CASCADE
);
CREATE INDEX refund_lines_order ON refund_lines (order_id, position);

CREATE TABLE order_events (
  id        TEXT   NOT NULL PRIMARY KEY,
  order_id  TEXT   NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  kind      TEXT   NOT NULL CHECK (kind IN ('paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'paid_back', 'received', 'tracking', 'note')),
  -- E-mail address of whoever of the staff did it; NULL: the shopper, or the shop by itself.
  actor     TEXT,
  at        BIGINT NOT NULL,
  text      TEXT   NOT NULL DEFAULT '',
  refund_id TEXT   REFERENCES refunds (id) ON DELETE CASCADE,
  -- The key of the form that wrote a note: sent twice, it is one note.
  form_key  TEXT   UNIQUE
);
CREATE INDEX order_events_order ON order_events (order_id, at);
-- A step is taken once.
CREATE UNIQUE INDEX order_events_once ON order_events (order_id, kind) WHERE kind NOT IN ('refund', 'paid_back', 'tracking', 'note');
CREATE UNIQUE INDEX order_events_refund ON order_events (refund_id, kind) WHERE refund_id IS NOT NULL;

-- The test card's own books: what it paid back, by idempotency key.
CREATE TABLE test_card_refunds (
  idempotency_key TEXT   NOT NULL PRIMARY KEY,
  charge_key      TEXT   NOT NULL REFERENCES test_card_charges (idempotency_key),
  amount_minor    BIGINT NOT NULL CHECK (amount_minor >= 0),
  created_at      BIGINT NOT NULL
);

-- Stock may come back with a refund: a new reason, and which refund it was.
ALTER TABLE stock_movements DROP CONSTRAINT stock_movements_reason_check;
ALTER TABLE stock_movements ADD CONSTRAINT stock_movements_reason_check
  CHECK (reason IN ('initial', 'sale', 'cancellation', 'refund', 'adjustment', 'import'));
ALTER TABLE stock_movements ADD COLUMN refund_id TEXT;
ALTER TABLE stock_movements ADD CHECK ((reason = 'refund') = (refund_id IS NOT NULL));
DROP INDEX stock_movements_once;
-- A sale takes a variant's units for an order once, a cancellation and each refund give them back once.
CREATE UNIQUE INDEX stock_movements_once ON stock_movements (order_id, variant_id, reason) WHERE order_id IS NOT NULL AND refund_id IS NULL;
CREATE UNIQUE INDEX stock_movements_refund ON stock_movements (refund_id, variant_id) WHERE refund_id IS NOT NULL;

-- What is known of orders from before there was a time line.
INSERT INTO order_events (id, order_id, kind, at)
  SELECT o.id || ':paid', o.id, 'paid', CASE WHEN o.status = 'paid' THEN p.updated_at ELSE o.created_at END
  FROM orders o JOIN payments p ON p.order_id = o.id
  WHERE p.status = 'captured' AND o.status IN ('paid', 'packed', 'shipped', 'delivered');
INSERT INTO order_events (id, order_id, kind, at)
  SELECT id || ':' || status, id, status, updated_at FROM orders WHERE status NOT IN ('pending_payment', 'paid');
INSERT INTO fulfilments (id, order_id, shipped_at)
  SELECT id || ':shipped', id, updated_at FROM orders WHERE status IN ('shipped', 'delivered');

-- Money of cancelled orders that went back, or has to, and orders that were refunded whole, without restock.
INSERT INTO refunds (id, order_id, number, cause, status, amount_minor, shipping_minor, created_at, settled_at)
  SELECT p.id, o.id, 1, 'cancellation', CASE WHEN p.status = 'captured' THEN 'owed' ELSE 'returned' END,
    p.amount_minor, o.shipping_minor, p.updated_at, CASE WHEN p.status = 'captured' THEN NULL ELSE p.updated_at END
  FROM orders o JOIN payments p ON p.order_id = o.id
  WHERE o.status = 'cancelled' AND p.status IN ('captured', 'refunded');
INSERT INTO refunds (id, order_id, number, cause, status, amount_minor, shipping_minor, created_at, settled_at)
  SELECT p.id, o.id, 1, 'staff',
    CASE WHEN p.status = 'captured' THEN 'owed' WHEN p.status = 'refunded' THEN 'returned' ELSE 'waived' END,
    p.amount_minor, o.shipping_minor, p.updated_at, CASE WHEN p.status = 'captured' THEN NULL ELSE p.updated_at END
  FROM orders o JOIN payments p ON p.order_id = o.id WHERE o.status = 'refunded';
INSERT INTO refund_lines (refund_id, order_id, position, quantity, amount_minor)
  SELECT r.id, l.order_id, l.position, l.quantity, l.unit_price_minor * l.quantity
  FROM refunds r JOIN order_lines l ON l.order_id = r.order_id WHERE r.cause = 'staff';
UPDATE order_lines SET refunded = quantity
  WHERE order_id IN (SELECT r.order_id FROM refunds r WHERE r.cause = 'staff');
UPDATE payments SET refunded_minor = amount_minor WHERE order_id IN (SELECT r.order_id FROM refunds r);
UPDATE payments SET status = 'void' WHERE status = 'due'
  AND order_id IN (SELECT r.order_id FROM refunds r WHERE r.status = 'waived');
INSERT INTO order_events (id, order_id, kind, at, refund_id)
  SELECT r.id || ':refund', r.order_id, 'refund', r.created_at, r.id FROM refunds r;
