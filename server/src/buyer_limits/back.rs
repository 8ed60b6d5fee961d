//! What an order gives back of its buyer's share: all of it when it is cancelled, and of a refund as much as goes
//! back on the shelf.

use std::collections::BTreeMap;

use crate::{
    db::{Dialect, Sql, Tx},
    error::Result,
};

/// Orders that were cancelled count for nothing any more; their rows are gone once.
pub async fn give_back<'a>(
    tx: &mut Tx,
    dialect: Dialect,
    order_ids: impl IntoIterator<Item = &'a str>,
) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM buyer_limit_uses WHERE order_id");
    sql.among(dialect, order_ids);
    sql.execute(&mut **tx).await?;
    Ok(())
}

/// Units of an order went back on the shelf, by variant. What the order has is written down with its lines, so
/// that what counts is summed again rather than subtracted; the order and these variants are locked.
pub async fn give_back_units(
    tx: &mut Tx,
    order_id: &str,
    units: &BTreeMap<String, i64>,
) -> Result<()> {
    if units.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("UPDATE buyer_limit_uses SET units = COALESCE((");
    sql.push(KEPT)
        .push("), 0) WHERE order_id = ")
        .text(order_id);
    sql.push(" AND limit_id IN (SELECT id FROM buyer_limits)");
    sql.execute(&mut **tx).await?;
    sqlx::query("DELETE FROM buyer_limit_uses WHERE order_id = $1 AND units <= 0")
        .bind(order_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Units of the order of a row that its limit is about, without those that went back. Of before there were drops as in
/// the migration `0054_unpaid_units`.
const KEPT: &str = "SELECT CAST(SUM(l.quantity - l.restocked) AS BIGINT) FROM order_lines l \
    JOIN buyer_limits b ON b.id = buyer_limit_uses.limit_id \
    LEFT JOIN variants v ON v.id = l.variant_id \
    WHERE l.order_id = buyer_limit_uses.order_id AND (b.drop_id IS NULL OR b.drop_id = l.drop_id) \
    AND (b.variant_id = l.variant_id \
      OR b.product_id = COALESCE(v.product_id, v.archived_product_id) \
      OR (b.variant_id IS NULL AND b.product_id IS NULL))";
