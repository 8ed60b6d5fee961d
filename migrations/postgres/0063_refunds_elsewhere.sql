-- Refunds that were made at the payment provider itself, such as in its dashboard. Each is a refund of its own, with
-- the provider's name for it, so that it counts once.
ALTER TABLE refunds ADD COLUMN external_id TEXT;
CREATE UNIQUE INDEX refunds_external ON refunds (order_id, external_id) WHERE external_id IS NOT NULL;
-- How much of a refund had gone back in this way, and how much of that for delivery. The amount is without it.
ALTER TABLE refunds ADD COLUMN elsewhere_minor BIGINT NOT NULL DEFAULT 0 CHECK (elsewhere_minor >= 0);
ALTER TABLE refunds ADD COLUMN elsewhere_shipping_minor BIGINT NOT NULL DEFAULT 0 CHECK (elsewhere_shipping_minor >= 0 AND elsewhere_shipping_minor <= elsewhere_minor);

ALTER TABLE refunds DROP CONSTRAINT refunds_cause_word;
ALTER TABLE refunds ADD CONSTRAINT refunds_cause_word CHECK (cause IN ('staff', 'cancellation', 'provider')) NOT VALID;
ALTER TABLE refunds VALIDATE CONSTRAINT refunds_cause_word;

ALTER TABLE order_events DROP CONSTRAINT order_events_kind_word;
ALTER TABLE order_events ADD CONSTRAINT order_events_kind_word CHECK (kind IN ('confirmed', 'paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'refund_elsewhere', 'refund_failed', 'refund_by_bank', 'paid_back', 'received', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note')) NOT VALID;
ALTER TABLE order_events VALIDATE CONSTRAINT order_events_kind_word;

DROP INDEX order_events_once;
CREATE UNIQUE INDEX order_events_once ON order_events (order_id, kind) WHERE kind NOT IN ('refund', 'refund_elsewhere', 'refund_failed', 'refund_by_bank', 'paid_back', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note');

-- The sums of the dashboard: such a refund counts as one by staff does, unless its order is cancelled, which counts
-- nowhere. What had gone back before is taken off the refund that was to send it.
CREATE OR REPLACE VIEW order_shares AS
SELECT o.created_at AS at, o.currency, c.standing, c.orders, c.orders * o.units AS units,
  c.orders * o.total_minor AS gross_minor, c.orders * o.captured_minor AS received_minor,
  c.orders * c.due * (o.total_minor - o.refunded_minor) AS to_collect_minor,
  CAST(0 AS BIGINT) AS refunds, CAST(0 AS BIGINT) AS refunded_minor
FROM orders o CROSS JOIN LATERAL (SELECT
  CASE WHEN o.status = 'cancelled' THEN 0 ELSE 1 END AS standing,
  CASE WHEN o.status IN ('awaiting_confirmation', 'pending_payment', 'cancelled') THEN 0 ELSE 1 END AS orders,
  CASE WHEN o.payment_status = 'due' THEN 1 ELSE 0 END AS due) c
UNION ALL
SELECT r.created_at, o.currency, 0, 0, 0, 0, 0, 0, 1, r.amount_minor
FROM refunds r JOIN orders o ON o.id = r.order_id WHERE r.cause = 'staff'
  OR (r.cause = 'provider' AND o.status <> 'cancelled');

CREATE OR REPLACE FUNCTION sum_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sum_changes (at, currency, refunds, refunded_minor)
  SELECT NEW.created_at, o.currency, 1, NEW.amount_minor FROM orders o
  WHERE o.id = NEW.order_id AND (NEW.cause = 'staff' OR o.status <> 'cancelled');
  RETURN NULL;
END
$$;
DROP TRIGGER refunds_sum ON refunds;
CREATE TRIGGER refunds_sum AFTER INSERT ON refunds FOR EACH ROW
WHEN (NEW.cause IN ('staff', 'provider')) EXECUTE FUNCTION sum_refund();

CREATE FUNCTION sum_change_of_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sum_changes (at, currency, refunds, refunded_minor)
  SELECT NEW.created_at, o.currency, 0, NEW.amount_minor - OLD.amount_minor FROM orders o
  WHERE o.id = NEW.order_id AND (NEW.cause = 'staff' OR o.status <> 'cancelled');
  RETURN NULL;
END
$$;
CREATE TRIGGER refunds_sum_change AFTER UPDATE OF amount_minor ON refunds FOR EACH ROW
WHEN (NEW.cause IN ('staff', 'provider') AND OLD.amount_minor <> NEW.amount_minor)
EXECUTE FUNCTION sum_change_of_refund();

CREATE FUNCTION sum_without_elsewhere() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sum_changes (at, currency, refunds, refunded_minor)
  SELECT r.created_at, OLD.currency, -1, -r.amount_minor FROM refunds r
  WHERE r.order_id = OLD.id AND r.cause = 'provider';
  RETURN OLD;
END
$$;
CREATE TRIGGER orders_sum_elsewhere AFTER UPDATE OF status ON orders FOR EACH ROW
WHEN (OLD.status <> 'cancelled' AND NEW.status = 'cancelled') EXECUTE FUNCTION sum_without_elsewhere();
CREATE TRIGGER orders_leave_elsewhere BEFORE DELETE ON orders FOR EACH ROW
WHEN (OLD.status <> 'cancelled') EXECUTE FUNCTION sum_without_elsewhere();
