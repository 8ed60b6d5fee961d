-- People who sign in, and the trail of what they changed.

CREATE TABLE accounts (
  id            TEXT   NOT NULL PRIMARY KEY,
  email         TEXT   NOT NULL UNIQUE,
  name          TEXT   NOT NULL DEFAULT '',
  password_hash TEXT   NOT NULL,
  role          TEXT   NOT NULL CHECK (role IN ('customer', 'staff', 'admin')),
  created_at    BIGINT NOT NULL
);

CREATE TABLE sessions (
  -- SHA-256 of the cookie's value.
  token_hash   TEXT   NOT NULL PRIMARY KEY,
  account_id   TEXT   NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  created_at   BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- One-time addresses that make the first admin.
CREATE TABLE setup_tokens (
  token_hash TEXT   NOT NULL PRIMARY KEY,
  expires_at BIGINT NOT NULL
);

CREATE TABLE audit_entries (
  id           TEXT   NOT NULL PRIMARY KEY,
  at           BIGINT NOT NULL,
  actor        TEXT   NOT NULL,
  action       TEXT   NOT NULL,
  subject_kind TEXT   NOT NULL,
  subject_id   TEXT   NOT NULL,
  before_json  TEXT,
  after_json   TEXT
);
CREATE INDEX audit_entries_at ON audit_entries (at DESC);
CREATE INDEX audit_entries_subject ON audit_entries (subject_kind, subject_id, at);
