-- What the shop looks like, and the pictures that its owner has uploaded for it. A shop that has chosen nothing
-- looks as it did.

-- Drawn by this shop, never as they were sent. A row does not change: its id is a hash of its content.
CREATE TABLE look_pictures (
  id         TEXT   NOT NULL PRIMARY KEY,
  shape      TEXT   NOT NULL,
  -- In pixels.
  width      BIGINT NOT NULL CHECK (width > 0),
  height     BIGINT NOT NULL CHECK (height > 0),
  -- In Base64: in the database every node has it with the look that names it.
  file       TEXT   NOT NULL,
  -- An icon for home screens.
  touch_file TEXT,
  -- When it was last uploaded: those that no look names are deleted after a day.
  created_at BIGINT NOT NULL,
  CHECK ((shape = 'icon') = (touch_file IS NOT NULL))
);

CREATE TABLE looks (
  id           BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  version      BIGINT NOT NULL DEFAULT 0,
  -- Degrees of OKLCH; NULL is the standard accent.
  accent_hue   BIGINT CHECK (accent_hue >= 0 AND accent_hue < 360),
  corners      TEXT   NOT NULL DEFAULT 'rounded',
  font         TEXT   NOT NULL DEFAULT 'system',
  logo_id      TEXT   REFERENCES look_pictures (id),
  logo_dark_id TEXT   REFERENCES look_pictures (id),
  icon_id      TEXT   REFERENCES look_pictures (id),
  changed_at   BIGINT,
  changed_by   TEXT
);
INSERT INTO looks (id) VALUES (1);

CREATE TRIGGER look_pictures_shape_word BEFORE INSERT ON look_pictures
WHEN NEW.shape NOT IN ('logo', 'icon')
BEGIN
  SELECT RAISE(ABORT, 'look_pictures_shape_word: no such word');
END;

CREATE TRIGGER look_pictures_shape_next_word BEFORE UPDATE OF shape ON look_pictures
WHEN NEW.shape NOT IN ('logo', 'icon')
BEGIN
  SELECT RAISE(ABORT, 'look_pictures_shape_word: no such word');
END;

CREATE TRIGGER looks_corners_word BEFORE INSERT ON looks
WHEN NEW.corners NOT IN ('square', 'slight', 'rounded', 'round')
BEGIN
  SELECT RAISE(ABORT, 'looks_corners_word: no such word');
END;

CREATE TRIGGER looks_corners_next_word BEFORE UPDATE OF corners ON looks
WHEN NEW.corners NOT IN ('square', 'slight', 'rounded', 'round')
BEGIN
  SELECT RAISE(ABORT, 'looks_corners_word: no such word');
END;

CREATE TRIGGER looks_font_word BEFORE INSERT ON looks
WHEN NEW.font NOT IN ('system', 'inter', 'outfit', 'literata', 'fraunces')
BEGIN
  SELECT RAISE(ABORT, 'looks_font_word: no such word');
END;

CREATE TRIGGER looks_font_next_word BEFORE UPDATE OF font ON looks
WHEN NEW.font NOT IN ('system', 'inter', 'outfit', 'literata', 'fraunces')
BEGIN
  SELECT RAISE(ABORT, 'looks_font_word: no such word');
END;
