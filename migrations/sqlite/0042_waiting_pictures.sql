-- Pictures of products that are still to be made: uploaded before their form is saved, for a day.
CREATE TABLE waiting_pictures (
  -- In the order in which they came. The picture of the product has it, too.
  id         TEXT   PRIMARY KEY,
  -- Whose form it is. The file outlives the account: it is taken away when its day is over.
  account_id TEXT   REFERENCES accounts (id) ON DELETE SET NULL,
  -- Key of the form; empty for what was taken out of it.
  form       TEXT   NOT NULL,
  src        TEXT   NOT NULL UNIQUE CHECK (src <> ''),
  created_at BIGINT NOT NULL
);
CREATE INDEX waiting_pictures_form ON waiting_pictures (account_id, form);
CREATE INDEX waiting_pictures_age ON waiting_pictures (created_at);
