//! Which sums are not what the orders come to: rules of the audit.

/// Sums of orders that are not those of the orders, as `subject` and `detail`.
pub const WRONG_OF_ORDERS: &str = "SELECT t.currency AS subject, \
    CAST(t.begins AS TEXT) || ' and ' || CAST(t.span AS TEXT) || ' ms' AS detail FROM (\
    SELECT span, begins, currency, standing, orders, units, gross_minor, received_minor, \
      to_collect_minor, refunds, refunded_minor FROM order_sums WHERE span >= 60000 \
    UNION ALL SELECT w.span, c.at - c.at % w.span, c.currency, c.standing, c.orders, c.units, \
      c.gross_minor, c.received_minor, c.to_collect_minor, c.refunds, c.refunded_minor \
      FROM sum_changes c CROSS JOIN (SELECT CAST(60000 AS BIGINT) AS span UNION ALL SELECT 900000) w \
      WHERE c.variant_id IS NULL \
    UNION ALL SELECT w.span, s.at - s.at % w.span, s.currency, -s.standing, -s.orders, -s.units, \
      -s.gross_minor, -s.received_minor, -s.to_collect_minor, -s.refunds, -s.refunded_minor \
      FROM order_shares s CROSS JOIN (SELECT CAST(60000 AS BIGINT) AS span UNION ALL SELECT 900000) w) t \
    GROUP BY t.span, t.begins, t.currency HAVING SUM(t.standing) <> 0 OR SUM(t.orders) <> 0 \
    OR SUM(t.units) <> 0 OR SUM(t.gross_minor) <> 0 OR SUM(t.received_minor) <> 0 \
    OR SUM(t.to_collect_minor) <> 0 OR SUM(t.refunds) <> 0 OR SUM(t.refunded_minor) <> 0";

/// The same of variants.
pub const WRONG_OF_VARIANTS: &str = "SELECT t.variant_id || t.gone AS subject, \
    t.currency || ' ' || CAST(t.begins AS TEXT) || ' and ' || CAST(t.span AS TEXT) || ' ms' AS detail FROM (\
    SELECT span, begins, currency, variant_id, gone, standing, units, gross_minor \
      FROM variant_sums WHERE span >= 900000 \
    UNION ALL SELECT w.span, c.at - c.at % w.span, c.currency, c.variant_id, c.gone, \
      c.standing, c.units, c.gross_minor \
      FROM sum_changes c CROSS JOIN (SELECT CAST(900000 AS BIGINT) AS span UNION ALL SELECT 86400000) w \
      WHERE c.variant_id IS NOT NULL \
    UNION ALL SELECT w.span, s.at - s.at % w.span, s.currency, s.variant_id, s.gone, \
      -s.standing, -s.units, -s.gross_minor \
      FROM variant_shares s CROSS JOIN (SELECT CAST(900000 AS BIGINT) AS span UNION ALL SELECT 86400000) w) t \
    GROUP BY t.span, t.begins, t.currency, t.variant_id, t.gone \
    HAVING SUM(t.standing) <> 0 OR SUM(t.units) <> 0 OR SUM(t.gross_minor) <> 0";
