-- Which values of which options a product comes in: what a list counts for its filters. Derived from
-- the variants by one function whenever they change, for counting them there cost most of a list.

CREATE TABLE product_choices (
  product_id TEXT NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  -- As product_options has them.
  key        TEXT NOT NULL,
  name       TEXT NOT NULL,
  value      TEXT NOT NULL,
  PRIMARY KEY (product_id, key, value)
) WITHOUT ROWID;
CREATE INDEX product_choices_value ON product_choices (key, value, name, product_id);

INSERT INTO product_choices (product_id, key, name, value)
SELECT o.product_id, o.key, MIN(o.name),
  CASE o.position WHEN 1 THEN v.option1 WHEN 2 THEN v.option2 ELSE v.option3 END AS value
FROM product_options o JOIN variants v ON v.product_id = o.product_id
GROUP BY o.product_id, o.key, CASE o.position WHEN 1 THEN v.option1 WHEN 2 THEN v.option2 ELSE v.option3 END;
