-- What a bank has given back in a dispute goes back no other way: how much of a refund that is.
ALTER TABLE refunds ADD COLUMN by_bank_minor BIGINT NOT NULL DEFAULT 0 CHECK (by_bank_minor >= 0 AND by_bank_minor <= amount_minor);

ALTER TABLE refunds DROP CONSTRAINT refunds_status_word;
ALTER TABLE refunds ADD CONSTRAINT refunds_status_word CHECK (status IN ('owed', 'returned', 'by_hand', 'paid_back', 'by_bank', 'waived')) NOT VALID;
ALTER TABLE refunds VALIDATE CONSTRAINT refunds_status_word;

ALTER TABLE order_events DROP CONSTRAINT order_events_kind_word;
ALTER TABLE order_events ADD CONSTRAINT order_events_kind_word CHECK (kind IN ('paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'refund_failed', 'refund_by_bank', 'paid_back', 'received', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note')) NOT VALID;
ALTER TABLE order_events VALIDATE CONSTRAINT order_events_kind_word;
-- When the provider was last asked about a dispute.
ALTER TABLE disputes ADD COLUMN looked_at BIGINT NOT NULL DEFAULT 0;

DROP INDEX order_events_once;
CREATE UNIQUE INDEX order_events_once ON order_events (order_id, kind) WHERE kind NOT IN ('refund', 'refund_failed', 'refund_by_bank', 'paid_back', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note');

-- 0051 made a row of each dispute from before it, with the order's id in place of its own, and took those of
-- orders that were refunded for ended. Of one that is not known by its own name since, the time line tells: it
-- is as the last word says, and open if there is none.
UPDATE disputes SET state = 'lost' WHERE dispute_id = order_id AND state = 'closed'
  AND NOT EXISTS (SELECT 1 FROM disputes n WHERE n.order_id = disputes.order_id AND n.dispute_id <> n.order_id)
  AND (SELECT e.kind FROM order_events e WHERE e.order_id = disputes.order_id
    AND e.kind IN ('dispute_won', 'dispute_lost') ORDER BY e.at DESC, e.id DESC LIMIT 1) = 'dispute_lost';
UPDATE disputes SET state = 'needs_answer' WHERE dispute_id = order_id AND state = 'closed'
  AND NOT EXISTS (SELECT 1 FROM disputes n WHERE n.order_id = disputes.order_id AND n.dispute_id <> n.order_id)
  AND NOT EXISTS (SELECT 1 FROM order_events e WHERE e.order_id = disputes.order_id
    AND e.kind IN ('dispute_won', 'dispute_lost'));

-- A bank that only asks was not told apart from one that has taken the money. What the provider sent is.
UPDATE disputes SET state = 'asked' WHERE dispute_id = order_id AND state = 'needs_answer'
  AND EXISTS (SELECT 1 FROM provider_events p WHERE p.order_id = disputes.order_id
    AND p.kind LIKE 'charge.dispute.%'
    AND (p.body LIKE '%"warning_needs_response"%' OR p.body LIKE '%"warning_under_review"%'))
  AND NOT EXISTS (SELECT 1 FROM provider_events p WHERE p.order_id = disputes.order_id
    AND p.kind LIKE 'charge.dispute.%'
    AND (p.kind = 'charge.dispute.funds_withdrawn' OR p.body LIKE '%"needs_response"%' OR p.body LIKE '%"under_review"%'));

-- One that was lost and then told by its own name is that very one: all of the money was gone.
DELETE FROM disputes WHERE dispute_id = order_id AND state = 'lost'
  AND EXISTS (SELECT 1 FROM disputes n WHERE n.order_id = disputes.order_id AND n.dispute_id <> n.order_id);

-- Payments stand as these say.
UPDATE orders SET payment_status = 'captured' WHERE payment_status = 'disputed' AND NOT EXISTS
  (SELECT 1 FROM disputes d WHERE d.order_id = orders.id AND d.state IN ('needs_answer', 'under_review', 'lost'));
UPDATE orders SET payment_status = 'disputed' WHERE payment_status = 'captured' AND EXISTS
  (SELECT 1 FROM disputes d WHERE d.order_id = orders.id AND d.state IN ('needs_answer', 'under_review', 'lost'));

-- What a bank has given back is not to be paid once more.
UPDATE refunds SET status = 'by_bank', by_bank_minor = amount_minor, settled_at = COALESCE(settled_at,
    (SELECT MAX(d.updated_at) FROM disputes d WHERE d.order_id = refunds.order_id AND d.state = 'lost'))
WHERE status IN ('owed', 'by_hand') AND amount_minor > 0 AND
  (SELECT COALESCE(SUM(d.amount_minor), 0) FROM disputes d WHERE d.order_id = refunds.order_id AND d.state = 'lost') >=
  (SELECT SUM(r.amount_minor) FROM refunds r WHERE r.order_id = refunds.order_id AND r.status IN ('owed', 'by_hand'));

-- Of which attempt to pay the order it counts for the card, which may be another in the end; 0 if it counts for
-- who has ordered.
ALTER TABLE buyer_limit_uses ADD COLUMN of_attempt BIGINT NOT NULL DEFAULT 0;
