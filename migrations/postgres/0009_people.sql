-- Staff by invitation, customers by their last order, and an audit log that nobody rewrites.

CREATE TABLE staff_invitations (
  id         TEXT   NOT NULL PRIMARY KEY,
  -- In lower case, as accounts have it. Inviting somebody again replaces the first invitation.
  email      TEXT   NOT NULL UNIQUE,
  role       TEXT   NOT NULL CHECK (role IN ('staff', 'admin')),
  -- Nobody comes in by the word of somebody who is gone.
  invited_by TEXT   NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  -- SHA-256 of what stands in the mailed address; NULL until the mail is written.
  token_hash TEXT   UNIQUE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX staff_invitations_inviter ON staff_invitations (invited_by);
CREATE INDEX staff_invitations_expiry ON staff_invitations (expires_at);

CREATE INDEX accounts_newest ON accounts (created_at, id);

-- The newest order of an address is found with one look.
DROP INDEX orders_email;
CREATE INDEX orders_email ON orders (lower(email), created_at DESC, id DESC);

-- The log is read newest first, by who, what and about what.
DROP INDEX audit_entries_at;
CREATE INDEX audit_entries_at ON audit_entries (at, id);
CREATE INDEX audit_entries_actor ON audit_entries (actor, at, id);
CREATE INDEX audit_entries_action ON audit_entries (action, at, id);
CREATE INDEX audit_entries_subject_id ON audit_entries (subject_id, at, id);

-- What is in the log stays as it is.
CREATE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: the audit log is append-only', TG_NAME USING ERRCODE = 'check_violation';
END
$$;

CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries FOR EACH STATEMENT
EXECUTE FUNCTION audit_entries_refuse();

CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries FOR EACH STATEMENT
EXECUTE FUNCTION audit_entries_refuse();

CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT
EXECUTE FUNCTION audit_entries_refuse();
