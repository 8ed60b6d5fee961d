-- How many units one buyer gets: of a variant, of a product, or of the shop as a whole.
CREATE TABLE buyer_limits (
  id         TEXT   NOT NULL PRIMARY KEY,
  -- Both NULL: of the whole shop.
  product_id TEXT   REFERENCES products (id) ON DELETE CASCADE,
  variant_id TEXT   REFERENCES variants (id) ON DELETE CASCADE,
  units      BIGINT NOT NULL CHECK (units >= 1),
  -- How long an order counts; 0 for ever.
  days       BIGINT NOT NULL CHECK (days >= 0),
  created_at BIGINT NOT NULL,
  CHECK (product_id IS NULL OR variant_id IS NULL)
);
-- One for each.
CREATE UNIQUE INDEX buyer_limits_of ON buyer_limits (COALESCE(product_id, variant_id, ''));
CREATE INDEX buyer_limits_product ON buyer_limits (product_id);
CREATE INDEX buyer_limits_variant ON buyer_limits (variant_id);

-- Units that count against a limit. A buyer is a keyed hash of an account, a mailbox or an address; an order
-- counts for each of them. Rows go when their order is cancelled, and references are not checked: a row of a
-- limit that is gone counts for nothing and is cleared.
CREATE TABLE buyer_limit_uses (
  buyer    TEXT   NOT NULL,
  limit_id TEXT   NOT NULL,
  order_id TEXT   NOT NULL,
  units    BIGINT NOT NULL,
  at       BIGINT NOT NULL,
  PRIMARY KEY (buyer, limit_id, order_id)
);
CREATE INDEX buyer_limit_uses_order ON buyer_limit_uses (order_id);
CREATE INDEX buyer_limit_uses_limit ON buyer_limit_uses (limit_id, at);

-- Whose row is locked while their orders are decided, so that those of other nodes wait. Holds nothing else, and
-- is cleared when it was not used for a while.
CREATE TABLE buyer_limit_turns (
  limit_id TEXT   NOT NULL,
  buyer    TEXT   NOT NULL,
  at       BIGINT NOT NULL,
  PRIMARY KEY (limit_id, buyer)
);
CREATE INDEX buyer_limit_turns_at ON buyer_limit_turns (at);
