//! Sending the money of a refund back, and what became of that. It is tried at once and then by `owed`; each
//! step is safe to repeat. What the provider refuses for good is someone's to pay back: see `failed`.

use app::orders::payment::RefundStatus;

use crate::{
    db::{Dialect, Sql, Tx, from_row},
    error::{Error, Result},
    orders::{
        attempts,
        disputes::DisputeStates,
        refund::failed::{self, FIRST_LOOK_MS, Failed, Left, leave_to_hand},
        step,
        words::RefundCause,
    },
    outbox::{Mail, Payback, queue},
    payment::{PaymentProvider, Payments, Refunded, port::RefundFault},
    store::Store,
};

/// A refund that is to be paid back.
struct Owed {
    id: String,
    order_id: String,
    cause: RefundCause,
    amount_minor: i64,
    payment_method: String,
}

from_row!(Owed {
    id,
    order_id,
    cause,
    amount_minor,
    payment_method,
});

const OWED: &str = "SELECT r.id, r.order_id, r.cause, r.amount_minor, o.payment_method FROM refunds r \
    JOIN orders o ON o.id = r.order_id WHERE r.status = 'owed'";

/// What a provider has done about a refund that it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    /// It may still fail before it has arrived.
    Pending,
    Sent,
    LeftToHand,
}

/// Pays back a refund that is owed. Its id is the provider's idempotency key. While a bank has the money,
/// the refund waits: it is decided there whether anything is left to send.
pub async fn pay_back(db: &Store, payments: &Payments, now: i64, refund_id: &str) -> Result<()> {
    let Some(owed) = owed(db, refund_id).await? else {
        return Ok(());
    };
    let mut connection = db.reader().acquire().await?;
    let states = DisputeStates::of(&mut connection, &owed.order_id).await?;
    drop(connection);
    if states.is_taken() && owed.amount_minor > 0 {
        return note_sent(db, payments, now, &owed.order_id).await;
    }
    let method = &owed.payment_method;
    let provider = payments
        .by_method(method)
        .ok_or_else(|| Error::Invariant(format!("there is no payment provider {method:?}")))?;
    // What went back at the provider itself does not go back once more.
    if owed.amount_minor > 0 {
        failed::look(db, payments, now, &owed.order_id, None).await?;
    }
    let Some(owed) = self::owed(db, refund_id).await? else {
        return Ok(());
    };
    // Of nothing there is nothing to send.
    let sent = match owed.amount_minor {
        0 => Refunded::Sent,
        amount_minor => {
            let sent = provider.refund(&owed.order_id, refund_id, amount_minor);
            sent.await?
        }
    };
    let done = match sent {
        Refunded::Pending => Done::Pending,
        Refunded::Sent => Done::Sent,
        Refunded::ByHand => Done::LeftToHand,
        Refunded::Failed(fault) => {
            // Perhaps because it has just been made there.
            failed::look(db, payments, now, &owed.order_id, None).await?;
            return match self::owed(db, refund_id).await? {
                Some(now_owed) if now_owed.amount_minor == owed.amount_minor => {
                    note_failed(db, now, &owed, &fault).await
                }
                // The rest of it is sent at the next try.
                Some(_) | None => Ok(()),
            };
        }
    };
    note_done(db, provider.as_ref(), now, &owed, done).await
}

async fn owed(db: &Store, refund_id: &str) -> Result<Option<Owed>> {
    let mut owed = Sql::new(OWED);
    owed.push(" AND r.id = ").text(refund_id);
    owed.fetch_optional_as(db.reader()).await
}

/// Notes which of the refunds of an order were sent although the answer was lost. To be asked before it is
/// noted what a bank says: that decides who pays what was not sent, and the provider sends nothing any more.
/// Safe to repeat.
pub async fn note_sent(db: &Store, payments: &Payments, now: i64, order_id: &str) -> Result<()> {
    let mut owed = Sql::new(OWED);
    owed.push(" AND r.order_id = ").text(order_id);
    owed.push(" AND r.amount_minor > 0 ORDER BY r.number");
    let owed: Vec<Owed> = owed.fetch_all_as(db.reader()).await?;
    for owed in owed {
        let Some(provider) = payments.by_method(&owed.payment_method) else {
            continue;
        };
        match provider.refund_sent(order_id, &owed.id).await? {
            Some(Refunded::Pending) => {
                note_done(db, provider.as_ref(), now, &owed, Done::Pending).await?;
            }
            Some(Refunded::Sent) => {
                note_done(db, provider.as_ref(), now, &owed, Done::Sent).await?;
            }
            // One that has failed stays with the bank, and is found again once it may be sent.
            Some(Refunded::Failed(_) | Refunded::ByHand) | None => {}
        }
    }
    Ok(())
}

async fn note_failed(db: &Store, now: i64, owed: &Owed, fault: &RefundFault) -> Result<()> {
    let mut tx = db.begin().await?;
    step::lock(&mut tx, db.dialect(), &owed.order_id).await?;
    let failed = Failed {
        order_id: &owed.order_id,
        refund_id: &owed.id,
        from: RefundStatus::Owed,
        fault,
    };
    let left = leave_to_hand(&mut tx, db.dialect(), now, &failed).await?;
    if left == Left::ToHand {
        mail(&mut tx, db.dialect(), now, owed, Payback::ByHand).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn note_done(
    db: &Store,
    provider: &dyn PaymentProvider,
    now: i64,
    owed: &Owed,
    done: Done,
) -> Result<()> {
    let (status, how, settled_at) = match done {
        Done::Pending => (RefundStatus::Pending, Payback::Sent, None),
        Done::Sent => (RefundStatus::Returned, Payback::Sent, Some(now)),
        Done::LeftToHand => (RefundStatus::ByHand, Payback::ByHand, Some(now)),
    };
    let is_sent = done != Done::LeftToHand;
    // Only who keeps books of their own can tell later that it has failed.
    let can_tell = is_sent && provider.provider().is_some();
    let look_at = (can_tell && owed.amount_minor > 0).then_some(now + FIRST_LOOK_MS);
    let mut tx = db.begin().await?;
    step::lock(&mut tx, db.dialect(), &owed.order_id).await?;
    // A bank may have had its say meanwhile, as if nothing had been sent. One that has a fault is known
    // to have failed, and stays.
    let noted = sqlx::query(
        "UPDATE refunds SET status = $1, settled_at = $2, look_at = $3, by_bank_minor = 0 \
         WHERE id = $4 AND (status = 'owed' OR \
         ($1 IN ('pending', 'returned') AND fault = '' AND status IN ('by_bank', 'by_hand')))",
    )
    .bind(status.as_str())
    .bind(settled_at)
    .bind(look_at)
    .bind(&owed.id)
    .execute(&mut *tx)
    .await?
    .rows_affected();
    if noted > 0 {
        mail(&mut tx, db.dialect(), now, owed, how).await?;
    } else if is_sent && is_paid_by_hand(&mut tx, &owed.id).await? {
        tracing::error!(refund = %owed.id, order = %owed.order_id, "a refund was paid by hand and sent, too");
    }
    attempts::note_pending(&mut tx, now, &owed.order_id).await?;
    end_payment(&mut tx, now, &owed.order_id).await?;
    tx.commit().await?;
    Ok(())
}

async fn is_paid_by_hand(tx: &mut Tx, refund_id: &str) -> Result<bool> {
    let paid = "SELECT id FROM refunds WHERE id = $1 AND status = 'paid_back'";
    let paid = sqlx::query(paid).bind(refund_id);
    Ok(paid.fetch_optional(&mut **tx).await?.is_some())
}

/// Tells the shopper how a refund goes back. Of a cancellation they have heard already.
async fn mail(tx: &mut Tx, dialect: Dialect, now: i64, owed: &Owed, how: Payback) -> Result<()> {
    match owed.cause {
        RefundCause::Staff | RefundCause::Provider => {}
        RefundCause::Cancellation => return Ok(()),
    }
    let mail = Mail::OrderRefunded {
        order_id: owed.order_id.clone(),
        refund_id: owed.id.clone(),
        amount_minor: owed.amount_minor,
        how,
    };
    queue(tx, dialect, now, &mail).await
}

/// A payment ends as `refunded` once all of it is back with the shopper.
pub async fn end_payment(tx: &mut Tx, now: i64, order_id: &str) -> Result<()> {
    sqlx::query(
        "UPDATE orders SET payment_status = 'refunded' WHERE id = $1 \
         AND payment_status = 'captured' AND refunded_minor = total_minor AND NOT EXISTS \
         (SELECT 1 FROM refunds r WHERE r.order_id = orders.id \
         AND r.status IN ('owed', 'pending', 'by_hand'))",
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
