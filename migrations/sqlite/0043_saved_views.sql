-- What staff look at again and again: the filter and order of a list, under a name of their own.
CREATE TABLE saved_views (
  id         TEXT     NOT NULL PRIMARY KEY,
  account_id TEXT     NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  list       TEXT     NOT NULL,
  name       TEXT     NOT NULL CHECK (name <> ''),
  -- By which two names are the same.
  name_key   TEXT     NOT NULL,
  -- As it stands in the list's address.
  query      TEXT     NOT NULL,
  -- Whether all staff see it.
  shared     SMALLINT NOT NULL DEFAULT 0 CHECK (shared IN (0, 1)),
  version    BIGINT   NOT NULL DEFAULT 1,
  created_at BIGINT   NOT NULL
);
CREATE UNIQUE INDEX saved_views_name ON saved_views (account_id, list, name_key);
CREATE INDEX saved_views_shared ON saved_views (list) WHERE shared = 1;

CREATE TRIGGER saved_views_list_word BEFORE INSERT ON saved_views
WHEN NEW.list NOT IN ('products', 'orders', 'customers')
BEGIN
  SELECT RAISE(ABORT, 'saved_views_list_word: no such word');
END;

CREATE TRIGGER saved_views_list_next_word BEFORE UPDATE OF list ON saved_views
WHEN NEW.list NOT IN ('products', 'orders', 'customers')
BEGIN
  SELECT RAISE(ABORT, 'saved_views_list_word: no such word');
END;

-- Variants whose units nobody counts, which the page of stock counts.
CREATE INDEX variants_untracked ON variants (id) WHERE tracked = 0;
