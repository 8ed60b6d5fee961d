-- Cash on delivery is no money yet: who is not known confirms an order by mail, and the owner sets how much may be
-- owed at the door.

CREATE TABLE cash_settings (
  id           BIGINT   NOT NULL PRIMARY KEY CHECK (id = 1),
  version      BIGINT   NOT NULL DEFAULT 1,
  -- 1 if orders of those whose e-mail address is not proven wait until they are confirmed.
  confirmation SMALLINT NOT NULL DEFAULT 1 CHECK (confirmation IN (0, 1)),
  -- How long they wait.
  minutes      BIGINT   NOT NULL DEFAULT 30 CHECK (minutes BETWEEN 10 AND 1440),
  -- Orders of one buyer that may be open at a time; NULL: any number.
  most_open    BIGINT   DEFAULT 3 CHECK (most_open > 0),
  -- What an order may come to, in the shop's currency; NULL: any amount.
  up_to_minor  BIGINT   CHECK (up_to_minor > 0)
);
INSERT INTO cash_settings (id) VALUES (1);

-- 1 if orders with it cannot be paid at the door.
ALTER TABLE products ADD COLUMN prepaid SMALLINT NOT NULL DEFAULT 0 CHECK (prepaid IN (0, 1));

-- Until when the order is to be confirmed; NULL if nobody asks for it.
ALTER TABLE orders ADD COLUMN confirm_by BIGINT;
-- Of the token in the mail. It begins with the order's id, by which it is found.
ALTER TABLE orders ADD COLUMN confirm_hash TEXT;
CREATE INDEX orders_unconfirmed ON orders (confirm_by) WHERE status = 'awaiting_confirmation';
