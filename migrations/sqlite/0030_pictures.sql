-- What is known of pictures besides their address, and what cards show of a product beside its first picture.

-- A row for each picture kept by this shop, made when it is uploaded. Those from before are looked at while the
-- server runs, a few at a time; until then they are shown as photographs. A file never changes, and neither
-- does its row.
CREATE TABLE picture_facts (
  src     TEXT     NOT NULL PRIMARY KEY,
  -- In pixels, where the picture is widest; 0 if its file is missing or damaged.
  width   BIGINT   NOT NULL CHECK (width >= 0),
  height  BIGINT   NOT NULL CHECK (height >= 0),
  -- 1 if parts of it can be seen through, so that what it shows stands free.
  cut_out SMALLINT NOT NULL CHECK (cut_out IN (0, 1))
);

CREATE INDEX pictures_src ON pictures (src);

-- The picture shown while a pointer is on the card.
ALTER TABLE products ADD COLUMN second_src TEXT;
-- The colours it is sold in, in the order of its variants: a JSON list of pairs, the value and the address of a
-- picture or null.
ALTER TABLE products ADD COLUMN colours TEXT NOT NULL DEFAULT '[]';

UPDATE products SET
  second_src = (SELECT i.src FROM pictures i WHERE i.product_id = products.id AND i.src <> products.picture_src
    ORDER BY i.position, i.id LIMIT 1),
  colours = (SELECT json_group_array(json_array(c.value, c.src)) FROM (
    SELECT CASE o.position WHEN 1 THEN v.option1 WHEN 2 THEN v.option2 ELSE v.option3 END AS value,
      MIN(v.picture_src) AS src, MIN(v.position) AS place
    FROM product_options o JOIN variants v ON v.product_id = o.product_id
    WHERE o.product_id = products.id AND o.key IN ('colour', 'color', 'farbe')
    GROUP BY 1 ORDER BY 3, 1 LIMIT 24) c);
