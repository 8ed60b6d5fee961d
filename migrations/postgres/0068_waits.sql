-- Who waits for a variant that is sold out: for a mail once there is some again, or, with a drop, for a unit of it that
-- comes back. A row begins with a link in an e-mail, by which its address is confirmed.
CREATE TABLE waits (
  id            TEXT   NOT NULL PRIMARY KEY,
  variant_id    TEXT   NOT NULL REFERENCES variants (id) ON DELETE CASCADE,
  -- NULL: it is told, and that is all.
  drop_id       TEXT   REFERENCES drops (id) ON DELETE CASCADE,
  email         TEXT   NOT NULL,
  mailbox       TEXT   NOT NULL,
  locale        TEXT   NOT NULL,
  state         TEXT   NOT NULL,
  -- Since when it is in that state.
  state_at      BIGINT NOT NULL,
  -- E-mails with a link that were asked for.
  asked         BIGINT NOT NULL DEFAULT 1,
  token_hash    TEXT,
  -- Its number in the list, given while the variant is locked.
  seq           BIGINT,
  -- Until when a unit is kept for it, and the cart that it was put into.
  offered_until BIGINT,
  cart_id       TEXT,
  -- What was ordered with it.
  order_id      TEXT,
  created_at    BIGINT NOT NULL,
  CONSTRAINT waits_state_word CHECK (state IN ('asked', 'waiting', 'offered', 'lapsed', 'ordered', 'told')),
  CONSTRAINT waits_offer_check CHECK ((state = 'offered') = (offered_until IS NOT NULL))
);
CREATE UNIQUE INDEX waits_of ON waits (variant_id, COALESCE(drop_id, ''), mailbox);
CREATE UNIQUE INDEX waits_seq ON waits (drop_id, variant_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX waits_next ON waits (drop_id, variant_id, seq) WHERE state = 'waiting' AND drop_id IS NOT NULL;
CREATE INDEX waits_notices ON waits (variant_id) WHERE state = 'waiting' AND drop_id IS NULL;
CREATE INDEX waits_offered ON waits (offered_until) WHERE state = 'offered';
CREATE INDEX waits_cart ON waits (cart_id) WHERE cart_id IS NOT NULL;
CREATE INDEX waits_mailbox ON waits (mailbox);
CREATE INDEX waits_token ON waits (token_hash) WHERE token_hash IS NOT NULL;
CREATE INDEX waits_old ON waits (state, state_at);

-- Units that are kept for those who waited: neither for sale nor sold.
ALTER TABLE drop_lines ADD COLUMN offered BIGINT NOT NULL DEFAULT 0
  CHECK (offered >= 0 AND remaining + offered <= units);
-- For how long a unit is kept.
ALTER TABLE drops ADD COLUMN offer_hours BIGINT NOT NULL DEFAULT 4 CHECK (offer_hours BETWEEN 1 AND 168);

ALTER TABLE stock_entries DROP CONSTRAINT stock_entries_reason_word;
ALTER TABLE stock_entries ADD CONSTRAINT stock_entries_reason_word CHECK (reason IN ('initial', 'sale',
  'cancellation', 'refund', 'adjustment', 'import', 'drop', 'offer')) NOT VALID;
ALTER TABLE stock_entries VALIDATE CONSTRAINT stock_entries_reason_word;
