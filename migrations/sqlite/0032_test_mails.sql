-- The last test e-mail is found among all e-mails without reading them.
CREATE INDEX mails_test ON mails (created_at, id) WHERE kind = 'test_mail';
