-- When the money of an attempt was set aside, taken and let go; NULL if it was not.
ALTER TABLE payment_attempts ADD COLUMN authorised_at BIGINT;
ALTER TABLE payment_attempts ADD COLUMN captured_at BIGINT;
ALTER TABLE payment_attempts ADD COLUMN voided_at BIGINT;
-- Who of the staff had it captured or released by hand, and the form it was done with.
ALTER TABLE payment_attempts ADD COLUMN asked_by TEXT;
ALTER TABLE payment_attempts ADD COLUMN form_key TEXT;

UPDATE payment_attempts SET captured_at = COALESCE(
  (SELECT MIN(e.at) FROM order_events e WHERE e.order_id = payment_attempts.order_id AND e.kind = 'paid'), updated_at)
WHERE captured_minor > 0;
UPDATE payment_attempts SET voided_at = updated_at WHERE status = 'voided';

-- The last comparison of our payments with each provider's list.
CREATE TABLE payment_comparisons (
  provider         TEXT   NOT NULL PRIMARY KEY,
  -- Of several nodes, the one that moves this compares.
  begun_at         BIGINT NOT NULL,
  -- NULL if none came to its end.
  ended_at         BIGINT,
  -- When the last one failed; NULL if it did not. What was found before stays.
  failed_at        BIGINT,
  since            BIGINT NOT NULL DEFAULT 0,
  compared         BIGINT NOT NULL DEFAULT 0,
  -- Payments at the provider that are not this shop's.
  foreign_payments BIGINT NOT NULL DEFAULT 0,
  -- What differs: JSON.
  differences      TEXT   NOT NULL DEFAULT '[]'
);
