-- When the shop took another currency: what was written down before, such as the audit log's prices,
-- is read in the one it was written in.

CREATE TABLE currency_changes (
  -- Of the settings that were saved with it.
  version      BIGINT NOT NULL PRIMARY KEY,
  at           BIGINT NOT NULL,
  old_currency TEXT   NOT NULL CHECK (length(old_currency) = 3),
  new_currency TEXT   NOT NULL CHECK (length(new_currency) = 3)
);
