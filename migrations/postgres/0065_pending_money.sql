-- Money that is under way at a provider: a bank may take days for it, and refuse in the end.
-- What is being taken, and is not taken yet.
ALTER TABLE payment_attempts ADD COLUMN captured_pending_minor BIGINT NOT NULL DEFAULT 0 CHECK (captured_pending_minor >= 0);
-- How much of what is refunded has not arrived yet.
ALTER TABLE payment_attempts ADD COLUMN refunded_pending_minor BIGINT NOT NULL DEFAULT 0 CHECK (refunded_pending_minor >= 0);

-- A refund is pending from when its provider has taken it over until it has arrived. Those that were noted as
-- returned although they are pending are found out at the next look at them.
ALTER TABLE refunds DROP CONSTRAINT refunds_status_word;
ALTER TABLE refunds ADD CONSTRAINT refunds_status_word CHECK (status IN ('owed', 'pending', 'returned', 'by_hand', 'paid_back', 'by_bank', 'waived')) NOT VALID;
ALTER TABLE refunds VALIDATE CONSTRAINT refunds_status_word;
