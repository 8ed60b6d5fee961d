-- Refunds that were made at the payment provider itself, such as in its dashboard. Each is a refund of its own, with
-- the provider's name for it, so that it counts once.
ALTER TABLE refunds ADD COLUMN external_id TEXT;
CREATE UNIQUE INDEX refunds_external ON refunds (order_id, external_id) WHERE external_id IS NOT NULL;
-- How much of a refund had gone back in this way, and how much of that for delivery. The amount is without it.
ALTER TABLE refunds ADD COLUMN elsewhere_minor BIGINT NOT NULL DEFAULT 0 CHECK (elsewhere_minor >= 0);
ALTER TABLE refunds ADD COLUMN elsewhere_shipping_minor BIGINT NOT NULL DEFAULT 0 CHECK (elsewhere_shipping_minor >= 0 AND elsewhere_shipping_minor <= elsewhere_minor);

DROP TRIGGER refunds_cause_word;
CREATE TRIGGER refunds_cause_word BEFORE INSERT ON refunds
WHEN NEW.cause NOT IN ('staff', 'cancellation', 'provider')
BEGIN
  SELECT RAISE(ABORT, 'refunds_cause_word: no such word');
END;

DROP TRIGGER refunds_cause_next_word;
CREATE TRIGGER refunds_cause_next_word BEFORE UPDATE OF cause ON refunds
WHEN NEW.cause NOT IN ('staff', 'cancellation', 'provider')
BEGIN
  SELECT RAISE(ABORT, 'refunds_cause_word: no such word');
END;

DROP TRIGGER order_events_kind_word;
CREATE TRIGGER order_events_kind_word BEFORE INSERT ON order_events
WHEN NEW.kind NOT IN ('confirmed', 'paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'refund_elsewhere', 'refund_failed', 'refund_by_bank', 'paid_back', 'received', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note')
BEGIN
  SELECT RAISE(ABORT, 'order_events_kind_word: no such word');
END;

DROP TRIGGER order_events_kind_next_word;
CREATE TRIGGER order_events_kind_next_word BEFORE UPDATE OF kind ON order_events
WHEN NEW.kind NOT IN ('confirmed', 'paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'refund_elsewhere', 'refund_failed', 'refund_by_bank', 'paid_back', 'received', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note')
BEGIN
  SELECT RAISE(ABORT, 'order_events_kind_word: no such word');
END;

DROP INDEX order_events_once;
CREATE UNIQUE INDEX order_events_once ON order_events (order_id, kind) WHERE kind NOT IN ('refund', 'refund_elsewhere', 'refund_failed', 'refund_by_bank', 'paid_back', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note');

-- The sums of the dashboard: such a refund counts as one by staff does, unless its order is cancelled, which counts
-- nowhere. What had gone back before is taken off the refund that was to send it.
DROP VIEW order_shares;
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
FROM refunds r JOIN orders o ON o.id = r.order_id WHERE r.cause = 'staff'
  OR (r.cause = 'provider' AND o.status <> 'cancelled');

DROP TRIGGER refunds_sum;
CREATE TRIGGER refunds_sum AFTER INSERT ON refunds WHEN NEW.cause IN ('staff', 'provider')
BEGIN
  INSERT INTO sum_changes (at, currency, refunds, refunded_minor)
  SELECT NEW.created_at, o.currency, 1, NEW.amount_minor FROM orders o
  WHERE o.id = NEW.order_id AND (NEW.cause = 'staff' OR o.status <> 'cancelled');
END;

CREATE TRIGGER refunds_sum_change AFTER UPDATE OF amount_minor ON refunds
WHEN NEW.cause IN ('staff', 'provider') AND OLD.amount_minor <> NEW.amount_minor
BEGIN
  INSERT INTO sum_changes (at, currency, refunds, refunded_minor)
  SELECT NEW.created_at, o.currency, 0, NEW.amount_minor - OLD.amount_minor FROM orders o
  WHERE o.id = NEW.order_id AND (NEW.cause = 'staff' OR o.status <> 'cancelled');
END;

CREATE TRIGGER orders_sum_elsewhere AFTER UPDATE OF status ON orders
WHEN OLD.status <> 'cancelled' AND NEW.status = 'cancelled'
BEGIN
  INSERT INTO sum_changes (at, currency, refunds, refunded_minor)
  SELECT r.created_at, NEW.currency, -1, -r.amount_minor FROM refunds r
  WHERE r.order_id = NEW.id AND r.cause = 'provider';
END;

CREATE TRIGGER orders_leave_elsewhere BEFORE DELETE ON orders WHEN OLD.status <> 'cancelled'
BEGIN
  INSERT INTO sum_changes (at, currency, refunds, refunded_minor)
  SELECT r.created_at, OLD.currency, -1, -r.amount_minor FROM refunds r
  WHERE r.order_id = OLD.id AND r.cause = 'provider';
END;
