-- A second factor to sign in with: a secret that an app shares with us, and codes for when it is lost.

CREATE TABLE second_factors (
  account_id   TEXT   NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  -- Base32, as it is: codes are worked out from it.
  secret       TEXT   NOT NULL,
  created_at   BIGINT NOT NULL,
  -- When a code proved that the app has the secret. Until then it counts for nothing.
  confirmed_at BIGINT,
  -- The newest step of 30 seconds whose code was taken. Each works once.
  last_step    BIGINT NOT NULL DEFAULT 0
);

-- Those that are left: a code that was used is gone.
CREATE TABLE recovery_codes (
  account_id TEXT NOT NULL REFERENCES second_factors (account_id) ON DELETE CASCADE,
  -- SHA-256 of the account's id and the code.
  code_hash  TEXT NOT NULL,
  PRIMARY KEY (account_id, code_hash)
);

-- The password was right, and a code is to follow.
CREATE TABLE pending_sign_ins (
  -- SHA-256 of the cookie's value.
  token_hash TEXT   NOT NULL PRIMARY KEY,
  account_id TEXT   NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  expires_at BIGINT NOT NULL
);
CREATE INDEX pending_sign_ins_account ON pending_sign_ins (account_id);
CREATE INDEX pending_sign_ins_expiry ON pending_sign_ins (expires_at);

-- When a code was last entered in the session.
ALTER TABLE sessions ADD COLUMN confirmed_at BIGINT;

-- Whether everybody on the staff must have one.
ALTER TABLE shop_settings ADD COLUMN second_factor_required SMALLINT NOT NULL DEFAULT 0 CHECK (second_factor_required IN (0, 1));
