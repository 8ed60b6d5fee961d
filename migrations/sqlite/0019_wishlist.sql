-- Wishlists: products saved for later, by whoever holds the device's cookie or has the account.

CREATE TABLE wishlists (
  id         TEXT   NOT NULL PRIMARY KEY,
  -- SHA-256 of the cookie's value: a copy of the database opens no list.
  token_hash TEXT   UNIQUE,
  account_id TEXT   UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  -- An account's list ends with the account.
  expires_at BIGINT,
  CHECK ((token_hash IS NULL) <> (account_id IS NULL)),
  CHECK ((token_hash IS NULL) = (expires_at IS NULL))
);
CREATE INDEX wishlists_expiry ON wishlists (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE wishlist_items (
  wishlist_id TEXT   NOT NULL REFERENCES wishlists (id) ON DELETE CASCADE,
  -- May be gone: the list says so, by the name the product had.
  product_id  TEXT   NOT NULL,
  title       TEXT   NOT NULL,
  added_at    BIGINT NOT NULL,
  PRIMARY KEY (wishlist_id, product_id)
);
