-- Where the shop delivers, and states for the countries whose parcels need one.

-- Codes of ISO 3166-1, separated by blanks; NULL until an admin says otherwise.
ALTER TABLE shop_settings ADD COLUMN delivers_to TEXT CHECK (delivers_to <> '');

ALTER TABLE order_addresses ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE account_addresses ADD COLUMN state TEXT NOT NULL DEFAULT '';
