-- Payments that their owners want back, which the desk counts; there are few at any time.
CREATE INDEX orders_disputed ON orders (created_at DESC, id DESC) WHERE payment_status = 'disputed';
-- E-mails that could not be sent, which the page of the system counts.
CREATE INDEX mails_failed ON mails (ended_at) WHERE state = 'failed';
