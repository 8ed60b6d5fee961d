-- The mailbox that an order's e-mail address leads to, however it was spelled: by it, orders that are paid
-- on delivery and still open are counted. Erased with the address.
ALTER TABLE orders ADD COLUMN mailbox TEXT NOT NULL DEFAULT '';
CREATE INDEX orders_due_mailbox ON orders (mailbox) WHERE payment_status = 'due';
-- SQL cannot tell a mailbox: the next start writes those of the orders that are there.
UPDATE folded_keys SET done = 0, after_id = '' WHERE kind = 'orders';

-- Who went on to a provider's page with an order, as brakes count them: SHA-256 of a network and of a cart's
-- token. Kept while the order waits for its payment.
CREATE TABLE payers (
  order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
  network  TEXT NOT NULL,
  cart     TEXT,
  -- The provider's name for what was declined last: it is counted once.
  declined TEXT
);
