-- What payment providers tell by themselves. An event is kept in the transaction of its effect, so each has
-- one, however often it is sent.
CREATE TABLE provider_events (
  provider    TEXT   NOT NULL,
  -- The provider's own.
  event_id    TEXT   NOT NULL,
  -- The provider's word for what happened.
  kind        TEXT   NOT NULL,
  -- NULL if it is about no order of this shop.
  order_id    TEXT,
  received_at BIGINT NOT NULL,
  -- As it was sent; empty once the customer is erased.
  body        TEXT   NOT NULL,
  effect      TEXT   NOT NULL,
  PRIMARY KEY (provider, event_id)
);
CREATE INDEX provider_events_received ON provider_events (received_at);
CREATE INDEX provider_events_order ON provider_events (order_id) WHERE order_id IS NOT NULL;

CREATE TRIGGER provider_events_effect_word BEFORE INSERT ON provider_events
WHEN NEW.effect NOT IN ('settled', 'noted', 'none', 'foreign')
BEGIN
  SELECT RAISE(ABORT, 'provider_events_effect_word: no such word');
END;

CREATE TRIGGER provider_events_effect_next_word BEFORE UPDATE OF effect ON provider_events
WHEN NEW.effect NOT IN ('settled', 'noted', 'none', 'foreign')
BEGIN
  SELECT RAISE(ABORT, 'provider_events_effect_word: no such word');
END;

-- When the provider was last asked about an attempt.
ALTER TABLE payment_attempts ADD COLUMN looked_at BIGINT;
-- What the provider calls the money, once there is any.
ALTER TABLE payment_attempts ADD COLUMN payment_id TEXT;
CREATE INDEX payment_attempts_payment ON payment_attempts (provider, payment_id) WHERE payment_id IS NOT NULL;

-- What banks ask of payments, in the time line.
DROP TRIGGER order_events_kind_word;
CREATE TRIGGER order_events_kind_word BEFORE INSERT ON order_events
WHEN NEW.kind NOT IN ('paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'paid_back', 'received', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note')
BEGIN
  SELECT RAISE(ABORT, 'order_events_kind_word: no such word');
END;

DROP TRIGGER order_events_kind_next_word;
CREATE TRIGGER order_events_kind_next_word BEFORE UPDATE OF kind ON order_events
WHEN NEW.kind NOT IN ('paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded', 'refund', 'paid_back', 'received', 'disputed', 'dispute_won', 'dispute_lost', 'tracking', 'note')
BEGIN
  SELECT RAISE(ABORT, 'order_events_kind_word: no such word');
END;

-- Whether orders can be paid to who brings the parcel.
ALTER TABLE shop_settings ADD COLUMN cash_on_delivery SMALLINT NOT NULL DEFAULT 1 CHECK (cash_on_delivery IN (0, 1));
