-- The owner's own pages, and the menus of header and footer. A shop without them looks as before.

CREATE TABLE pages (
  id              TEXT     NOT NULL PRIMARY KEY,
  kind            TEXT     NOT NULL,
  slug            TEXT     NOT NULL UNIQUE,
  title           TEXT     NOT NULL,
  -- Markdown.
  body            TEXT     NOT NULL,
  seo_title       TEXT,
  seo_description TEXT,
  state           TEXT     NOT NULL,
  -- From this time on shoppers see a published page.
  publish_at      BIGINT,
  -- Where messages from a contact page go.
  contact_email   TEXT,
  -- Came with the demo shop, and says so.
  is_demo         SMALLINT NOT NULL DEFAULT 0,
  version         BIGINT   NOT NULL DEFAULT 1,
  created_at      BIGINT   NOT NULL,
  updated_at      BIGINT   NOT NULL,
  CONSTRAINT pages_publish_at CHECK ((state = 'published') = (publish_at IS NOT NULL)),
  CONSTRAINT pages_is_demo CHECK (is_demo IN (0, 1))
);
-- A shop has one imprint; of other pages any number.
CREATE UNIQUE INDEX pages_one_of_kind ON pages (kind) WHERE kind <> 'free';

-- Addresses that pages had before lead on to the present one.
CREATE TABLE page_slugs (
  slug       TEXT   NOT NULL PRIMARY KEY,
  page_id    TEXT   NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL
);
CREATE INDEX page_slugs_page ON page_slugs (page_id);

-- Who changes a menu holds its row, so that two changes make no circle.
CREATE TABLE menus (
  place TEXT NOT NULL PRIMARY KEY
);
INSERT INTO menus (place) VALUES ('header'), ('footer');

CREATE TABLE menu_items (
  id          TEXT   NOT NULL PRIMARY KEY,
  place       TEXT   NOT NULL REFERENCES menus (place),
  parent_id   TEXT   REFERENCES menu_items (id) ON DELETE CASCADE,
  -- Among those with the same parent.
  position    BIGINT NOT NULL,
  label       TEXT   NOT NULL,
  target_kind TEXT   NOT NULL,
  -- Id of what it leads to, or an address. It may be gone: the item is not shown then.
  target      TEXT   NOT NULL,
  version     BIGINT NOT NULL DEFAULT 1,
  CONSTRAINT menu_items_parent CHECK (parent_id <> id)
);
CREATE INDEX menu_items_parent_id ON menu_items (parent_id);
CREATE INDEX menu_items_place ON menu_items (place, position);

CREATE TRIGGER pages_kind_word BEFORE INSERT ON pages
WHEN NEW.kind NOT IN ('imprint', 'privacy', 'terms', 'withdrawal', 'delivery', 'contact', 'accessibility', 'free')
BEGIN
  SELECT RAISE(ABORT, 'pages_kind_word: no such word');
END;

CREATE TRIGGER pages_kind_next_word BEFORE UPDATE OF kind ON pages
WHEN NEW.kind NOT IN ('imprint', 'privacy', 'terms', 'withdrawal', 'delivery', 'contact', 'accessibility', 'free')
BEGIN
  SELECT RAISE(ABORT, 'pages_kind_word: no such word');
END;

CREATE TRIGGER pages_state_word BEFORE INSERT ON pages
WHEN NEW.state NOT IN ('draft', 'published')
BEGIN
  SELECT RAISE(ABORT, 'pages_state_word: no such word');
END;

CREATE TRIGGER pages_state_next_word BEFORE UPDATE OF state ON pages
WHEN NEW.state NOT IN ('draft', 'published')
BEGIN
  SELECT RAISE(ABORT, 'pages_state_word: no such word');
END;

CREATE TRIGGER menu_items_target_kind_word BEFORE INSERT ON menu_items
WHEN NEW.target_kind NOT IN ('heading', 'category', 'product', 'page', 'address')
BEGIN
  SELECT RAISE(ABORT, 'menu_items_target_kind_word: no such word');
END;

CREATE TRIGGER menu_items_target_kind_next_word BEFORE UPDATE OF target_kind ON menu_items
WHEN NEW.target_kind NOT IN ('heading', 'category', 'product', 'page', 'address')
BEGIN
  SELECT RAISE(ABORT, 'menu_items_target_kind_word: no such word');
END;

CREATE TRIGGER menus_place_word BEFORE INSERT ON menus
WHEN NEW.place NOT IN ('header', 'footer')
BEGIN
  SELECT RAISE(ABORT, 'menus_place_word: no such word');
END;

CREATE TRIGGER menus_place_next_word BEFORE UPDATE OF place ON menus
WHEN NEW.place NOT IN ('header', 'footer')
BEGIN
  SELECT RAISE(ABORT, 'menus_place_word: no such word');
END;
