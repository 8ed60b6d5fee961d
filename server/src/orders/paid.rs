//! An order that is paid for: one by one, and with [many others](PaymentNotes).

mod notes;
mod turns;

use app::orders::payment::PaymentStatus;

use super::{
    attempts,
    money::{Whereabouts, count},
    owner, step,
};
use crate::{
    db::{Dialect, Sql, Tx},
    error::{Error, Result},
    outbox::{Mail, Trouble, queue},
    payment::{
        Charge,
        events::{Effect, Event},
    },
    store::Store,
};

pub use notes::PaymentNotes;

/// Takes the step of an order that is paid for, with all that goes with it. `false` if it does not wait
/// for that.
pub(super) async fn settle(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    order_id: &str,
    status: PaymentStatus,
    reference: &str,
) -> Result<bool> {
    step::lock_cart(tx, dialect, order_id).await?;
    if !step::take_paid(tx, now, order_id, status).await? {
        return Ok(false);
    }
    if status == PaymentStatus::Captured {
        attempts::end(tx, now, order_id, status, reference).await?;
    }
    // Unless the shopper is at the next checkout already.
    sqlx::query(
        "UPDATE carts SET checkout_key = NULL, draft = NULL, draft_at = NULL \
         WHERE id = (SELECT o.cart_id FROM orders o WHERE o.id = $1) \
         AND draft_at <= (SELECT o.created_at FROM orders o WHERE o.id = $1)",
    )
    .bind(order_id)
    .execute(&mut **tx)
    .await?;
    let mail = Mail::OrderConfirmation {
        order_id: order_id.to_owned(),
    };
    queue(tx, dialect, now, &mail).await?;
    Ok(true)
}

/// What was found when an order's payment came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaidOutcome {
    Paid,
    /// The order was cancelled before; the money has to go back.
    Cancelled,
}

/// Notes a payment. Noting it twice is the same as once.
pub async fn mark_paid(
    db: &Store,
    now: i64,
    order_id: &str,
    charge: &Charge,
) -> Result<PaidOutcome> {
    mark_paid_by(db, now, order_id, charge, None).await
}

/// What is noted of a charge, and what its provider calls it; nothing of one that was declined.
fn noted<'a>(order_id: &str, charge: &'a Charge) -> Result<Option<(PaymentStatus, &'a str)>> {
    match charge {
        Charge::Captured { reference } => Ok(Some((PaymentStatus::Captured, reference))),
        Charge::Due => Ok(Some((PaymentStatus::Due, ""))),
        Charge::Declined { .. } => Ok(None),
        Charge::Awaited => Err(Error::Invariant(format!(
            "order {order_id} is not paid for yet"
        ))),
    }
}

/// The same with the provider's event that told of it, which is kept in the same transaction.
pub async fn mark_paid_by(
    db: &Store,
    now: i64,
    order_id: &str,
    charge: &Charge,
    event: Option<Event<'_>>,
) -> Result<PaidOutcome> {
    let Some((status, reference)) = noted(order_id, charge)? else {
        return Ok(PaidOutcome::Cancelled);
    };
    let mut tx = db.begin().await?;
    let settled = settle(&mut tx, db.dialect(), now, order_id, status, reference).await?;
    // After the order's row, as where many are noted.
    if let Some(event) = event {
        event
            .keep(&mut tx, now, Some(order_id), Effect::Settled)
            .await?;
    }
    if settled {
        tx.commit().await?;
        if status == PaymentStatus::Captured {
            count(Whereabouts::Received, 1);
        }
        return Ok(PaidOutcome::Paid);
    }
    let cancelled = sqlx::query("SELECT 1 AS n FROM orders WHERE id = $1 AND status = 'cancelled'")
        .bind(order_id)
        .fetch_optional(&mut *tx)
        .await?
        .is_some();
    if cancelled && status == PaymentStatus::Captured {
        tell_late(&mut tx, db.dialect(), now, order_id, reference).await?;
    }
    tx.commit().await?;
    Ok(if cancelled {
        PaidOutcome::Cancelled
    } else {
        PaidOutcome::Paid
    })
}

/// What came after the order had ended is noted by the first who finds it, and told with that.
pub(super) async fn tell_late(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    order_id: &str,
    reference: &str,
) -> Result<()> {
    if !attempts::came_late(tx, now, order_id, reference).await? {
        return Ok(());
    }
    let mut sql = Sql::new("SELECT total_minor FROM orders WHERE id = ");
    sql.text(order_id);
    let total = sql.fetch_value(&mut **tx).await?;
    owner::tell(tx, dialect, now, order_id, total, &Trouble::CameLate).await
}
