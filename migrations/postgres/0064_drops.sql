-- A drop is a function of time: what a variant costs, whether it is seen and whether it can be had follows from these
-- rows and the clock. Nothing here is changed because a moment has come.
CREATE TABLE drops (
  id         TEXT   NOT NULL PRIMARY KEY,
  slug       TEXT   NOT NULL,
  title      TEXT   NOT NULL,
  text_html  TEXT   NOT NULL DEFAULT '',
  state      TEXT   NOT NULL DEFAULT 'draft',
  -- Since when it is in that state.
  state_at   BIGINT NOT NULL,
  -- Its goods are kept secret until then, and are not sold before the start. NULL: they are sold as ever.
  reveal_at  BIGINT,
  opens_at   BIGINT NOT NULL,
  -- NULL: until it is called off.
  closes_at  BIGINT,
  -- When it first sold something: from then on it is open, also to a clock that goes back.
  opened_at  BIGINT,
  version    BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  CONSTRAINT drops_state_word CHECK (state IN ('draft', 'planned', 'called_off')),
  CONSTRAINT drops_times_check CHECK ((reveal_at IS NULL OR reveal_at <= opens_at)
    AND (closes_at IS NULL OR closes_at > opens_at))
);
CREATE UNIQUE INDEX drops_slug ON drops (slug);
CREATE INDEX drops_opens ON drops (opens_at);

CREATE TABLE drop_lines (
  drop_id     TEXT   NOT NULL REFERENCES drops (id) ON DELETE CASCADE,
  variant_id  TEXT   NOT NULL REFERENCES variants (id),
  position    BIGINT NOT NULL,
  -- NULL: as ever.
  price_minor BIGINT CHECK (price_minor >= 0),
  -- How many there are of it in the drop, and how many of them are set aside and not sold.
  units       BIGINT NOT NULL CHECK (units > 0),
  remaining   BIGINT NOT NULL DEFAULT 0 CHECK (remaining BETWEEN 0 AND units),
  PRIMARY KEY (drop_id, variant_id)
);
CREATE INDEX drop_lines_variant ON drop_lines (variant_id);

-- From when shoppers see a product: kept with the drops it is in, by the one function that writes those.
ALTER TABLE products ADD COLUMN shown_from BIGINT NOT NULL DEFAULT 0;
CREATE INDEX products_secret ON products (shown_from) WHERE shown_from > 0;
-- Counting reads the index alone, as before.
DROP INDEX products_category;
CREATE INDEX products_category ON products (category_id, active, shown_from);

-- The drop that a line was sold by, and that units were set aside for.
ALTER TABLE order_lines ADD COLUMN drop_id TEXT;
ALTER TABLE stock_entries ADD COLUMN drop_id TEXT;
CREATE INDEX stock_entries_drop ON stock_entries (drop_id, variant_id) WHERE drop_id IS NOT NULL;
ALTER TABLE stock_entries DROP CONSTRAINT stock_entries_reason_word;
ALTER TABLE stock_entries ADD CONSTRAINT stock_entries_reason_word CHECK (reason IN ('initial', 'sale',
  'cancellation', 'refund', 'adjustment', 'import', 'drop')) NOT VALID;
ALTER TABLE stock_entries VALIDATE CONSTRAINT stock_entries_reason_word;

-- What one buyer gets of a line.
ALTER TABLE buyer_limits ADD COLUMN drop_id TEXT REFERENCES drops (id) ON DELETE CASCADE;
DROP INDEX buyer_limits_of;
CREATE UNIQUE INDEX buyer_limits_of ON buyer_limits (COALESCE(product_id, variant_id, ''), COALESCE(drop_id, ''));
CREATE INDEX buyer_limits_drop ON buyer_limits (drop_id) WHERE drop_id IS NOT NULL;

-- Who is to be told before a drop starts. A row begins with a link in an e-mail, by which its address is confirmed.
CREATE TABLE drop_reminders (
  id           TEXT   NOT NULL PRIMARY KEY,
  drop_id      TEXT   NOT NULL REFERENCES drops (id) ON DELETE CASCADE,
  email        TEXT   NOT NULL,
  mailbox      TEXT   NOT NULL,
  locale       TEXT   NOT NULL,
  confirm_hash TEXT,
  -- E-mails with such a link that were asked for.
  asked        BIGINT NOT NULL DEFAULT 1,
  confirmed_at BIGINT,
  told_at      BIGINT,
  created_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX drop_reminders_of ON drop_reminders (drop_id, mailbox);
CREATE INDEX drop_reminders_mailbox ON drop_reminders (mailbox);
CREATE INDEX drop_reminders_hash ON drop_reminders (confirm_hash) WHERE confirm_hash IS NOT NULL;
CREATE INDEX drop_reminders_due ON drop_reminders (drop_id) WHERE confirmed_at IS NOT NULL AND told_at IS NULL;
CREATE INDEX drop_reminders_unconfirmed ON drop_reminders (created_at) WHERE confirmed_at IS NULL;
