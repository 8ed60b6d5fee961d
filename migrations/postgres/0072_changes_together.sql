-- What changes about many orders in one statement is added to the sums once for all of them, and those who held their
-- units are forgotten at once: payments are noted a batch at a time, and a trigger for each order took as long as its change.
DROP TRIGGER orders_sum_change ON orders;
DROP FUNCTION sum_change_of_order();
DROP TRIGGER orders_end_holding ON orders;

-- Lines and holders are read by key whatever the planner knows: statements are the same for one order and for a thousand.
CREATE FUNCTION note_changed_orders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sum_changes (at, currency, standing, orders, units, gross_minor, received_minor, to_collect_minor)
  SELECT n.created_at, n.currency, SUM(n.standing - o.standing), SUM(n.counted - o.counted),
    SUM(n.counted * n.units - o.counted * o.units), SUM(n.counted * n.total_minor - o.counted * o.total_minor),
    SUM(n.counted * n.captured_minor - o.counted * o.captured_minor), SUM(n.counted * n.due_minor - o.counted * o.due_minor)
  FROM (SELECT a.*, CASE WHEN a.status = 'cancelled' THEN 0 ELSE 1 END AS standing,
      CASE WHEN a.status IN ('awaiting_confirmation', 'pending_payment', 'cancelled') THEN 0 ELSE 1 END AS counted,
      CASE WHEN a.payment_status = 'due' THEN a.total_minor - a.refunded_minor ELSE 0 END AS due_minor FROM after_change a) n
  JOIN (SELECT b.*, CASE WHEN b.status = 'cancelled' THEN 0 ELSE 1 END AS standing,
      CASE WHEN b.status IN ('awaiting_confirmation', 'pending_payment', 'cancelled') THEN 0 ELSE 1 END AS counted,
      CASE WHEN b.payment_status = 'due' THEN b.total_minor - b.refunded_minor ELSE 0 END AS due_minor FROM before_change b) o
    ON o.id = n.id
  WHERE n.standing <> o.standing OR n.counted <> o.counted OR n.units <> o.units OR n.total_minor <> o.total_minor
    OR n.captured_minor <> o.captured_minor OR n.due_minor <> o.due_minor
  GROUP BY n.created_at, n.currency;
  INSERT INTO sum_changes (at, currency, variant_id, gone, standing, units, gross_minor)
  SELECT c.created_at, c.currency, l.variant_id, l.gone, SUM(c.standing * l.quantity), SUM(c.counted * l.quantity),
    SUM(c.counted * l.quantity * l.unit_price_minor)
  FROM (SELECT n.id, n.created_at, n.currency,
      CASE WHEN n.status = 'cancelled' THEN 0 ELSE 1 END - CASE WHEN o.status = 'cancelled' THEN 0 ELSE 1 END AS standing,
      CASE WHEN n.status IN ('awaiting_confirmation', 'pending_payment', 'cancelled') THEN 0 ELSE 1 END
        - CASE WHEN o.status IN ('awaiting_confirmation', 'pending_payment', 'cancelled') THEN 0 ELSE 1 END AS counted
      FROM after_change n JOIN before_change o ON o.id = n.id WHERE n.status <> o.status) c
  CROSS JOIN LATERAL (SELECT COALESCE(lines.variant_id, '') AS variant_id,
      CASE WHEN lines.variant_id IS NULL THEN lines.product_slug ELSE '' END AS gone, lines.quantity, lines.unit_price_minor
      FROM order_lines lines WHERE lines.order_id = c.id OFFSET 0) l
  WHERE c.standing <> 0 OR c.counted <> 0
  GROUP BY c.created_at, c.currency, l.variant_id, l.gone;
  DELETE FROM unpaid_holders WHERE order_id = ANY (ARRAY(
    SELECT n.id FROM after_change n JOIN before_change o ON o.id = n.id
    WHERE (o.status IN ('awaiting_confirmation', 'pending_payment')
        OR (o.status IN ('paid', 'packed') AND o.payment_status = 'due'))
      AND NOT (n.status IN ('awaiting_confirmation', 'pending_payment')
        OR (n.status IN ('paid', 'packed') AND n.payment_status = 'due'))));
  RETURN NULL;
END
$$;
CREATE TRIGGER orders_note_changes AFTER UPDATE ON orders
REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change
FOR EACH STATEMENT EXECUTE FUNCTION note_changed_orders();
