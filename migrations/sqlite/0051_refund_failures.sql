-- Why the provider sends a refund no more, so that somebody has to; empty if it is not so.
ALTER TABLE refunds ADD COLUMN fault TEXT NOT NULL DEFAULT '';
-- When the provider is asked whether a refund that was sent has failed since; NULL if it is not asked.
ALTER TABLE refunds ADD COLUMN look_at BIGINT;
CREATE INDEX refunds_look ON refunds (look_at) WHERE look_at IS NOT NULL;
-- Those of the 45 days before the last are asked about, too.
UPDATE refunds SET look_at = settled_at WHERE status = 'returned' AND amount_minor > 0
  AND settled_at > (SELECT MAX(r.settled_at) FROM refunds r) - 3888000000;

-- A refund that has failed, in the time line. A payment may be disputed more than once.
DROP TRIGGER order_events_kind_word;
CREATE TRIGGER order_events_kind_word BEFORE INSERT ON order_events
WHEN NEW.kind NOT IN ('paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'refund_failed', 'paid_back', 'received', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note')
BEGIN
  SELECT RAISE(ABORT, 'order_events_kind_word: no such word');
END;

DROP TRIGGER order_events_kind_next_word;
CREATE TRIGGER order_events_kind_next_word BEFORE UPDATE OF kind ON order_events
WHEN NEW.kind NOT IN ('paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'refund_failed', 'paid_back', 'received', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note')
BEGIN
  SELECT RAISE(ABORT, 'order_events_kind_word: no such word');
END;

DROP INDEX order_events_once;
CREATE UNIQUE INDEX order_events_once ON order_events (order_id, kind) WHERE kind NOT IN ('refund', 'refund_failed', 'paid_back', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note');

-- What banks ask back, one row for each dispute.
CREATE TABLE disputes (
  provider     TEXT   NOT NULL,
  -- The provider's own. One of before this table has the order's in place of it, until the provider tells of it.
  dispute_id   TEXT   NOT NULL,
  order_id     TEXT   NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  amount_minor BIGINT NOT NULL,
  -- asked: the bank asks so far, and has taken no money.
  state        TEXT   NOT NULL,
  -- The provider's word.
  reason       TEXT   NOT NULL,
  -- Where it is answered.
  link         TEXT   NOT NULL,
  -- NULL if the provider names no day.
  answer_until BIGINT,
  opened_at    BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  PRIMARY KEY (provider, dispute_id)
);
CREATE INDEX disputes_order ON disputes (order_id);
CREATE INDEX disputes_open ON disputes (order_id, answer_until) WHERE state IN ('asked', 'needs_answer', 'under_review');

CREATE TRIGGER disputes_state_word BEFORE INSERT ON disputes
WHEN NEW.state NOT IN ('asked', 'needs_answer', 'under_review', 'won', 'lost', 'closed')
BEGIN
  SELECT RAISE(ABORT, 'disputes_state_word: no such word');
END;

CREATE TRIGGER disputes_state_next_word BEFORE UPDATE OF state ON disputes
WHEN NEW.state NOT IN ('asked', 'needs_answer', 'under_review', 'won', 'lost', 'closed')
BEGIN
  SELECT RAISE(ABORT, 'disputes_state_word: no such word');
END;

-- Open disputes were found by their order.
DROP INDEX orders_disputed;

INSERT INTO disputes (provider, dispute_id, order_id, amount_minor, state, reason, link, opened_at, updated_at)
SELECT o.payment_method, o.id, o.id, o.total_minor,
  CASE
    WHEN o.payment_status <> 'disputed' THEN 'closed'
    WHEN EXISTS (SELECT 1 FROM order_events e WHERE e.order_id = o.id AND e.kind = 'dispute_lost') THEN 'lost'
    ELSE 'needs_answer'
  END, '', '',
  (SELECT MIN(e.at) FROM order_events e WHERE e.order_id = o.id AND e.kind IN ('disputed', 'dispute_won', 'dispute_lost')),
  (SELECT MAX(e.at) FROM order_events e WHERE e.order_id = o.id AND e.kind IN ('disputed', 'dispute_won', 'dispute_lost'))
FROM orders o
WHERE o.id IN (SELECT e.order_id FROM order_events e WHERE e.kind IN ('disputed', 'dispute_won', 'dispute_lost'));
