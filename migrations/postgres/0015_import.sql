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
ALTER TABLE catalog_job_rows DROP CONSTRAINT catalog_job_rows_kind_check;
ALTER TABLE catalog_job_rows ADD CONSTRAINT catalog_job_rows_kind_check
  CHECK (kind IN ('change', 'create', 'update', 'bad', 'remark'));
