-- An order whose buyer nobody knows was confirmed, and waits for its money from then on.
DROP TRIGGER order_events_kind_word;
CREATE TRIGGER order_events_kind_word BEFORE INSERT ON order_events
WHEN NEW.kind NOT IN ('confirmed', 'paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'refund_failed', 'refund_by_bank', 'paid_back', 'received', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note')
BEGIN
  SELECT RAISE(ABORT, 'order_events_kind_word: no such word');
END;

DROP TRIGGER order_events_kind_next_word;
CREATE TRIGGER order_events_kind_next_word BEFORE UPDATE OF kind ON order_events
WHEN NEW.kind NOT IN ('confirmed', 'paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'refund_failed', 'refund_by_bank', 'paid_back', 'received', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note')
BEGIN
  SELECT RAISE(ABORT, 'order_events_kind_word: no such word');
END;

-- How an order is handed over is known also where no days were promised. Of those from before, their shipping
-- method tells, if it is there; NULL is a delivery.
UPDATE orders SET promised_handover = 'collection' WHERE promised_handover IS NULL
  AND shipping_method IN (SELECT id FROM shipping_rates WHERE handover = 'collection');
