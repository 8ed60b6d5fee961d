-- How long a shipping method takes, and what an order was told of it.

-- Working days from order to arrival; NULL if nothing is said of it.
ALTER TABLE shipping_rates ADD COLUMN days_from BIGINT CHECK (days_from BETWEEN 0 AND 60);
ALTER TABLE shipping_rates ADD COLUMN days_to BIGINT
  CHECK (days_to BETWEEN 0 AND 60 AND days_to >= days_from OR days_to IS NULL);
-- Whether it is brought or fetched.
ALTER TABLE shipping_rates ADD COLUMN handover TEXT NOT NULL DEFAULT 'delivery';
-- The one that new shops begin with.
UPDATE shipping_rates SET handover = 'collection' WHERE id = 'pickup' AND name = 'Pick up in the shop';

-- In minutes since midnight: what is ordered from then on counts from the next working day. NULL: the whole
-- day counts.
ALTER TABLE shop_settings ADD COLUMN dispatch_by BIGINT CHECK (dispatch_by BETWEEN 0 AND 1439);

-- NULL where nothing was said, as of all orders from before.
ALTER TABLE orders ADD COLUMN promised_handover TEXT;
ALTER TABLE orders ADD COLUMN promised_days_from BIGINT;
ALTER TABLE orders ADD COLUMN promised_days_to BIGINT;
-- Days such as 2026-12-01; NULL as long as the order waits to be confirmed or paid by transfer.
ALTER TABLE orders ADD COLUMN promised_from TEXT;
ALTER TABLE orders ADD COLUMN promised_to TEXT;

ALTER TABLE shipping_rates ADD CONSTRAINT shipping_rates_handover_word
  CHECK (handover IN ('delivery', 'collection'));
ALTER TABLE orders ADD CONSTRAINT orders_promised_handover_word
  CHECK (promised_handover IN ('delivery', 'collection'));
