//! What was ordered goes back into the carts that it came from.

use std::collections::BTreeMap;

use super::{Restore, ending::Ended};
use crate::{
    cart::lines::{Line, put_back},
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
};

/// A line of an order as it was in its cart.
struct Ordered {
    order_id: String,
    line: Line,
}

from_row!(Ordered {
    order_id,
    line: row,
});

/// Puts what was ordered back into its carts, where that is wanted and the cart is there still. Returns the hashes they
/// are known by.
pub(super) async fn restore(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    ended: &[Ended],
) -> Result<Vec<String>> {
    let carts: BTreeMap<&str, &str> = ended
        .iter()
        .filter(|order| order.how.restore == Restore::Cart)
        .map(|order| (order.id.as_str(), order.cart_id.as_str()))
        .collect();
    if carts.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT order_id, variant_id, quantity, unit_price_minor, title, variant_title, CAST(",
    );
    sql.int(now)
        .push(" AS BIGINT) AS added_at FROM order_lines WHERE variant_id IS NOT NULL AND order_id")
        .among(dialect, carts.keys())
        .push(" ORDER BY order_id, position");
    let ordered: Vec<Ordered> = sql.fetch_all_as(&mut **tx).await?;
    let mut lines: BTreeMap<&str, Vec<Line>> = BTreeMap::new();
    for Ordered { order_id, line } in ordered {
        if let Some(cart) = carts.get(order_id.as_str()).copied() {
            lines.entry(cart).or_default().push(line);
        }
    }
    put_back(tx, dialect, &lines).await
}
