-- Sums that were taken at a payment provider and are not what their orders cost, such as a part that someone has
-- captured in its dashboard. They go back, and pay no order. One row for each attempt to pay.
CREATE TABLE other_sums (
  attempt_id     TEXT   NOT NULL PRIMARY KEY,
  order_id       TEXT   NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  captured_minor BIGINT NOT NULL CHECK (captured_minor >= 0),
  -- Of the payment, which may not be the order's.
  currency       TEXT   NOT NULL,
  -- What the provider has sent back, and what it is at beside that.
  returned_minor BIGINT NOT NULL DEFAULT 0 CHECK (returned_minor >= 0),
  pending_minor  BIGINT NOT NULL DEFAULT 0 CHECK (pending_minor >= 0),
  -- What somebody has paid back another way.
  by_hand_minor  BIGINT NOT NULL DEFAULT 0 CHECK (by_hand_minor >= 0),
  -- Why the provider has not sent all of it, in its words; empty if it is not so.
  fault          TEXT   NOT NULL DEFAULT '',
  found_at       BIGINT NOT NULL,
  -- When the provider was last asked about it.
  looked_at      BIGINT NOT NULL,
  -- When the owner was told; NULL if that is still to be done.
  told_at        BIGINT
);
CREATE INDEX other_sums_order ON other_sums (order_id);
CREATE INDEX other_sums_open ON other_sums (order_id, captured_minor, returned_minor, pending_minor, by_hand_minor)
  WHERE captured_minor > returned_minor + pending_minor + by_hand_minor;
CREATE INDEX other_sums_look ON other_sums (looked_at) WHERE captured_minor > returned_minor + by_hand_minor;
CREATE INDEX other_sums_untold ON other_sums (found_at) WHERE told_at IS NULL;
