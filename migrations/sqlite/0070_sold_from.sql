-- From when those variants of a product are sold that no drop names: of what is new nothing is before its first start.
-- Kept with the drops it is in, as `shown_from` is.
ALTER TABLE products ADD COLUMN sold_from BIGINT NOT NULL DEFAULT 0;
CREATE INDEX products_waiting ON products (sold_from) WHERE sold_from > 0;
UPDATE products SET sold_from = COALESCE((SELECT MIN(CASE WHEN d.reveal_at IS NULL OR d.opened_at IS NOT NULL
    THEN 0 ELSE d.opens_at END) FROM drops d JOIN drop_lines l ON l.drop_id = d.id
    JOIN variants v ON v.id = l.variant_id
    WHERE d.state = 'planned' AND COALESCE(v.product_id, v.archived_product_id) = products.id), 0)
  WHERE shown_from > 0 OR id IN (SELECT COALESCE(v.product_id, v.archived_product_id)
    FROM drop_lines l JOIN variants v ON v.id = l.variant_id);
