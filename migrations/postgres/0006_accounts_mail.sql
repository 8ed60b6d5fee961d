-- Mail that goes out, and what shoppers' accounts hold.

CREATE TABLE mails (
  id          TEXT   NOT NULL PRIMARY KEY,
  kind        TEXT   NOT NULL,
  -- What it is about, as JSON: the letter is written when it is sent. Emptied when it is done.
  about       TEXT   NOT NULL,
  order_id    TEXT,
  state       TEXT   NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'dropped', 'failed')),
  tries       BIGINT NOT NULL DEFAULT 0,
  -- While it is being sent: when whoever does so is taken for dead.
  next_try_at BIGINT NOT NULL,
  -- Who is sending it.
  claim       TEXT   NOT NULL DEFAULT '',
  error       TEXT   NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL,
  ended_at    BIGINT
);
CREATE INDEX mails_due ON mails (next_try_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX mails_ended ON mails (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX mails_order ON mails (order_id) WHERE order_id IS NOT NULL;

-- One-time addresses that were mailed. The mailbox they went to is what they prove.
CREATE TABLE mail_links (
  -- SHA-256 of what stands in the address.
  token_hash TEXT   NOT NULL PRIMARY KEY,
  -- The mail that holds it. Each try to send it has a new link, in place of the one before.
  mail_id    TEXT   NOT NULL UNIQUE,
  purpose    TEXT   NOT NULL CHECK (purpose IN ('sign_up', 'reset', 'verify')),
  email      TEXT   NOT NULL,
  account_id TEXT   REFERENCES accounts (id) ON DELETE CASCADE,
  expires_at BIGINT NOT NULL
);
CREATE INDEX mail_links_email ON mail_links (email, purpose);
CREATE INDEX mail_links_account ON mail_links (account_id);
CREATE INDEX mail_links_expiry ON mail_links (expires_at);

-- When the account's address was proven to be its owner's.
ALTER TABLE accounts ADD COLUMN verified_at BIGINT;

-- Browser and system, in words.
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';

-- Where an account was signed in from: who comes from there is not held up by others who guess.
CREATE TABLE account_networks (
  account_id   TEXT   NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  -- SHA-256 of the account's id and the network.
  network_hash TEXT   NOT NULL,
  seen_at      BIGINT NOT NULL,
  PRIMARY KEY (account_id, network_hash)
);
CREATE INDEX account_networks_seen ON account_networks (seen_at);

CREATE TABLE account_addresses (
  id            TEXT     NOT NULL PRIMARY KEY,
  account_id    TEXT     NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  is_default    SMALLINT NOT NULL CHECK (is_default IN (0, 1)),
  name          TEXT     NOT NULL,
  address_line1 TEXT     NOT NULL,
  address_line2 TEXT     NOT NULL DEFAULT '',
  postal_code   TEXT     NOT NULL,
  city          TEXT     NOT NULL,
  country       TEXT     NOT NULL,
  phone         TEXT     NOT NULL DEFAULT '',
  created_at    BIGINT   NOT NULL
);
CREATE INDEX account_addresses_account ON account_addresses (account_id, created_at);
CREATE UNIQUE INDEX account_addresses_default ON account_addresses (account_id) WHERE is_default = 1;

-- Who was signed in when it was placed.
ALTER TABLE orders ADD COLUMN account_id TEXT REFERENCES accounts (id) ON DELETE SET NULL;
CREATE INDEX orders_account ON orders (account_id, created_at DESC) WHERE account_id IS NOT NULL;
CREATE INDEX orders_email ON orders (lower(email));
