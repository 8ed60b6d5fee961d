//! What becomes of what is tried at payment providers. The order says the state of its money; these rows say how that
//! came.

mod lookup;

use app::orders::payment::PaymentStatus;
pub use lookup::{claim_look, is_charged, last, order_at, order_of, to_look_at, was_begun};

use crate::{
    db::{Dialect, Rows, Sql, Tx, unindexed},
    error::Result,
    store::Store,
};

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
         captured_at = CASE WHEN $1 = 'captured' THEN COALESCE(captured_at, $3) ELSE captured_at END, \
         voided_at = CASE WHEN $1 = 'voided' THEN COALESCE(voided_at, $3) ELSE voided_at END, \
         authorised_minor = 0, captured_pending_minor = 0, \
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

/// Notes that the last attempt of a cancelled order may be paid, though it counted as given up: the provider is to be
/// asked. Nothing if something else is known of it.
pub async fn reopen_cancelled(db: &Store, now: i64, order_id: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    let reopened = sqlx::query(
        "UPDATE orders SET payment_status = 'pending', updated_at = $1 \
         WHERE id = $2 AND status = 'cancelled' AND payment_status = 'voided'",
    )
    .bind(now)
    .bind(order_id)
    .execute(&mut *tx)
    .await?
    .rows_affected();
    if reopened > 0 {
        sqlx::query(
            "UPDATE payment_attempts SET status = 'pending', voided_at = NULL, updated_at = $1 \
             WHERE order_id = $2 AND status = 'voided' AND attempt = \
             (SELECT MAX(l.attempt) FROM payment_attempts l WHERE l.order_id = $2)",
        )
        .bind(now)
        .bind(order_id)
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Notes what was taken although the order had ended: it has to go back. `false` if that is known, or the order has not
/// ended, or costs nothing. What was thought to be let go before may have been taken, too.
pub async fn came_late(tx: &mut Tx, now: i64, order_id: &str, reference: &str) -> Result<bool> {
    let is_news = sqlx::query(
        "UPDATE orders SET payment_status = $1, captured_minor = total_minor, updated_at = $2 \
         WHERE id = $3 AND status = 'cancelled' AND total_minor > 0 \
         AND payment_status IN ('pending', 'authorised', 'voided', 'declined')",
    )
    .bind(PaymentStatus::Captured.as_str())
    .bind(now)
    .bind(order_id)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if is_news == 0 {
        return Ok(false);
    }
    end(tx, now, order_id, PaymentStatus::Captured, reference).await?;
    // The one that is called so, or that was never called anything.
    sqlx::query(
        "UPDATE payment_attempts SET status = 'captured', captured_minor = amount_minor, \
         captured_at = COALESCE(captured_at, $1), authorised_minor = 0, \
         captured_pending_minor = 0, updated_at = $1 \
         WHERE id = (SELECT p.id FROM payment_attempts p WHERE p.order_id = $2 \
         AND p.status IN ('voided', 'declined') AND COALESCE(p.external_id, $3) = $3 \
         ORDER BY p.attempt DESC LIMIT 1) \
         AND NOT EXISTS (SELECT 1 FROM payment_attempts p WHERE p.order_id = $2 \
         AND p.status = 'captured')",
    )
    .bind(now)
    .bind(order_id)
    .bind(reference)
    .execute(&mut **tx)
    .await?;
    Ok(true)
}

/// An order that was charged for, and what its provider calls that, if it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Captured<'a> {
    pub order_id: &'a str,
    pub reference: &'a str,
}

/// The statement that ends the attempts of all these, as [`end`] does.
pub fn capturing<'a>(
    dialect: Dialect,
    now: i64,
    captured: impl Iterator<Item = Captured<'a>> + Clone,
) -> Sql {
    let ids = || captured.clone().map(|captured| captured.order_id);
    let called = || captured.clone().map(|captured| captured.reference);
    let mut sql = Sql::new("UPDATE payment_attempts SET status = ");
    sql.text(PaymentStatus::Captured.as_str());
    sql.push(
        ", captured_minor = amount_minor, authorised_minor = 0, captured_pending_minor = 0, \
         captured_at = COALESCE(captured_at, ",
    );
    sql.int(now)
        .push("), updated_at = ")
        .int(now)
        .push(", external_id = ");
    match dialect {
        Dialect::Sqlite => {
            let mut rows = Rows::default();
            rows.text("paid_id", ids()).text("called", called());
            sql.push("CASE WHEN t.called = '' THEN external_id ELSE t.called END FROM ")
                .given(dialect, rows)
                .push(" AS t WHERE payment_attempts.order_id = t.paid_id");
        }
        Dialect::Postgres => {
            sql.push("COALESCE(NULLIF(")
                .named(ids(), called(), "order_id")
                .push(", ''), external_id) WHERE order_id")
                .among(dialect, ids());
        }
    }
    sql.push(" AND payment_attempts.status IN ('pending', 'authorised')");
    sql
}

/// The statement that ends what was tried for these orders, which are cancelled, where its outcome was not known: it became
/// what became of their payment.
pub fn giving_up<'a>(
    dialect: Dialect,
    now: i64,
    order_ids: impl IntoIterator<Item = &'a str>,
) -> Sql {
    let became = "(SELECT o.payment_status FROM orders o WHERE o.id = payment_attempts.order_id)";
    let mut sql = Sql::new("UPDATE payment_attempts SET updated_at = ");
    sql.int(now)
        .push(", voided_at = CASE WHEN ")
        .push(became)
        .push(" = 'voided' THEN ")
        .int(now)
        .push(" ELSE voided_at END, status = ")
        .push(became)
        .push(concat!(
            " WHERE ",
            unindexed!("status"),
            " = 'pending' AND order_id"
        ))
        .among(dialect, order_ids);
    sql
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

/// Writes down how much of what is refunded has not arrived, as the refunds of the order say.
pub async fn note_pending(tx: &mut Tx, now: i64, order_id: &str) -> Result<()> {
    sqlx::query(
        "UPDATE payment_attempts SET updated_at = $1, refunded_pending_minor = \
         (SELECT CAST(COALESCE(SUM(r.amount_minor), 0) AS BIGINT) FROM refunds r \
         WHERE r.order_id = payment_attempts.order_id AND r.status = 'pending') \
         WHERE order_id = $2 AND captured_minor > 0",
    )
    .bind(now)
    .bind(order_id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
