-- Short numbers are drawn for the orders of `order_arrivals`, as their rows of the search are written. To look for
-- orders without a number among all of the last minutes was to read them once for each two thousand.

ALTER TABLE order_arrivals ADD COLUMN numbered SMALLINT NOT NULL DEFAULT 0;
CREATE INDEX order_arrivals_unnumbered ON order_arrivals (id) WHERE numbered = 0;

-- Those that the search has and that have no number yet.
INSERT INTO order_arrivals (id, at)
SELECT DISTINCT o.created_at, o.created_at FROM orders o
WHERE NOT EXISTS (SELECT 1 FROM order_short_numbers n WHERE n.order_id = o.id)
  AND NOT EXISTS (SELECT 1 FROM order_arrivals a WHERE a.id = o.created_at);

ALTER TABLE short_numbers DROP COLUMN drawn_until;
