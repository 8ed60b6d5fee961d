-- Payments that their owners want back, which the desk counts; there are few at any time.
CREATE INDEX orders_disputed ON orders (created_at DESC, id DESC) WHERE payment_status = 'disputed';
-- E-mails that could not be sent, which the page of the system counts.
CREATE INDEX mails_failed ON mails (ended_at) WHERE state = 'failed';

-- Short numbers of orders for the staff. They are drawn after an order is placed.
CREATE TABLE order_short_numbers (
  order_id TEXT   NOT NULL PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
  number   BIGINT NOT NULL UNIQUE
);
-- Which was drawn last, and when the newest order that has one was placed.
CREATE TABLE short_numbers (
  id          BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  last_number BIGINT NOT NULL,
  drawn_until BIGINT NOT NULL
);
INSERT INTO short_numbers (id, last_number, drawn_until) VALUES (1, 1000, 0);

-- Confirmations that were sent once more: each form sends one, and an order has few in an hour.
CREATE TABLE resent_mails (
  form_key TEXT   NOT NULL PRIMARY KEY,
  order_id TEXT   NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  at       BIGINT NOT NULL
);
CREATE INDEX resent_mails_order ON resent_mails (order_id, at);
CREATE INDEX resent_mails_at ON resent_mails (at);

-- Who delivers parcels, with the address of the page where one is followed.
CREATE TABLE carriers (
  position BIGINT NOT NULL PRIMARY KEY,
  name     TEXT   NOT NULL CHECK (name <> ''),
  pattern  TEXT   NOT NULL
);
-- When they were last saved.
CREATE TABLE carrier_versions (
  id      BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  version BIGINT NOT NULL DEFAULT 0
);
INSERT INTO carrier_versions (id) VALUES (1);
INSERT INTO carriers (position, name, pattern) VALUES
  (1, 'DHL', 'https://www.dhl.com/global-en/home/tracking.html?tracking-id={number}'),
  (2, 'DPD', 'https://tracking.dpd.de/parcelstatus?query={number}'),
  (3, 'GLS', 'https://gls-group.eu/EU/en/parcel-tracking?match={number}'),
  (4, 'UPS', 'https://www.ups.com/track?tracknum={number}'),
  (5, 'FedEx', 'https://www.fedex.com/fedextrack/?trknbr={number}'),
  (6, 'USPS', 'https://tools.usps.com/go/TrackConfirmAction?tLabels={number}'),
  (7, 'Hermes', 'https://tracking.hermesworld.com/?TrackID={number}'),
  (8, 'Royal Mail', 'https://www.royalmail.com/track-your-item#/tracking-results/{number}');
