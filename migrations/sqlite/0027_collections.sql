-- Collections: products that the owner puts together by hand.

CREATE TABLE collections (
  id               TEXT   NOT NULL PRIMARY KEY,
  slug             TEXT   NOT NULL UNIQUE,
  name             TEXT   NOT NULL CHECK (name <> ''),
  -- By which names are the same.
  name_key         TEXT   NOT NULL UNIQUE,
  -- Sanitised.
  description_html TEXT   NOT NULL DEFAULT '',
  picture_src      TEXT,
  -- Rises with every edit: a form made from an older version is refused.
  version          BIGINT NOT NULL DEFAULT 1
);

-- Addresses that collections had: they lead on to the present one. An address in use is in `collections` alone.
CREATE TABLE collection_slugs (
  slug          TEXT   NOT NULL PRIMARY KEY,
  collection_id TEXT   NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
  created_at    BIGINT NOT NULL
);
CREATE INDEX collection_slugs_collection ON collection_slugs (collection_id);

-- The products of collections, each in its place.
CREATE TABLE collection_entries (
  id            TEXT   NOT NULL PRIMARY KEY,
  collection_id TEXT   NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
  product_id    TEXT   NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  position      BIGINT NOT NULL,
  UNIQUE (collection_id, product_id)
);
CREATE INDEX collection_entries_product ON collection_entries (product_id);

-- Menus lead to collections, too.
DROP TRIGGER menu_items_target_kind_word;
CREATE TRIGGER menu_items_target_kind_word BEFORE INSERT ON menu_items
WHEN NEW.target_kind NOT IN ('heading', 'category', 'collection', 'product', 'page', 'address')
BEGIN
  SELECT RAISE(ABORT, 'menu_items_target_kind_word: no such word');
END;

DROP TRIGGER menu_items_target_kind_next_word;
CREATE TRIGGER menu_items_target_kind_next_word BEFORE UPDATE OF target_kind ON menu_items
WHEN NEW.target_kind NOT IN ('heading', 'category', 'collection', 'product', 'page', 'address')
BEGIN
  SELECT RAISE(ABORT, 'menu_items_target_kind_word: no such word');
END;
