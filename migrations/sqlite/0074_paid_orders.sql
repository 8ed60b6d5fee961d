-- What a batch of orders writes is compared with no list of more than two words. SQLite makes a table of such a list each
-- time a trigger runs, so for each row: of an order that is paid for that was two thirds of the change.

-- What most rows say is compared first, and only what is left with the list.
DROP TRIGGER orders_first_status;
CREATE TRIGGER orders_first_status BEFORE INSERT ON orders
WHEN NEW.status <> 'pending_payment' AND NEW.status <> 'paid' AND NEW.status <> 'awaiting_confirmation'
BEGIN
  SELECT RAISE(ABORT, 'orders_first_status: an order begins as awaiting_confirmation, pending_payment or paid');
END;

DROP TRIGGER orders_next_status;
CREATE TRIGGER orders_next_status BEFORE UPDATE OF status ON orders
WHEN NOT (OLD.status = 'pending_payment' AND NEW.status = 'paid') AND OLD.status || '>' || NEW.status NOT IN (
  'awaiting_confirmation>paid', 'awaiting_confirmation>pending_payment', 'awaiting_confirmation>cancelled',
  'pending_payment>paid', 'pending_payment>cancelled',
  'paid>packed', 'paid>cancelled', 'paid>refunded',
  'packed>shipped', 'packed>refunded',
  'shipped>delivered', 'shipped>refunded',
  'delivered>refunded'
)
BEGIN
  SELECT RAISE(ABORT, 'orders_next_status: an order does not take this step');
END;

DROP TRIGGER orders_payment_status_word;
CREATE TRIGGER orders_payment_status_word BEFORE INSERT ON orders
WHEN NEW.payment_status <> 'pending' AND NEW.payment_status <> 'due'
  AND NEW.payment_status NOT IN ('pending', 'due', 'authorised', 'captured', 'declined', 'voided', 'refunded', 'disputed')
BEGIN
  SELECT RAISE(ABORT, 'orders_payment_status_word: no such word');
END;

DROP TRIGGER orders_payment_status_next_word;
CREATE TRIGGER orders_payment_status_next_word BEFORE UPDATE OF payment_status ON orders
WHEN NEW.payment_status <> 'captured'
  AND NEW.payment_status NOT IN ('pending', 'due', 'authorised', 'captured', 'declined', 'voided', 'refunded', 'disputed')
BEGIN
  SELECT RAISE(ABORT, 'orders_payment_status_word: no such word');
END;

DROP TRIGGER payment_attempts_status_word;
CREATE TRIGGER payment_attempts_status_word BEFORE INSERT ON payment_attempts
WHEN NEW.status <> 'pending'
  AND NEW.status NOT IN ('pending', 'authorised', 'captured', 'declined', 'voided', 'refunded', 'disputed')
BEGIN
  SELECT RAISE(ABORT, 'payment_attempts_status_word: no such word');
END;

DROP TRIGGER payment_attempts_status_next_word;
CREATE TRIGGER payment_attempts_status_next_word BEFORE UPDATE OF status ON payment_attempts
WHEN NEW.status <> 'captured'
  AND NEW.status NOT IN ('pending', 'authorised', 'captured', 'declined', 'voided', 'refunded', 'disputed')
BEGIN
  SELECT RAISE(ABORT, 'payment_attempts_status_word: no such word');
END;

DROP TRIGGER order_events_kind_word;
CREATE TRIGGER order_events_kind_word BEFORE INSERT ON order_events
WHEN NEW.kind <> 'paid'
  AND NEW.kind NOT IN ('confirmed', 'paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'refund_elsewhere', 'refund_failed', 'refund_by_bank', 'paid_back', 'received', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note')
BEGIN
  SELECT RAISE(ABORT, 'order_events_kind_word: no such word');
END;

DROP TRIGGER mails_state_word;
CREATE TRIGGER mails_state_word BEFORE INSERT ON mails
WHEN NEW.state <> 'waiting' AND NEW.state NOT IN ('waiting', 'sending', 'sent', 'dropped', 'failed')
BEGIN
  SELECT RAISE(ABORT, 'mails_state_word: no such word');
END;

DROP TRIGGER mails_state_next_word;
CREATE TRIGGER mails_state_next_word BEFORE UPDATE OF state ON mails
WHEN NEW.state <> 'sending' AND NEW.state <> 'sent'
  AND NEW.state NOT IN ('waiting', 'sending', 'sent', 'dropped', 'failed')
BEGIN
  SELECT RAISE(ABORT, 'mails_state_word: no such word');
END;

-- Whether an order counts is found out once before and once after its change.
DROP TRIGGER orders_sum_change;
CREATE TRIGGER orders_sum_change
AFTER UPDATE OF status, payment_status, captured_minor, refunded_minor, total_minor, units ON orders
WHEN OLD.captured_minor <> NEW.captured_minor OR OLD.refunded_minor <> NEW.refunded_minor
  OR OLD.total_minor <> NEW.total_minor OR OLD.units <> NEW.units
  OR (OLD.payment_status = 'due') <> (NEW.payment_status = 'due')
  OR (OLD.status = 'cancelled') <> (NEW.status = 'cancelled')
  OR (OLD.status IN ('awaiting_confirmation', 'pending_payment')) <> (NEW.status IN ('awaiting_confirmation', 'pending_payment'))
BEGIN
  INSERT INTO sum_changes (at, currency, standing, orders, units, gross_minor, received_minor, to_collect_minor)
  SELECT NEW.created_at, NEW.currency, (NEW.status <> 'cancelled') - (OLD.status <> 'cancelled'),
    n.counted - o.counted, n.counted * NEW.units - o.counted * OLD.units,
    n.counted * NEW.total_minor - o.counted * OLD.total_minor,
    n.counted * NEW.captured_minor - o.counted * OLD.captured_minor,
    n.counted * (NEW.payment_status = 'due') * (NEW.total_minor - NEW.refunded_minor)
      - o.counted * (OLD.payment_status = 'due') * (OLD.total_minor - OLD.refunded_minor)
  FROM (SELECT CASE NEW.status WHEN 'awaiting_confirmation' THEN 0 WHEN 'pending_payment' THEN 0 WHEN 'cancelled' THEN 0
      ELSE 1 END AS counted) n
  CROSS JOIN (SELECT CASE OLD.status WHEN 'awaiting_confirmation' THEN 0 WHEN 'pending_payment' THEN 0
      WHEN 'cancelled' THEN 0 ELSE 1 END AS counted) o;
  INSERT INTO sum_changes (at, currency, variant_id, gone, standing, units, gross_minor)
  SELECT NEW.created_at, NEW.currency, COALESCE(l.variant_id, ''),
    CASE WHEN l.variant_id IS NULL THEN l.product_slug ELSE '' END,
    c.standing * l.quantity, c.counted * l.quantity, c.counted * l.quantity * l.unit_price_minor
  FROM (SELECT (NEW.status <> 'cancelled') - (OLD.status <> 'cancelled') AS standing,
      CASE NEW.status WHEN 'awaiting_confirmation' THEN 0 WHEN 'pending_payment' THEN 0 WHEN 'cancelled' THEN 0 ELSE 1 END
      - CASE OLD.status WHEN 'awaiting_confirmation' THEN 0 WHEN 'pending_payment' THEN 0 WHEN 'cancelled' THEN 0 ELSE 1 END
      AS counted) c
  CROSS JOIN order_lines l WHERE l.order_id = NEW.id AND (c.standing <> 0 OR c.counted <> 0);
END;
