-- What the back office looks for and clears, without reading all orders.
--
-- Orders and customers are found by parts of their numbers, addresses and names: `order_search` and `account_search`
-- have these texts, and an index of their trigrams, of which any part of a text of three letters or more is made.
-- Orders get there behind their placing: a batch only says when it was placed, in one row of `order_arrivals`, and
-- the orders of that time are put into `order_search` every few seconds. Until then they are found by reading them. So
-- it is with the orders of a shop that is there already: nobody waits for it.

CREATE TABLE order_search (
  -- The row of `order_trigrams`.
  seq         INTEGER PRIMARY KEY,
  order_id    TEXT    NOT NULL UNIQUE,
  -- The order's `search_key`, and its number without hyphens.
  key         TEXT    NOT NULL,
  -- Orders are also sorted by it.
  total_minor BIGINT  NOT NULL,
  created_at  BIGINT  NOT NULL
);
CREATE INDEX order_search_total ON order_search (total_minor, created_at, order_id);

CREATE VIRTUAL TABLE order_trigrams USING fts5 (
  key, content = 'order_search', content_rowid = 'seq', tokenize = 'trigram case_sensitive 1', detail = 'none', columnsize = 0
);
-- What is erased leaves the index at once, too.
INSERT INTO order_trigrams (order_trigrams, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER order_search_new AFTER INSERT ON order_search BEGIN
  INSERT INTO order_trigrams (rowid, key) VALUES (NEW.seq, NEW.key);
END;
CREATE TRIGGER order_search_changed AFTER UPDATE OF key ON order_search WHEN OLD.key <> NEW.key BEGIN
  INSERT INTO order_trigrams (order_trigrams, rowid, key) VALUES ('delete', OLD.seq, OLD.key);
  INSERT INTO order_trigrams (rowid, key) VALUES (NEW.seq, NEW.key);
END;
CREATE TRIGGER order_search_gone AFTER DELETE ON order_search BEGIN
  INSERT INTO order_trigrams (order_trigrams, rowid, key) VALUES ('delete', OLD.seq, OLD.key);
END;

-- Times at which orders were placed that are not in `order_search` yet.
CREATE TABLE order_arrivals (
  -- The time itself.
  id INTEGER PRIMARY KEY,
  at BIGINT NOT NULL
);
INSERT INTO order_arrivals (id, at) SELECT DISTINCT created_at, created_at FROM orders;

CREATE TRIGGER orders_arrive AFTER INSERT ON orders BEGIN
  INSERT INTO order_arrivals (id, at) VALUES (NEW.created_at, NEW.created_at) ON CONFLICT (id) DO NOTHING;
END;

-- On Postgres one node at a time puts orders into `order_search`; here who writes is alone.
CREATE TABLE search_turns (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1)
);
INSERT INTO search_turns (id) VALUES (1);

-- What changes about an order changes here, in the same transaction. Whose name is erased cannot be found by it from that
-- moment on.
CREATE TRIGGER orders_change_search AFTER UPDATE OF search_key, total_minor, created_at ON orders
WHEN OLD.search_key <> NEW.search_key OR OLD.total_minor <> NEW.total_minor OR OLD.created_at <> NEW.created_at
BEGIN
  UPDATE order_search SET key = NEW.search_key || ' ' || lower(replace(NEW.number, '-', '')),
    total_minor = NEW.total_minor, created_at = NEW.created_at WHERE order_id = NEW.id;
  INSERT INTO order_arrivals (id, at) SELECT NEW.created_at, NEW.created_at WHERE NEW.created_at <> OLD.created_at
  ON CONFLICT (id) DO NOTHING;
END;
CREATE TRIGGER orders_leave_search AFTER DELETE ON orders BEGIN
  DELETE FROM order_search WHERE order_id = OLD.id;
END;

-- What variants were called where they were sold. A list of the orders of a product finds its variants here, and their lines
-- by their index. Filled with `order_search`.
CREATE TABLE sold_names (
  -- Empty for lines from before variants were archived.
  variant_id   TEXT NOT NULL,
  product_slug TEXT NOT NULL,
  -- As of the line: title and SKU.
  search_key   TEXT NOT NULL
);
CREATE INDEX sold_names_variant ON sold_names (variant_id);

CREATE TRIGGER order_lines_change_name AFTER UPDATE OF search_key, product_slug, variant_id ON order_lines
WHEN OLD.search_key <> NEW.search_key OR OLD.product_slug <> NEW.product_slug OR OLD.variant_id IS NOT NEW.variant_id
BEGIN
  INSERT INTO sold_names (variant_id, product_slug, search_key)
  SELECT COALESCE(NEW.variant_id, ''), NEW.product_slug, NEW.search_key
  WHERE NOT EXISTS (SELECT 1 FROM sold_names s WHERE s.variant_id = COALESCE(NEW.variant_id, '')
    AND s.product_slug = NEW.product_slug AND s.search_key = NEW.search_key);
END;

-- Accounts are few and change seldom: they are there at once.
CREATE TABLE account_search (
  -- The row of `account_trigrams`.
  seq        INTEGER PRIMARY KEY,
  account_id TEXT    NOT NULL UNIQUE,
  key        TEXT    NOT NULL
);

CREATE VIRTUAL TABLE account_trigrams USING fts5 (
  key, content = 'account_search', content_rowid = 'seq', tokenize = 'trigram case_sensitive 1', detail = 'none', columnsize = 0
);
INSERT INTO account_trigrams (account_trigrams, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER account_search_new AFTER INSERT ON account_search BEGIN
  INSERT INTO account_trigrams (rowid, key) VALUES (NEW.seq, NEW.key);
END;
CREATE TRIGGER account_search_changed AFTER UPDATE OF key ON account_search WHEN OLD.key <> NEW.key BEGIN
  INSERT INTO account_trigrams (account_trigrams, rowid, key) VALUES ('delete', OLD.seq, OLD.key);
  INSERT INTO account_trigrams (rowid, key) VALUES (NEW.seq, NEW.key);
END;
CREATE TRIGGER account_search_gone AFTER DELETE ON account_search BEGIN
  INSERT INTO account_trigrams (account_trigrams, rowid, key) VALUES ('delete', OLD.seq, OLD.key);
END;

INSERT INTO account_search (account_id, key) SELECT id, search_key FROM accounts;

CREATE TRIGGER accounts_enter_search AFTER INSERT ON accounts BEGIN
  INSERT INTO account_search (account_id, key) VALUES (NEW.id, NEW.search_key);
END;
CREATE TRIGGER accounts_change_search AFTER UPDATE OF search_key ON accounts WHEN OLD.search_key <> NEW.search_key BEGIN
  UPDATE account_search SET key = NEW.search_key WHERE account_id = NEW.id;
END;
CREATE TRIGGER accounts_leave_search AFTER DELETE ON accounts BEGIN
  DELETE FROM account_search WHERE account_id = OLD.id;
END;

-- ---------------------------------------------------------------------------------------------------------
-- Who holds units in an order that nobody has paid for is forgotten by what ends that, so nothing looks for such rows.

DELETE FROM unpaid_holders WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = unpaid_holders.order_id
  AND (o.status IN ('awaiting_confirmation', 'pending_payment')
    OR (o.status IN ('paid', 'packed') AND o.payment_status = 'due')));

CREATE TRIGGER orders_end_holding AFTER UPDATE OF status, payment_status ON orders
WHEN (OLD.status IN ('awaiting_confirmation', 'pending_payment')
    OR (OLD.status IN ('paid', 'packed') AND OLD.payment_status = 'due'))
  AND NOT (NEW.status IN ('awaiting_confirmation', 'pending_payment')
    OR (NEW.status IN ('paid', 'packed') AND NEW.payment_status = 'due'))
BEGIN
  DELETE FROM unpaid_holders WHERE order_id = NEW.id;
END;
CREATE TRIGGER orders_leave_holders AFTER DELETE ON orders BEGIN
  DELETE FROM unpaid_holders WHERE order_id = OLD.id;
END;
