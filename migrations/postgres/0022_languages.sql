-- Languages of the shop, and translations of its texts.

-- Codes with commas between, the default first; NULL until an admin chooses.
ALTER TABLE shop_settings ADD COLUMN languages TEXT CHECK (languages <> '');
-- What texts are written in before they are translated; NULL: the default language. It stays what it was
-- when another language becomes the default.
ALTER TABLE shop_settings ADD COLUMN written_in TEXT CHECK (written_in <> '');

-- The original stays in the table of what it belongs to. A translation that is missing shows the original.
CREATE TABLE translations (
  -- What is translated: 'product', 'category', 'option' and so on; and its id.
  kind          TEXT     NOT NULL,
  subject_id    TEXT     NOT NULL,
  language      TEXT     NOT NULL,
  field         TEXT     NOT NULL,
  text          TEXT     NOT NULL,
  -- SHA-256 of the original it was made from.
  source_digest TEXT     NOT NULL,
  updated_at    BIGINT   NOT NULL,
  -- Whether the original has changed since; kept when it does, for what filters by it.
  stale         SMALLINT NOT NULL DEFAULT 0 CHECK (stale IN (0, 1)),
  -- What lists in this language sort by, where the field is what they sort by.
  sort_key      TEXT     COLLATE "C" NOT NULL DEFAULT '',
  PRIMARY KEY (kind, subject_id, language, field)
);
CREATE INDEX translations_stale ON translations (kind, language, subject_id) WHERE stale = 1;
