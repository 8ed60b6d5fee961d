-- Forms that came back to their page, refused or to be worked on, for ten minutes.
CREATE TABLE kept_forms (
  -- SHA-256 of the secret in the browser's cookie: a copy of the database opens no form.
  owner      TEXT   NOT NULL,
  -- Stands in the page's address.
  key        TEXT   NOT NULL,
  -- Who was signed in.
  account_id TEXT   REFERENCES accounts (id) ON DELETE CASCADE,
  -- SHA-256 of the sender's network, to count by.
  network    TEXT   NOT NULL,
  -- SHA-256 of the page's address, which may hold a token.
  page       TEXT   NOT NULL,
  -- Path of the server function.
  action     TEXT   NOT NULL,
  bytes      BIGINT NOT NULL CHECK (bytes > 0),
  kept_at    BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  -- What was typed, without passwords, numbers of cards and codes, and what is wrong with it: JSON.
  form       TEXT   NOT NULL,
  PRIMARY KEY (owner, key)
);
CREATE INDEX kept_forms_counted ON kept_forms (network, bytes);
CREATE INDEX kept_forms_expiry ON kept_forms (expires_at);
CREATE INDEX kept_forms_account ON kept_forms (account_id) WHERE account_id IS NOT NULL;
