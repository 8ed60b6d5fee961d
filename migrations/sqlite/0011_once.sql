-- What is done once is done once: what a file was seen to change, and units that are booked by a form.

-- Which product of the file a row is about.
ALTER TABLE catalog_job_rows ADD COLUMN handle TEXT;
-- Units of each variant when they were looked at, as JSON: the difference to them is what is booked.
ALTER TABLE catalog_job_rows ADD COLUMN seen TEXT;
CREATE INDEX catalog_job_rows_handle ON catalog_job_rows (job_id, handle) WHERE handle IS NOT NULL;

-- A form that is sent twice books once.
ALTER TABLE stock_movements ADD COLUMN form_key TEXT;
CREATE UNIQUE INDEX stock_movements_form ON stock_movements (variant_id, form_key) WHERE form_key IS NOT NULL;
