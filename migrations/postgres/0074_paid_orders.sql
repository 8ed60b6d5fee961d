-- What changes about many orders is added up without a join of what they were and what they are. The plan of a trigger is
-- made when it first runs in a session, which often is for one order: of one row, each was compared with each from then
-- on, and a batch of two hundred took three times as long as it had to.
--
-- Lines and holders are read by key whatever the planner knows: statements are the same for one order and for a thousand.
CREATE OR REPLACE FUNCTION note_changed_orders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- What it is now counts, and what it was is taken off.
  WITH told AS MATERIALIZED (
    SELECT t.sign, t.id, t.created_at, t.currency, t.units, t.total_minor, t.captured_minor,
      CASE WHEN t.status = 'cancelled' THEN 0 ELSE t.sign END AS standing,
      CASE WHEN t.status IN ('awaiting_confirmation', 'pending_payment', 'cancelled') THEN 0 ELSE t.sign END AS counted,
      CASE WHEN t.payment_status = 'due' THEN t.total_minor - t.refunded_minor ELSE 0 END AS due_minor,
      CASE WHEN t.status IN ('awaiting_confirmation', 'pending_payment')
        OR (t.status IN ('paid', 'packed') AND t.payment_status = 'due') THEN t.sign ELSE 0 END AS holding
    FROM (
      SELECT 1 AS sign, a.id, a.created_at, a.currency, a.units, a.total_minor, a.captured_minor, a.refunded_minor, a.status,
        a.payment_status FROM after_change a
      UNION ALL
      SELECT -1, b.id, b.created_at, b.currency, b.units, b.total_minor, b.captured_minor, b.refunded_minor, b.status,
        b.payment_status FROM before_change b) t),
  changed AS MATERIALIZED (
    SELECT t.id, MAX(t.created_at) AS created_at, MAX(t.currency) AS currency, SUM(t.standing) AS standing,
      SUM(t.counted) AS counted, SUM(t.holding) AS holding
    FROM told t GROUP BY t.id),
  of_orders AS (
    INSERT INTO sum_changes (at, currency, standing, orders, units, gross_minor, received_minor, to_collect_minor)
    SELECT s.created_at, s.currency, s.standing, s.orders, s.units, s.gross_minor, s.received_minor, s.to_collect_minor
    FROM (SELECT t.created_at, t.currency, SUM(t.standing) AS standing, SUM(t.counted) AS orders,
        SUM(t.counted * t.units) AS units, SUM(t.counted * t.total_minor) AS gross_minor,
        SUM(t.counted * t.captured_minor) AS received_minor, SUM(t.counted * t.due_minor) AS to_collect_minor
      FROM told t GROUP BY t.created_at, t.currency) s
    WHERE s.standing <> 0 OR s.orders <> 0 OR s.units <> 0 OR s.gross_minor <> 0 OR s.received_minor <> 0
      OR s.to_collect_minor <> 0),
  of_variants AS (
    INSERT INTO sum_changes (at, currency, variant_id, gone, standing, units, gross_minor)
    SELECT c.created_at, c.currency, l.variant_id, l.gone, SUM(c.standing * l.quantity), SUM(c.counted * l.quantity),
      SUM(c.counted * l.quantity * l.unit_price_minor)
    FROM changed c
    CROSS JOIN LATERAL (SELECT COALESCE(lines.variant_id, '') AS variant_id,
        CASE WHEN lines.variant_id IS NULL THEN lines.product_slug ELSE '' END AS gone, lines.quantity, lines.unit_price_minor
        FROM order_lines lines WHERE lines.order_id = c.id OFFSET 0) l
    WHERE c.standing <> 0 OR c.counted <> 0
    GROUP BY c.created_at, c.currency, l.variant_id, l.gone)
  DELETE FROM unpaid_holders WHERE order_id = ANY (ARRAY(SELECT c.id FROM changed c WHERE c.holding < 0));
  RETURN NULL;
END
$$;
