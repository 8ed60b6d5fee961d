-- Sums of orders, so that the dashboard reads as little of a shop of ten million orders as of one of ten.
--
-- What an order adds to them is appended to `sum_changes`, in the transaction that writes it: by the batch that
-- places it, a row for all its orders and one for each of its variants, and later by triggers, which no way of changing an
-- order can forget. Rows of sums would be locked until the batch ends, and all batches of all nodes would wait
-- for one; for appended rows nobody waits. Every few seconds one of the nodes adds them to `order_sums` and
-- `variant_sums`. Readers add up both.
--
-- An order counts at the time it was placed. What is compared with these, and what they are made from again, is in
-- the views `order_shares` and `variant_shares`. `at` and `begins` are in milliseconds since 1970, as all times.

CREATE TABLE sum_changes (
  id               INTEGER PRIMARY KEY,
  at               BIGINT NOT NULL,
  currency         TEXT   NOT NULL,
  -- NULL: it is of orders. Empty for a variant that was deleted before variants were archived: then `gone` is the
  -- address it had.
  variant_id       TEXT,
  gone             TEXT   NOT NULL DEFAULT '',
  -- Orders that are not cancelled; of a variant, units of these.
  standing         BIGINT NOT NULL DEFAULT 0,
  -- Orders of those that count: their money came in, or is due at the door. What follows is of these.
  orders           BIGINT NOT NULL DEFAULT 0,
  units            BIGINT NOT NULL DEFAULT 0,
  gross_minor      BIGINT NOT NULL DEFAULT 0,
  received_minor   BIGINT NOT NULL DEFAULT 0,
  to_collect_minor BIGINT NOT NULL DEFAULT 0,
  -- What the staff has given back, at the time of that.
  refunds          BIGINT NOT NULL DEFAULT 0,
  refunded_minor   BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE order_sums (
  -- How long it is, in milliseconds: a second (kept for minutes), a minute or a quarter of an hour, in which all
  -- time zones change days.
  span             BIGINT NOT NULL CHECK (span IN (1000, 60000, 900000)),
  begins           BIGINT NOT NULL CHECK (begins % span = 0),
  currency         TEXT   NOT NULL,
  standing         BIGINT NOT NULL,
  orders           BIGINT NOT NULL,
  units            BIGINT NOT NULL,
  gross_minor      BIGINT NOT NULL,
  received_minor   BIGINT NOT NULL,
  to_collect_minor BIGINT NOT NULL,
  refunds          BIGINT NOT NULL,
  refunded_minor   BIGINT NOT NULL,
  PRIMARY KEY (span, begins, currency)
) WITHOUT ROWID;

CREATE TABLE variant_sums (
  -- A minute (kept for hours), a quarter of an hour or a day by UTC.
  span           BIGINT NOT NULL CHECK (span IN (60000, 900000, 86400000)),
  begins         BIGINT NOT NULL CHECK (begins % span = 0),
  currency       TEXT   NOT NULL,
  variant_id     TEXT   NOT NULL,
  gone           TEXT   NOT NULL,
  standing       BIGINT NOT NULL,
  units          BIGINT NOT NULL,
  gross_minor    BIGINT NOT NULL,
  PRIMARY KEY (span, begins, variant_id, gone, currency)
) WITHOUT ROWID;

-- The node that adds up changes locks its row.
CREATE TABLE sum_turns (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1)
);
INSERT INTO sum_turns (id) VALUES (1);

-- ---------------------------------------------------------------------------------------------------------
-- What each order, refund and line adds.

CREATE VIEW order_shares AS
SELECT o.created_at AS at, o.currency, o.status <> 'cancelled' AS standing,
  o.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled') AS orders,
  (o.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * o.units AS units,
  (o.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * o.total_minor AS gross_minor,
  (o.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * o.captured_minor AS received_minor,
  (o.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * (o.payment_status = 'due')
    * (o.total_minor - o.refunded_minor) AS to_collect_minor,
  0 AS refunds, 0 AS refunded_minor
FROM orders o
UNION ALL
SELECT r.created_at, o.currency, 0, 0, 0, 0, 0, 0, 1, r.amount_minor
FROM refunds r JOIN orders o ON o.id = r.order_id WHERE r.cause = 'staff';

CREATE VIEW variant_shares AS
SELECT o.created_at AS at, o.currency, COALESCE(l.variant_id, '') AS variant_id,
  CASE WHEN l.variant_id IS NULL THEN l.product_slug ELSE '' END AS gone,
  (o.status <> 'cancelled') * l.quantity AS standing,
  (o.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * l.quantity AS units,
  (o.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * l.quantity * l.unit_price_minor AS gross_minor
FROM order_lines l JOIN orders o ON o.id = l.order_id;

-- ---------------------------------------------------------------------------------------------------------
-- What changes about an order later.

CREATE TRIGGER orders_sum_change
AFTER UPDATE OF status, payment_status, captured_minor, refunded_minor, total_minor, units ON orders
WHEN OLD.captured_minor <> NEW.captured_minor OR OLD.refunded_minor <> NEW.refunded_minor
  OR OLD.total_minor <> NEW.total_minor OR OLD.units <> NEW.units
  OR (OLD.payment_status = 'due') <> (NEW.payment_status = 'due')
  OR (OLD.status = 'cancelled') <> (NEW.status = 'cancelled')
  OR (OLD.status IN ('awaiting_confirmation', 'pending_payment')) <> (NEW.status IN ('awaiting_confirmation', 'pending_payment'))
BEGIN
  INSERT INTO sum_changes (at, currency, standing, orders, units, gross_minor, received_minor, to_collect_minor)
  VALUES (NEW.created_at, NEW.currency, (NEW.status <> 'cancelled') - (OLD.status <> 'cancelled'),
    (NEW.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled'))
      - (OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')),
    (NEW.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * NEW.units
      - (OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * OLD.units,
    (NEW.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * NEW.total_minor
      - (OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * OLD.total_minor,
    (NEW.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * NEW.captured_minor
      - (OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * OLD.captured_minor,
    (NEW.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * (NEW.payment_status = 'due') * (NEW.total_minor - NEW.refunded_minor)
      - (OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * (OLD.payment_status = 'due') * (OLD.total_minor - OLD.refunded_minor));
  INSERT INTO sum_changes (at, currency, variant_id, gone, standing, units, gross_minor)
  SELECT NEW.created_at, NEW.currency, COALESCE(l.variant_id, ''),
    CASE WHEN l.variant_id IS NULL THEN l.product_slug ELSE '' END,
    ((NEW.status <> 'cancelled') - (OLD.status <> 'cancelled')) * l.quantity,
    ((NEW.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled'))
      - (OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled'))) * l.quantity,
    ((NEW.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled'))
      - (OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')))
      * l.quantity * l.unit_price_minor
  FROM order_lines l WHERE l.order_id = NEW.id
  AND ((NEW.status <> 'cancelled') <> (OLD.status <> 'cancelled')
    OR (NEW.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled'))
      <> (OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')));
END;

CREATE TRIGGER refunds_sum AFTER INSERT ON refunds WHEN NEW.cause = 'staff'
BEGIN
  INSERT INTO sum_changes (at, currency, refunds, refunded_minor)
  SELECT NEW.created_at, o.currency, 1, NEW.amount_minor FROM orders o WHERE o.id = NEW.order_id;
END;

-- The shop deletes no order. One that is deleted all the same leaves the sums, before it is taken apart.
CREATE TRIGGER orders_leave_sums BEFORE DELETE ON orders
BEGIN
  INSERT INTO sum_changes (at, currency, standing, orders, units, gross_minor, received_minor, to_collect_minor)
  VALUES (OLD.created_at, OLD.currency, -(OLD.status <> 'cancelled'),
    -(OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')),
    -(OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * OLD.units,
    -(OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * OLD.total_minor,
    -(OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * OLD.captured_minor,
    -(OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * (OLD.payment_status = 'due') * (OLD.total_minor - OLD.refunded_minor));
  INSERT INTO sum_changes (at, currency, refunds, refunded_minor)
  SELECT r.created_at, OLD.currency, -1, -r.amount_minor FROM refunds r WHERE r.order_id = OLD.id AND r.cause = 'staff';
  INSERT INTO sum_changes (at, currency, variant_id, gone, standing, units, gross_minor)
  SELECT OLD.created_at, OLD.currency, COALESCE(l.variant_id, ''),
    CASE WHEN l.variant_id IS NULL THEN l.product_slug ELSE '' END,
    -(OLD.status <> 'cancelled') * l.quantity,
    -(OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * l.quantity,
    -(OLD.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')) * l.quantity * l.unit_price_minor
  FROM order_lines l WHERE l.order_id = OLD.id;
END;

-- ---------------------------------------------------------------------------------------------------------
-- Shops that are there already.

INSERT INTO order_sums (span, begins, currency, standing, orders, units, gross_minor, received_minor, to_collect_minor,
  refunds, refunded_minor)
SELECT w.span, s.at - s.at % w.span, s.currency, SUM(s.standing), SUM(s.orders), SUM(s.units), SUM(s.gross_minor),
  SUM(s.received_minor), SUM(s.to_collect_minor), SUM(s.refunds), SUM(s.refunded_minor)
FROM order_shares s CROSS JOIN (SELECT CAST(60000 AS BIGINT) AS span UNION ALL SELECT 900000) w
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

INSERT INTO variant_sums (span, begins, currency, variant_id, gone, standing, units, gross_minor)
SELECT w.span, s.at - s.at % w.span, s.currency, s.variant_id, s.gone, SUM(s.standing), SUM(s.units),
  SUM(s.gross_minor)
FROM variant_shares s CROSS JOIN (SELECT CAST(900000 AS BIGINT) AS span UNION ALL SELECT 86400000) w
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 4, 5, 3;

-- ---------------------------------------------------------------------------------------------------------
-- Sessions that nobody uses are forgotten by when they were last used, and those of the staff sooner.

CREATE INDEX sessions_last_seen ON sessions (last_seen_at);
CREATE INDEX accounts_staff ON accounts (id) WHERE role <> 'customer';
