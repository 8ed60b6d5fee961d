-- What the back office looks for and clears, without reading all orders.
--
-- Orders and customers are found by parts of their numbers, addresses and names: `order_search` and `account_search`
-- have these texts, and an index of their trigrams, of which any part of a text of three letters or more is made. It
-- needs no extension. Orders get there behind their placing: a batch only says when it was placed, in one row of
-- `order_arrivals`, and one of the nodes puts the orders of that time into `order_search` every few seconds. Until then
-- they are found by reading them. So it is with the orders of a shop that is there already: nobody waits for it.

-- A number for each three letters. Others may have the same one, so what is found by it is compared with the text.
CREATE FUNCTION text_trigrams(key TEXT) RETURNS SMALLINT[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  numbers SMALLINT[] := '{}';
  letter  TEXT;
  first   BIGINT;
  second  BIGINT;
  third   BIGINT;
BEGIN
  FOREACH letter IN ARRAY string_to_array(key, NULL) LOOP
    first := second;
    second := third;
    third := ascii(letter);
    IF first IS NOT NULL THEN
      numbers := numbers || CAST(((first * 1000003 + second) * 1000003 + third) % 65521 - 32760 AS SMALLINT);
    END IF;
  END LOOP;
  RETURN numbers;
END
$$;

CREATE TABLE order_search (
  order_id    TEXT       NOT NULL PRIMARY KEY,
  -- The order's `search_key`, and its number without hyphens.
  key         TEXT       COLLATE "C" NOT NULL,
  trigrams    SMALLINT[] NOT NULL GENERATED ALWAYS AS (text_trigrams(key)) STORED,
  -- Orders are also sorted by it.
  total_minor BIGINT     NOT NULL,
  created_at  BIGINT     NOT NULL
);
CREATE INDEX order_search_parts ON order_search USING gin (trigrams);
CREATE INDEX order_search_total ON order_search (total_minor, created_at, order_id);

-- Times at which orders were placed that are not in `order_search` yet. Appended, so that no batch waits for another.
CREATE TABLE order_arrivals (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at BIGINT NOT NULL
);
INSERT INTO order_arrivals (at) SELECT DISTINCT created_at FROM orders ORDER BY created_at DESC;

CREATE FUNCTION note_order_arrival() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO order_arrivals (at) SELECT DISTINCT created_at FROM arrived;
  RETURN NULL;
END
$$;
CREATE TRIGGER orders_arrive AFTER INSERT ON orders
REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION note_order_arrival();

-- The node that puts orders into `order_search` locks its row.
CREATE TABLE search_turns (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1)
);
INSERT INTO search_turns (id) VALUES (1);

-- What changes about an order changes here, in the same transaction. Whose name is erased cannot be found by it from that
-- moment on: a node that has read the old name has written it before, or reads the new one.
CREATE FUNCTION change_order_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM search_turns WHERE id = 1 FOR UPDATE;
  IF TG_OP = 'DELETE' THEN
    DELETE FROM order_search WHERE order_id = OLD.id;
  ELSE
    UPDATE order_search SET key = NEW.search_key || ' ' || lower(replace(NEW.number, '-', '') COLLATE "C"),
      total_minor = NEW.total_minor, created_at = NEW.created_at WHERE order_id = NEW.id;
    IF NEW.created_at <> OLD.created_at THEN
      INSERT INTO order_arrivals (at) VALUES (NEW.created_at);
    END IF;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER orders_change_search AFTER UPDATE OF search_key, total_minor, created_at ON orders FOR EACH ROW
WHEN (OLD.search_key <> NEW.search_key OR OLD.total_minor <> NEW.total_minor OR OLD.created_at <> NEW.created_at)
EXECUTE FUNCTION change_order_search();
CREATE TRIGGER orders_leave_search AFTER DELETE ON orders FOR EACH ROW EXECUTE FUNCTION change_order_search();

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

CREATE FUNCTION change_sold_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sold_names (variant_id, product_slug, search_key)
  SELECT COALESCE(NEW.variant_id, ''), NEW.product_slug, NEW.search_key
  WHERE NOT EXISTS (SELECT 1 FROM sold_names s WHERE s.variant_id = COALESCE(NEW.variant_id, '')
    AND s.product_slug = NEW.product_slug AND s.search_key = NEW.search_key);
  RETURN NULL;
END
$$;
CREATE TRIGGER order_lines_change_name AFTER UPDATE OF search_key, product_slug, variant_id ON order_lines FOR EACH ROW
WHEN (OLD.search_key <> NEW.search_key OR OLD.product_slug <> NEW.product_slug
  OR OLD.variant_id IS DISTINCT FROM NEW.variant_id)
EXECUTE FUNCTION change_sold_name();

-- Accounts are few and change seldom: they are there at once.
CREATE TABLE account_search (
  account_id TEXT       NOT NULL PRIMARY KEY,
  key        TEXT       COLLATE "C" NOT NULL,
  trigrams   SMALLINT[] NOT NULL GENERATED ALWAYS AS (text_trigrams(key)) STORED
);
INSERT INTO account_search (account_id, key) SELECT id, search_key FROM accounts;
CREATE INDEX account_search_parts ON account_search USING gin (trigrams);

CREATE FUNCTION change_account_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO account_search (account_id, key) VALUES (NEW.id, NEW.search_key);
  ELSIF TG_OP = 'UPDATE' THEN
    UPDATE account_search SET key = NEW.search_key WHERE account_id = NEW.id;
  ELSE
    DELETE FROM account_search WHERE account_id = OLD.id;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER accounts_enter_search AFTER INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION change_account_search();
CREATE TRIGGER accounts_change_search AFTER UPDATE OF search_key ON accounts FOR EACH ROW
WHEN (OLD.search_key <> NEW.search_key) EXECUTE FUNCTION change_account_search();
CREATE TRIGGER accounts_leave_search AFTER DELETE ON accounts FOR EACH ROW EXECUTE FUNCTION change_account_search();

-- ---------------------------------------------------------------------------------------------------------
-- Who holds units in an order that nobody has paid for is forgotten by what ends that, so nothing looks for such rows.

DELETE FROM unpaid_holders WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = unpaid_holders.order_id
  AND (o.status IN ('awaiting_confirmation', 'pending_payment')
    OR (o.status IN ('paid', 'packed') AND o.payment_status = 'due')));

CREATE FUNCTION forget_holders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM unpaid_holders WHERE order_id = OLD.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER orders_end_holding AFTER UPDATE OF status, payment_status ON orders FOR EACH ROW
WHEN ((OLD.status IN ('awaiting_confirmation', 'pending_payment')
    OR (OLD.status IN ('paid', 'packed') AND OLD.payment_status = 'due'))
  AND NOT (NEW.status IN ('awaiting_confirmation', 'pending_payment')
    OR (NEW.status IN ('paid', 'packed') AND NEW.payment_status = 'due')))
EXECUTE FUNCTION forget_holders();
CREATE TRIGGER orders_leave_holders AFTER DELETE ON orders FOR EACH ROW EXECUTE FUNCTION forget_holders();
