-- What the product table sorts by besides: the units of all variants of a product, and its category's name. Edits
-- of products and of stock write them; what orders take, and a category that is renamed, follow within a minute.

ALTER TABLE products ADD COLUMN stock_units BIGINT NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN category_key TEXT NOT NULL DEFAULT '';
UPDATE products SET
  stock_units = COALESCE((SELECT SUM(v.stock) FROM variants v WHERE v.product_id = products.id), 0),
  category_key = COALESCE((SELECT c.name_key FROM categories c WHERE c.id = products.category_id), '');
CREATE INDEX products_by_stock ON products (stock_units, id);
CREATE INDEX products_by_category_key ON products (category_key, id);
