-- Money that is under way at a provider: a bank may take days for it, and refuse in the end.
-- What is being taken, and is not taken yet.
ALTER TABLE payment_attempts ADD COLUMN captured_pending_minor BIGINT NOT NULL DEFAULT 0 CHECK (captured_pending_minor >= 0);
-- How much of what is refunded has not arrived yet.
ALTER TABLE payment_attempts ADD COLUMN refunded_pending_minor BIGINT NOT NULL DEFAULT 0 CHECK (refunded_pending_minor >= 0);

-- A refund is pending from when its provider has taken it over until it has arrived. Those that were noted as
-- returned although they are pending are found out at the next look at them.
DROP TRIGGER refunds_status_word;
CREATE TRIGGER refunds_status_word BEFORE INSERT ON refunds
WHEN NEW.status NOT IN ('owed', 'pending', 'returned', 'by_hand', 'paid_back', 'by_bank', 'waived')
BEGIN
  SELECT RAISE(ABORT, 'refunds_status_word: no such word');
END;

DROP TRIGGER refunds_status_next_word;
CREATE TRIGGER refunds_status_next_word BEFORE UPDATE OF status ON refunds
WHEN NEW.status NOT IN ('owed', 'pending', 'returned', 'by_hand', 'paid_back', 'by_bank', 'waived')
BEGIN
  SELECT RAISE(ABORT, 'refunds_status_word: no such word');
END;
