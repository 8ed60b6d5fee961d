-- Bank transfer: where shoppers send their money, until when their orders wait for it, and what of it has come.

CREATE TABLE bank_settings (
  id      BIGINT   NOT NULL PRIMARY KEY CHECK (id = 1),
  version BIGINT   NOT NULL DEFAULT 1,
  -- 1 if the checkout offers it.
  is_on   SMALLINT NOT NULL DEFAULT 0 CHECK (is_on IN (0, 1)),
  holder  TEXT     NOT NULL DEFAULT '',
  -- Without blanks, in capital letters, as is the BIC.
  iban    TEXT     NOT NULL DEFAULT '',
  bic     TEXT     NOT NULL DEFAULT '',
  bank    TEXT     NOT NULL DEFAULT '',
  -- How long an order holds its units for the money.
  days    BIGINT   NOT NULL DEFAULT 7 CHECK (days BETWEEN 1 AND 30),
  CHECK (is_on = 0 OR (holder <> '' AND iban <> ''))
);
INSERT INTO bank_settings (id) VALUES (1);

-- Until when the order waits for a transfer; NULL if it is paid in another way.
ALTER TABLE orders ADD COLUMN pay_by BIGINT;
CREATE INDEX orders_awaiting_transfer ON orders (pay_by) WHERE status = 'pending_payment' AND pay_by IS NOT NULL;
CREATE INDEX orders_awaiting_mailbox ON orders (mailbox) WHERE status = 'pending_payment' AND pay_by IS NOT NULL;

-- What the staff has found on the account for an order.
CREATE TABLE transfers (
  id           TEXT   NOT NULL PRIMARY KEY,
  order_id     TEXT   NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  -- Of it, what has to go back.
  return_minor BIGINT NOT NULL DEFAULT 0 CHECK (return_minor BETWEEN 0 AND amount_minor),
  -- When that went back, and who sent it.
  returned_at  BIGINT,
  returned_by  TEXT,
  -- The day it came, as 2026-11-29.
  day          TEXT   NOT NULL,
  note         TEXT   NOT NULL DEFAULT '',
  actor        TEXT   NOT NULL,
  -- Of the form that was sent; what is sent twice is recorded once.
  form_key     TEXT   UNIQUE,
  recorded_at  BIGINT NOT NULL
);
CREATE INDEX transfers_order ON transfers (order_id);
CREATE INDEX transfers_to_return ON transfers (order_id) WHERE return_minor > 0 AND returned_at IS NULL;
