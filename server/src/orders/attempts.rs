//! What is tried at payment providers. The order says how its money stands; these rows say how that came.

use app::orders::payment::PaymentStatus;

use crate::{db::Tx, error::Result};

/// Ends the attempt whose outcome was not known. `reference` is what the provider calls it, if it does.
pub async fn end(
    tx: &mut Tx,
    now: i64,
    order_id: &str,
    status: PaymentStatus,
    reference: &str,
) -> Result<()> {
    sqlx::query(
        "UPDATE payment_attempts SET status = $1, \
         external_id = CASE WHEN $2 = '' THEN external_id ELSE $2 END, \
         captured_minor = CASE WHEN $1 = 'captured' THEN amount_minor ELSE captured_minor END, \
         updated_at = $3 WHERE order_id = $4 AND status IN ('pending', 'authorised')",
    )
    .bind(status.as_str())
    .bind(reference)
    .bind(now)
    .bind(order_id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that some of what was charged is to go back; nothing if nothing was charged. More than was
/// charged breaks a check of the table.
pub async fn refund(tx: &mut Tx, now: i64, order_id: &str, amount_minor: i64) -> Result<()> {
    sqlx::query(
        "UPDATE payment_attempts SET refunded_minor = refunded_minor + $1, updated_at = $2 \
         WHERE order_id = $3 AND status = 'captured'",
    )
    .bind(amount_minor)
    .bind(now)
    .bind(order_id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
