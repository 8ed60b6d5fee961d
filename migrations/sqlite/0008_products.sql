-- The product table of the admin area, addresses that products had, and long work on the catalogue.

-- One for each order that the table can be sorted by and each filter that may be rare.
CREATE INDEX products_edited ON products (updated_at, id);
CREATE INDEX products_by_title ON products (title, id);
CREATE INDEX products_by_price ON products (price_min_minor, id);
CREATE INDEX products_by_vendor ON products (vendor, id);
CREATE INDEX products_by_category ON products (category_id, id);
CREATE INDEX products_by_active ON products (active, id);
CREATE INDEX products_sold_out ON products (id) WHERE in_stock = 0;

-- Addresses that products had: they lead on to the present one. An address in use is in `products` alone.
CREATE TABLE product_slugs (
  slug       TEXT   NOT NULL PRIMARY KEY,
  product_id TEXT   NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL
);
CREATE INDEX product_slugs_product ON product_slugs (product_id);

-- Work that is prepared, looked at, and then done in the background, batch by batch.
CREATE TABLE catalog_jobs (
  id          TEXT   NOT NULL PRIMARY KEY,
  -- `preparing` finds out what would change; `ready` waits for somebody to say so.
  state       TEXT   NOT NULL CHECK (state IN ('preparing', 'ready', 'running', 'done', 'failed')),
  actor       TEXT   NOT NULL,
  -- What is to be done, as JSON.
  task        TEXT   NOT NULL,
  total       BIGINT NOT NULL DEFAULT 0,
  done        BIGINT NOT NULL DEFAULT 0,
  -- Why it failed.
  note        TEXT   NOT NULL DEFAULT '',
  -- The node that works on it, until when: after that another may take over.
  worker      TEXT,
  lease_until BIGINT NOT NULL DEFAULT 0,
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL
);
CREATE INDEX catalog_jobs_newest ON catalog_jobs (created_at, id);
CREATE INDEX catalog_jobs_open ON catalog_jobs (lease_until) WHERE state IN ('preparing', 'running');

CREATE TABLE catalog_job_rows (
  job_id     TEXT   NOT NULL REFERENCES catalog_jobs (id) ON DELETE CASCADE,
  position   BIGINT NOT NULL,
  kind       TEXT   NOT NULL CHECK (kind IN ('change', 'create', 'update', 'bad')),
  product_id TEXT,
  -- The version of the product that was looked at; a newer one is left alone.
  version    BIGINT,
  outcome    TEXT   NOT NULL DEFAULT 'waiting' CHECK (outcome IN ('waiting', 'done', 'skipped')),
  title      TEXT   NOT NULL DEFAULT '',
  -- What changes, as JSON.
  detail     TEXT   NOT NULL DEFAULT '[]',
  PRIMARY KEY (job_id, position)
);
CREATE INDEX catalog_job_rows_open ON catalog_job_rows (job_id, outcome, position);
