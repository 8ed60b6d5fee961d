-- Pictures are shown from https addresses alone: our pages' policy keeps browsers from any other. One
-- that stands there twice then goes.
DELETE FROM pictures WHERE lower(substr(src, 1, 7)) = 'http://' AND EXISTS (
  SELECT 1 FROM pictures o
  WHERE o.product_id = pictures.product_id AND o.id <> pictures.id
    AND 'https://' || substr(pictures.src, 8) =
      CASE WHEN lower(substr(o.src, 1, 7)) = 'http://' THEN 'https://' || substr(o.src, 8) ELSE o.src END
    AND (lower(substr(o.src, 1, 7)) <> 'http://' OR o.id < pictures.id)
);
UPDATE pictures SET src = 'https://' || substr(src, 8) WHERE lower(substr(src, 1, 7)) = 'http://';
UPDATE variants SET picture_src = 'https://' || substr(picture_src, 8)
WHERE lower(substr(picture_src, 1, 7)) = 'http://';
UPDATE order_lines SET picture_src = 'https://' || substr(picture_src, 8)
WHERE lower(substr(picture_src, 1, 7)) = 'http://';

-- A file that waits for somebody's yes is looked at again: what it would change is found out by other
-- rules now.
UPDATE catalog_jobs SET state = 'preparing', worker = NULL, lease_until = 0
WHERE state = 'ready' AND task LIKE '%"kind":"import"%';

-- A remark is a cell of a file that is taken otherwise than it is written.
CREATE TABLE catalog_job_rows_with_remarks (
  job_id     TEXT   NOT NULL REFERENCES catalog_jobs (id) ON DELETE CASCADE,
  position   BIGINT NOT NULL,
  kind       TEXT   NOT NULL CHECK (kind IN ('change', 'create', 'update', 'bad', 'remark')),
  product_id TEXT,
  -- The version of the product that was looked at; a newer one is left alone.
  version    BIGINT,
  outcome    TEXT   NOT NULL DEFAULT 'waiting' CHECK (outcome IN ('waiting', 'done', 'skipped')),
  title      TEXT   NOT NULL DEFAULT '',
  -- What changes, as JSON.
  detail     TEXT   NOT NULL DEFAULT '[]',
  -- Which product of the file a row is about.
  handle     TEXT,
  -- Units of each variant when they were looked at, as JSON: the difference to them is what is booked.
  seen       TEXT,
  PRIMARY KEY (job_id, position)
);
INSERT INTO catalog_job_rows_with_remarks
  (job_id, position, kind, product_id, version, outcome, title, detail, handle, seen)
SELECT job_id, position, kind, product_id, version, outcome, title, detail, handle, seen
FROM catalog_job_rows;
DROP TABLE catalog_job_rows;
ALTER TABLE catalog_job_rows_with_remarks RENAME TO catalog_job_rows;
CREATE INDEX catalog_job_rows_open ON catalog_job_rows (job_id, outcome, position);
CREATE INDEX catalog_job_rows_handle ON catalog_job_rows (job_id, handle) WHERE handle IS NOT NULL;
