-- What the owner puts in front of the products: categories with pages of their own, announcements above every
-- page, and a front page made of blocks.

-- Rises with every edit: a form made from an older version is refused.
ALTER TABLE categories ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- Addresses that categories had: they lead on to the present one. An address in use is in `categories` alone.
CREATE TABLE category_slugs (
  slug        TEXT   NOT NULL PRIMARY KEY,
  category_id TEXT   NOT NULL REFERENCES categories (id) ON DELETE CASCADE,
  created_at  BIGINT NOT NULL
);
CREATE INDEX category_slugs_category ON category_slugs (category_id);

-- Shown one at a time: the one that began last. Times are in milliseconds since 1970; without a beginning it has
-- begun, without an end it goes on.
CREATE TABLE announcements (
  id         TEXT   NOT NULL PRIMARY KEY,
  text       TEXT   NOT NULL CHECK (text <> ''),
  -- A path of the shop, or an address with https.
  link       TEXT,
  starts_at  BIGINT,
  ends_at    BIGINT,
  version    BIGINT NOT NULL DEFAULT 1,
  CHECK (ends_at > starts_at)
);

-- The front page. Until its owner publishes one, it is the standard one, which is not stored.
CREATE TABLE home_page (
  id        BIGINT   NOT NULL PRIMARY KEY CHECK (id = 1),
  is_own    SMALLINT NOT NULL DEFAULT 0 CHECK (is_own IN (0, 1)),
  has_draft SMALLINT NOT NULL DEFAULT 0 CHECK (has_draft IN (0, 1))
);
INSERT INTO home_page (id) VALUES (1);

-- Its blocks: those that shoppers see, and those of its draft, which keep their ids.
CREATE TABLE home_blocks (
  is_draft SMALLINT NOT NULL CHECK (is_draft IN (0, 1)),
  id       TEXT     NOT NULL,
  position BIGINT   NOT NULL,
  -- JSON with a kind and what blocks of that kind have.
  content  TEXT     NOT NULL,
  version  BIGINT   NOT NULL,
  PRIMARY KEY (is_draft, id)
);
