//! The money of cancelled orders: what was not charged is never charged, and what was is owed.

use app::orders::{
    payment::{PaymentStatus, RefundStatus},
    types::EventKind,
};

use crate::{
    db::{Sql, only},
    error::{Error, Result},
    ids::new_id,
    orders::{
        attempts, disputes,
        events::{self, Event},
        paid::tell_late,
        refund::{by_bank, pay_back::pay_back},
        step,
        words::RefundCause,
    },
    payment::{Charge, PaymentProvider, Payments},
    store::Store,
};

/// Ends the payment of one cancelled order. What was taken for it goes back, whether it is what the order costs or not.
pub async fn settle_cancelled(
    db: &Store,
    payments: &Payments,
    now: i64,
    order_id: &str,
    method: &str,
) -> Result<()> {
    let provider = payments
        .by_method(method)
        .ok_or_else(|| Error::Invariant(format!("there is no payment provider {method:?}")))?;
    if was_charged(db, provider.as_ref(), now, order_id).await?
        && let Some(refund_id) = owe_the_rest(db, now, order_id).await?
    {
        let paid_back = pay_back(db, payments, now, &refund_id).await;
        paid_back.map_err(Error::after_effect)?;
    }
    let returned = provider.return_other_sums(order_id).await;
    returned.map_err(|error| error.after_effect().into())
}

/// Whether there is money to return. A provider that has not charged never will from here on.
async fn was_charged(
    db: &Store,
    provider: &dyn PaymentProvider,
    now: i64,
    order_id: &str,
) -> Result<bool> {
    let mut sql = Sql::new("SELECT payment_status FROM orders WHERE id = ");
    sql.text(order_id);
    let status: PaymentStatus = sql.fetch_value(db.reader()).await?;
    match status {
        // Of one that is disputed it is owed, too: the bank may leave it with the shop.
        PaymentStatus::Captured | PaymentStatus::Disputed => return Ok(true),
        PaymentStatus::Pending | PaymentStatus::Authorised => {}
        PaymentStatus::Due
        | PaymentStatus::Declined
        | PaymentStatus::Voided
        | PaymentStatus::Refunded => return Ok(false),
    }
    let found = provider.abandon(order_id).await?;
    let mut tx = db.begin().await?;
    if let Some(Charge::Captured { reference }) = &found {
        tell_late(&mut tx, db.dialect(), now, order_id, reference).await?;
        tx.commit().await?;
        return Ok(true);
    }
    let voided = PaymentStatus::Voided;
    sqlx::query(
        "UPDATE orders SET payment_status = $1 \
         WHERE id = $2 AND payment_status IN ('pending', 'authorised')",
    )
    .bind(voided.as_str())
    .bind(order_id)
    .execute(&mut *tx)
    .await?;
    attempts::end(&mut tx, now, order_id, voided, "").await?;
    tx.commit().await?;
    Ok(false)
}

/// Writes down that a cancelled order gets back what it paid, unless that was done before.
/// Returns the refund that is owed.
async fn owe_the_rest(db: &Store, now: i64, order_id: &str) -> Result<Option<String>> {
    let mut tx = db.begin().await?;
    step::lock(&mut tx, db.dialect(), order_id).await?;
    let mut sql =
        Sql::new("SELECT id, status FROM refunds WHERE cause = 'cancellation' AND order_id = ");
    sql.text(order_id);
    let before: Option<(String, RefundStatus)> = sql.fetch_optional_as(&mut *tx).await?;
    if let Some((id, status)) = before {
        return Ok(match status {
            RefundStatus::Owed => Some(id),
            RefundStatus::Pending
            | RefundStatus::Returned
            | RefundStatus::ByHand
            | RefundStatus::PaidBack
            | RefundStatus::ByBank
            | RefundStatus::Waived => None,
        });
    }
    let id = new_id();
    // An order that is refunded in part by the staff cannot be cancelled, so what went back did so at the provider.
    let row = sqlx::query(
        "INSERT INTO refunds (id, order_id, number, cause, status, amount_minor, shipping_minor, \
         elsewhere_minor, created_at) SELECT $1, o.id, \
         1 + (SELECT COUNT(*) FROM refunds r WHERE r.order_id = o.id), $2, $3, \
         o.captured_minor - o.refunded_minor, \
         CASE WHEN o.shipping_minor < o.captured_minor - o.refunded_minor THEN o.shipping_minor \
           ELSE o.captured_minor - o.refunded_minor END, o.refunded_minor, $4 \
         FROM orders o WHERE o.id = $5 RETURNING amount_minor",
    )
    .bind(&id)
    .bind(RefundCause::Cancellation.as_str())
    .bind(RefundStatus::Owed.as_str())
    .bind(now)
    .bind(order_id)
    .fetch_one(&mut *tx)
    .await?;
    let amount_minor = only(&row)?;
    sqlx::query("UPDATE orders SET refunded_minor = captured_minor WHERE id = $1")
        .bind(order_id)
        .execute(&mut *tx)
        .await?;
    attempts::refund(&mut tx, now, order_id, amount_minor).await?;
    let event = Event {
        refund_id: Some(&id),
        ..Event::new(EventKind::Refund)
    };
    events::record(&mut tx, now, order_id, &event).await?;
    // A bank may have asked for the money before it was known to have come.
    disputes::stand(&mut tx, now, order_id).await?;
    by_bank::settle(&mut tx, db.dialect(), now, order_id).await?;
    tx.commit().await?;
    Ok(Some(id))
}
