//! Money of cancelled orders: what was charged goes back, what was not is never charged.
//!
//! A cancelled order whose payment is still `pending` or `captured` is owed this. It is tried at
//! once and, until it succeeds, again by every node's tidying; each step is safe to repeat.

use super::payment::Payments;
use crate::{
    db::{Db, Get},
    error::Result,
};

/// Money owed for longer than this is for people to look into, in milliseconds.
const LOOK_BACK_MS: i64 = 30 * 24 * 60 * 60 * 1000;

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
         WHERE p.status IN ('pending', 'captured') AND o.status = 'cancelled' \
         AND o.updated_at > $1 ORDER BY o.updated_at LIMIT 500",
    )
    .bind(now - LOOK_BACK_MS)
    .fetch_all(db.reader())
    .await?;
    for row in owed {
        let id = row.text("id")?;
        let method = row.text("payment_method")?;
        // One that fails keeps no other from its money.
        if let Err(error) = settle_cancelled(db, payments, now, &id, &method).await {
            tracing::error!(%error, order = %id, "a refund is owed and will be tried again");
        }
    }
    Ok(())
}
