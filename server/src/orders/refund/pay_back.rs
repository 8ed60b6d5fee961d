//! Money that goes back: of refunds, and of cancelled orders, where what was not charged is never
//! charged.
//!
//! A refund that is `owed`, and a cancelled order whose payment is still `pending` or `captured`,
//! are tried at once and, until that succeeds, again by every node's tidying, however long it takes;
//! each step is safe to repeat. Those that fail let others go first.

use app::orders::{
    payment::{PaymentStatus, RefundStatus},
    types::EventKind,
};

use crate::{
    db::{FromRow, Get, Tx, from_row},
    error::{Error, Result},
    ids::new_id,
    orders::{
        attempts,
        events::{self, Event},
        read::Payable,
        step,
        words::RefundCause,
    },
    outbox::{Mail, Payback, queue},
    payment::{Charge, PaymentProvider, Payments, Refunded},
    store::Store,
};

/// How far back it is looked for captured payments of cancelled orders that owe nothing yet, in
/// milliseconds. They are found and owed within a minute if nothing but a crash came between.
const LOOK_BACK_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Orders and refunds of one turn.
const AT_ONCE: i64 = 500;

/// Ends the payment of one cancelled order.
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
    if !was_charged(db, provider.as_ref(), now, order_id).await? {
        return Ok(());
    }
    if let Some(refund_id) = owe_the_rest(db, now, order_id).await? {
        pay_back(db, payments, now, &refund_id).await?;
    }
    Ok(())
}

/// Whether there is money to return. A provider that has not charged never will from here on.
async fn was_charged(
    db: &Store,
    provider: &dyn PaymentProvider,
    now: i64,
    order_id: &str,
) -> Result<bool> {
    let row = sqlx::query("SELECT payment_status FROM orders WHERE id = $1")
        .bind(order_id)
        .fetch_one(db.reader())
        .await?;
    match row.read::<PaymentStatus>("payment_status")? {
        PaymentStatus::Captured => return Ok(true),
        PaymentStatus::Pending | PaymentStatus::Authorised => {}
        // Of one that is disputed, the provider gives it back.
        PaymentStatus::Due
        | PaymentStatus::Declined
        | PaymentStatus::Voided
        | PaymentStatus::Disputed
        | PaymentStatus::Refunded => return Ok(false),
    }
    let (status, reference) = match provider.abandon(order_id).await? {
        Some(Charge::Captured { reference }) => (PaymentStatus::Captured, reference),
        Some(Charge::Due | Charge::Awaited | Charge::Declined { .. }) | None => {
            (PaymentStatus::Voided, String::new())
        }
    };
    let mut tx = db.begin().await?;
    sqlx::query(
        "UPDATE orders SET payment_status = $1, \
         captured_minor = CASE WHEN $1 = 'captured' THEN total_minor ELSE captured_minor END \
         WHERE id = $2 AND payment_status IN ('pending', 'authorised')",
    )
    .bind(status.as_str())
    .bind(order_id)
    .execute(&mut *tx)
    .await?;
    attempts::end(&mut tx, now, order_id, status, &reference).await?;
    tx.commit().await?;
    Ok(status == PaymentStatus::Captured)
}

/// Writes down that a cancelled order gets back what it paid, unless that was done before.
/// Returns the refund that is owed.
async fn owe_the_rest(db: &Store, now: i64, order_id: &str) -> Result<Option<String>> {
    let mut tx = db.begin().await?;
    step::lock(&mut tx, db.dialect(), order_id).await?;
    let before = sqlx::query(
        "SELECT id, status FROM refunds WHERE order_id = $1 AND cause = 'cancellation'",
    )
    .bind(order_id)
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(before) = before {
        return Ok(match before.read::<RefundStatus>("status")? {
            RefundStatus::Owed => Some(before.text("id")?),
            RefundStatus::Returned
            | RefundStatus::ByHand
            | RefundStatus::PaidBack
            | RefundStatus::Waived => None,
        });
    }
    let id = new_id();
    // An order that is refunded in part cannot be cancelled, so this is all of it.
    let amount_minor = sqlx::query(
        "INSERT INTO refunds (id, order_id, number, cause, status, amount_minor, shipping_minor, created_at) \
         SELECT $1, o.id, 1, $2, $3, o.captured_minor, o.shipping_minor, $4 \
         FROM orders o WHERE o.id = $5 RETURNING amount_minor",
    )
    .bind(&id)
    .bind(RefundCause::Cancellation.as_str())
    .bind(RefundStatus::Owed.as_str())
    .bind(now)
    .bind(order_id)
    .fetch_one(&mut *tx)
    .await?
    .int("amount_minor")?;
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
    tx.commit().await?;
    Ok(Some(id))
}

/// A refund that is to be paid back.
struct Owed {
    order_id: String,
    cause: RefundCause,
    amount_minor: i64,
    payment_method: String,
}

from_row!(Owed {
    order_id,
    cause,
    amount_minor,
    payment_method,
});

/// Pays back a refund that is owed. Its id is the provider's idempotency key.
pub async fn pay_back(db: &Store, payments: &Payments, now: i64, refund_id: &str) -> Result<()> {
    let owed: Option<Owed> = sqlx::query(
        "SELECT r.order_id, r.cause, r.amount_minor, o.payment_method FROM refunds r \
         JOIN orders o ON o.id = r.order_id WHERE r.id = $1 AND r.status = 'owed'",
    )
    .bind(refund_id)
    .fetch_optional(db.reader())
    .await?
    .as_ref()
    .map(Owed::from_row)
    .transpose()?;
    let Some(Owed {
        order_id,
        cause,
        amount_minor,
        payment_method: method,
    }) = owed
    else {
        return Ok(());
    };
    let provider = payments
        .by_method(&method)
        .ok_or_else(|| Error::Invariant(format!("there is no payment provider {method:?}")))?;
    // Of nothing there is nothing to send.
    let sent = match amount_minor {
        0 => Refunded::Sent,
        _ => provider.refund(&order_id, refund_id, amount_minor).await?,
    };
    let (status, how) = match sent {
        Refunded::Sent => (RefundStatus::Returned, Payback::Sent),
        Refunded::ByHand => (RefundStatus::ByHand, Payback::ByHand),
    };
    let mut tx = db.begin().await?;
    step::lock(&mut tx, db.dialect(), &order_id).await?;
    let noted = sqlx::query(
        "UPDATE refunds SET status = $1, settled_at = $2 WHERE id = $3 AND status = 'owed'",
    )
    .bind(status.as_str())
    .bind(now)
    .bind(refund_id)
    .execute(&mut *tx)
    .await?
    .rows_affected();
    // Of a cancellation the shopper has heard already.
    if noted > 0 && cause == RefundCause::Staff {
        let mail = Mail::OrderRefunded {
            order_id: order_id.clone(),
            refund_id: refund_id.to_owned(),
            amount_minor,
            how,
        };
        queue(&mut tx, db.dialect(), now, &mail).await?;
    }
    end_payment(&mut tx, now, &order_id).await?;
    tx.commit().await?;
    Ok(())
}

/// A payment ends as `refunded` once all of it is back with the shopper.
pub async fn end_payment(tx: &mut Tx, now: i64, order_id: &str) -> Result<()> {
    sqlx::query(
        "UPDATE orders SET payment_status = 'refunded' WHERE id = $1 \
         AND payment_status = 'captured' AND refunded_minor = total_minor AND NOT EXISTS \
         (SELECT 1 FROM refunds r WHERE r.order_id = orders.id \
         AND r.status IN ('owed', 'by_hand'))",
    )
    .bind(order_id)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "UPDATE payment_attempts SET status = 'refunded', updated_at = $1 WHERE order_id = $2 \
         AND status = 'captured' AND EXISTS (SELECT 1 FROM orders o \
         WHERE o.id = $2 AND o.payment_status = 'refunded')",
    )
    .bind(now)
    .bind(order_id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends the payments of all cancelled orders that are owed it, and pays back refunds that are owed.
pub async fn settle_owed(db: &Store, payments: &Payments, now: i64) -> Result<()> {
    // CROSS JOIN makes SQLite begin with the few that are unclear.
    let unclear = "SELECT o.id, o.payment_method FROM payment_attempts p \
        CROSS JOIN orders o WHERE o.id = p.order_id \
        AND p.status = 'pending' AND o.status = 'cancelled' ORDER BY p.updated_at LIMIT $1";
    let unclear = sqlx::query(unclear).bind(AT_ONCE);
    let mut cancelled = unclear.fetch_all(db.reader()).await?;
    let captured = "SELECT o.id, o.payment_method FROM orders o \
        WHERE o.payment_status = 'captured' AND o.status = 'cancelled' AND o.updated_at > $1 \
        AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.order_id = o.id \
        AND r.cause = 'cancellation') ORDER BY o.updated_at LIMIT $2";
    let captured = sqlx::query(captured).bind(now - LOOK_BACK_MS).bind(AT_ONCE);
    cancelled.extend(captured.fetch_all(db.reader()).await?);
    for row in cancelled {
        let Payable { id, payment_method } = Payable::from_row(&row)?;
        // One that fails keeps no other from its money.
        if let Err(error) = settle_cancelled(db, payments, now, &id, &payment_method).await {
            tracing::error!(%error, order = %id, "a refund is owed and will be retried");
            let last = "UPDATE payment_attempts SET updated_at = $1 WHERE order_id = $2 AND status = 'pending'";
            note_failure(db, now, last, &id).await?;
        }
    }
    let owed =
        "SELECT id FROM refunds WHERE status = 'owed' ORDER BY tried_at, created_at LIMIT $1";
    for row in sqlx::query(owed)
        .bind(AT_ONCE)
        .fetch_all(db.reader())
        .await?
    {
        let id = row.text("id")?;
        if let Err(error) = pay_back(db, payments, now, &id).await {
            tracing::error!(%error, refund = %id, "a refund is owed and will be retried");
            let last = "UPDATE refunds SET tried_at = $1 WHERE id = $2 AND status = 'owed'";
            note_failure(db, now, last, &id).await?;
        }
    }
    Ok(())
}

/// Lets others go first the next time.
async fn note_failure(db: &Store, now: i64, statement: &'static str, id: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query(statement)
        .bind(now)
        .bind(id)
        .execute(&mut *tx)
        .await?;
    tx.commit().await.map_err(Error::from)
}
