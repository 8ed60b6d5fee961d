//! Money of cancelled orders: what was charged goes back, what was not is never charged.
//!
//! A cancelled order whose payment is still `pending` or `captured` is owed this. It is tried at
//! once and, until it succeeds, again by every node's tidying; each step is safe to repeat.

use super::payment::Payments;
use crate::{
    db::{Db, Get},
    error::Result,
};

/// Ends the payment of one cancelled order.
pub async fn settle_cancelled(
    db: &Db,
    payments: &Payments,
    now: i64,
    order_id: &str,
    method: &str,
) -> Result<()> {
    let Some(provider) = payments.by_method(method) else {
        return Ok(());
    };
    let status = match provider.abandon(order_id).await? {
        None => "void",
        Some(_) => {
            provider.refund(order_id).await?;
            "refunded"
        }
    };
    let mut tx = db.begin().await?;
    sqlx::query(
        "UPDATE payments SET status = $1, updated_at = $2 \
         WHERE order_id = $3 AND status IN ('pending', 'captured')",
    )
    .bind(status)
    .bind(now)
    .bind(order_id)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Ends the payments of all cancelled orders that are owed it.
pub async fn settle_owed(db: &Db, payments: &Payments, now: i64) -> Result<()> {
    let owed = sqlx::query(
        "SELECT o.id, o.payment_method FROM payments p JOIN orders o ON o.id = p.order_id \
         WHERE p.status IN ('pending', 'captured') AND o.status = 'cancelled' LIMIT 500",
    )
    .fetch_all(db.reader())
    .await?;
    for row in owed {
        let id = row.text("id")?;
        settle_cancelled(db, payments, now, &id, &row.text("payment_method")?).await?;
    }
    Ok(())
}
