-- An order whose buyer nobody knows was confirmed, and waits for its money from then on.
ALTER TABLE order_events DROP CONSTRAINT order_events_kind_word;
ALTER TABLE order_events ADD CONSTRAINT order_events_kind_word CHECK (kind IN ('confirmed', 'paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'refund_failed', 'refund_by_bank', 'paid_back', 'received', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note')) NOT VALID;
ALTER TABLE order_events VALIDATE CONSTRAINT order_events_kind_word;

-- How an order is handed over is known also where no days were promised. Of those from before, their shipping
-- method tells, if it is there; NULL is a delivery.
UPDATE orders SET promised_handover = 'collection' WHERE promised_handover IS NULL
  AND shipping_method IN (SELECT id FROM shipping_rates WHERE handover = 'collection');
