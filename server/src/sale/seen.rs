//! Which products shoppers see.

use crate::db::Sql;

/// Adds the condition on a row of `products`, under the name it has in the statement. What shoppers
/// are shown is read with it, so that nothing of a drop is found before its time.
pub fn push_seen<'a>(sql: &'a mut Sql, products: &str, now: i64) -> &'a mut Sql {
    sql.push(format!(
        "{products}.active = 1 AND {products}.shown_from <= "
    ))
    .int(now)
}

/// The same as a column `is_seen`, 1 or 0; NULL where there is no product.
pub fn push_is_seen<'a>(sql: &'a mut Sql, products: &str, now: i64) -> &'a mut Sql {
    sql.push(format!("CASE WHEN {products}.id IS NULL THEN NULL WHEN "));
    push_seen(sql, products, now).push(" THEN 1 ELSE 0 END AS is_seen")
}

/// Adds the condition that something of a product can be had, from the shelf or by a drop that is open.
pub fn push_to_be_had<'a>(sql: &'a mut Sql, products: &str, now: i64) -> &'a mut Sql {
    // Those that wait for a start are few, and are found by an index of their own.
    sql.push(format!(
        "({products}.buyable = 1 AND {products}.id NOT IN (SELECT w.id FROM products w \
         WHERE w.sold_from > 0 AND w.sold_from > "
    ))
    .int(now)
    .push(format!(
        ") OR EXISTS (SELECT 1 FROM drop_lines dl JOIN drops dr ON dr.id = dl.drop_id \
         JOIN variants dv ON dv.id = dl.variant_id WHERE dv.product_id = {products}.id \
         AND dl.remaining > 0 AND dr.state = 'planned' AND dr.opens_at <= "
    ))
    .int(now)
    .push(" AND (dr.closes_at IS NULL OR dr.closes_at > ")
    .int(now)
    .push(")))")
}
