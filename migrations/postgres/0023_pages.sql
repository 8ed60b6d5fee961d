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
  CONSTRAINT pages_is_demo CHECK (is_demo IN (0, 1)),
  CONSTRAINT pages_kind_word CHECK (kind IN ('imprint', 'privacy', 'terms', 'withdrawal', 'delivery', 'contact', 'accessibility', 'free')),
  CONSTRAINT pages_state_word CHECK (state IN ('draft', 'published'))
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
  place TEXT NOT NULL PRIMARY KEY,
  CONSTRAINT menus_place_word CHECK (place IN ('header', 'footer'))
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
  CONSTRAINT menu_items_parent CHECK (parent_id <> id),
  CONSTRAINT menu_items_target_kind_word CHECK (target_kind IN ('heading', 'category', 'product', 'page', 'address'))
);
CREATE INDEX menu_items_parent_id ON menu_items (parent_id);
CREATE INDEX menu_items_place ON menu_items (place, position);
