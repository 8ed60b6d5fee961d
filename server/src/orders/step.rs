//! The one place where the status of an order changes.

use app::{
    error::{ShopError, ShopResult},
    orders::{
        payment::PaymentStatus,
        steps::Transition,
        types::{CancelReason, EventKind, OrderStatus},
    },
};

use super::events::{self, Event};
use crate::{
    db::{Dialect, Sql, Tx, unindexed},
    error::Result,
    store::Store,
};

/// Locks an order for the transaction and tells its status; `None` if there is no such order.
pub async fn lock(tx: &mut Tx, dialect: Dialect, order_id: &str) -> Result<Option<OrderStatus>> {
    let mut sql = Sql::new("SELECT status FROM orders WHERE id = ");
    sql.text(order_id).push(dialect.for_update());
    sql.fetch_optional_value(&mut **tx).await
}

/// Locks the cart that an order came from, if it is there still. What writes to both locks it before the order:
/// carts, orders, variants.
pub async fn lock_cart(tx: &mut Tx, dialect: Dialect, order_id: &str) -> Result<()> {
    let mut sql =
        Sql::new("SELECT id FROM carts WHERE id = (SELECT cart_id FROM orders WHERE id = ");
    sql.text(order_id).push(")").push(dialect.for_update());
    sql.fetch_optional(&mut **tx).await?;
    Ok(())
}

/// The same of several orders, in the order of the carts' ids.
pub fn locking_carts<T: AsRef<str>>(
    dialect: Dialect,
    order_ids: impl IntoIterator<Item = T>,
) -> Sql {
    let mut sql = Sql::new("SELECT id FROM carts WHERE id IN (SELECT cart_id FROM orders WHERE id");
    sql.among(dialect, order_ids)
        .push(") ORDER BY id")
        .push(dialect.for_update());
    sql
}

/// Begins a transaction with the order locked, and tells its status; refused if there is no such
/// order.
pub async fn locked(db: &Store, order_id: &str) -> ShopResult<(Tx, OrderStatus)> {
    let mut tx = db.begin().await?;
    match lock(&mut tx, db.dialect(), order_id).await? {
        Some(status) => Ok((tx, status)),
        None => Err(ShopError::not_found()),
    }
}

/// Takes a step and notes it in the time line. `false` if the order is not where the step begins:
/// of several who try, one gets `true`.
pub async fn take(
    tx: &mut Tx,
    now: i64,
    order_id: &str,
    step: Transition,
    actor: Option<&str>,
) -> Result<bool> {
    take_with(tx, now, order_id, step, actor, None).await
}

/// The step of an order that is paid for, with what became of its payment.
pub async fn take_paid(
    tx: &mut Tx,
    now: i64,
    order_id: &str,
    payment: PaymentStatus,
) -> Result<bool> {
    take_with(tx, now, order_id, Transition::Pay, None, Some(payment)).await
}

/// The statement of a step for many orders, which are locked and where it begins: it changes as many rows as there are
/// orders. Nothing is joined, so that nothing is compared with each of them. `more` sets what else changes.
fn taking<'a>(
    dialect: Dialect,
    now: i64,
    step: Transition,
    order_ids: impl IntoIterator<Item = &'a str>,
    more: impl FnOnce(&mut Sql),
) -> Sql {
    let mut sql = Sql::new("UPDATE orders SET status = ");
    sql.text(step.to().as_str())
        .push(", updated_at = ")
        .int(now);
    more(&mut sql);
    sql.push(concat!(" WHERE ", unindexed!("status"), " = "))
        .text(step.from().as_str())
        .push(" AND id")
        .among(dialect, order_ids);
    sql
}

/// The statement of this step for many orders that are paid for in one way, which are locked and where it begins.
pub fn taking_paid<'a>(
    dialect: Dialect,
    now: i64,
    payment: PaymentStatus,
    order_ids: impl IntoIterator<Item = &'a str>,
) -> Sql {
    taking(dialect, now, Transition::Pay, order_ids, |sql| {
        sql.push(", payment_status = ").text(payment.as_str());
        if payment == PaymentStatus::Captured {
            sql.push(", captured_minor = total_minor");
        }
    })
}

/// The statement that notes this step in the time lines of these orders.
pub fn noting_paid<'a>(
    dialect: Dialect,
    now: i64,
    order_ids: impl Iterator<Item = &'a str> + Clone,
) -> Option<Sql> {
    let kind = event_of(Transition::Pay)?;
    Some(events::recording(dialect, now, order_ids, kind, None))
}

/// The statement that cancels many orders for one reason, which are locked and where the step begins. A payment whose outcome
/// was not known becomes `unclear`, and what is due is not any more.
pub fn taking_cancelled<'a>(
    dialect: Dialect,
    now: i64,
    step: Transition,
    reason: CancelReason,
    unclear: PaymentStatus,
    order_ids: impl IntoIterator<Item = &'a str>,
) -> Sql {
    taking(dialect, now, step, order_ids, |sql| {
        sql.push(", cancel_reason = ")
            .text(reason.as_str())
            .push(", payment_status = CASE WHEN payment_status = 'due' THEN ")
            .text(PaymentStatus::Voided.as_str())
            .push(" WHEN payment_status = 'pending' THEN ")
            .text(unclear.as_str())
            .push(" ELSE payment_status END");
    })
}

/// The statement that notes in the time lines of these orders that they are cancelled.
pub fn noting_cancelled<'a>(
    dialect: Dialect,
    now: i64,
    order_ids: impl Iterator<Item = &'a str> + Clone,
    actor: Option<&str>,
) -> Sql {
    events::recording(dialect, now, order_ids, EventKind::Cancelled, actor)
}

/// The step of an order that its customer confirms, if the time for it is not over: of this and the
/// end of that time, one statement decides.
pub async fn take_confirmed(
    tx: &mut Tx,
    now: i64,
    order_id: &str,
    step: Transition,
) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE orders SET status = $1, updated_at = $2 \
         WHERE id = $3 AND status = $4 AND confirm_by > $2",
    )
    .bind(step.to().as_str())
    .bind(now)
    .bind(order_id)
    .bind(step.from().as_str())
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if changed > 0 {
        note(tx, now, order_id, step, None).await?;
    }
    Ok(changed > 0)
}

async fn take_with(
    tx: &mut Tx,
    now: i64,
    order_id: &str,
    step: Transition,
    actor: Option<&str>,
    payment: Option<PaymentStatus>,
) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE orders SET status = $1, updated_at = $2, \
         payment_status = COALESCE($3, payment_status), \
         captured_minor = CASE WHEN $3 = 'captured' THEN total_minor ELSE captured_minor END \
         WHERE id = $4 AND status = $5",
    )
    .bind(step.to().as_str())
    .bind(now)
    .bind(payment.map(PaymentStatus::as_str))
    .bind(order_id)
    .bind(step.from().as_str())
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if changed > 0 {
        note(tx, now, order_id, step, actor).await?;
    }
    Ok(changed > 0)
}

/// Records a step that was taken in the order's time line.
async fn note(
    tx: &mut Tx,
    now: i64,
    order_id: &str,
    step: Transition,
    actor: Option<&str>,
) -> Result<()> {
    if let Some(kind) = event_of(step) {
        let event = Event {
            actor,
            ..Event::new(kind)
        };
        events::record(tx, now, order_id, &event).await?;
    }
    Ok(())
}

/// The line a step leaves in the time line.
const fn event_of(step: Transition) -> Option<EventKind> {
    Some(match step.to() {
        // No step leads there.
        OrderStatus::AwaitingConfirmation => return None,
        OrderStatus::PendingPayment => EventKind::Confirmed,
        OrderStatus::Paid => EventKind::Paid,
        OrderStatus::Packed => EventKind::Packed,
        OrderStatus::Shipped => EventKind::Shipped,
        OrderStatus::Delivered => EventKind::Delivered,
        OrderStatus::Cancelled => EventKind::Cancelled,
        OrderStatus::Refunded => EventKind::Refunded,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        db::explain::Planner,
        orders::attempts::{Captured, capturing, giving_up},
    };

    #[tokio::test]
    async fn orders_that_are_paid_and_their_attempts_are_looked_up_one_by_one() {
        let planner = Planner::new().await;
        let dialect = planner.db.dialect();
        let step = taking_paid(dialect, 0, PaymentStatus::Captured, ["one", "two"]);
        let index = "SEARCH orders USING INDEX sqlite_autoindex_orders_1 (id=?)";
        planner.by_index(step, index).await;
        let captured = ["one", "two"].map(|order_id| Captured {
            order_id,
            reference: "",
        });
        let ended = capturing(dialect, 0, captured.into_iter());
        planner.begins_with_given(ended, "payment_attempts").await;
        planner.db.close().await;
    }

    #[tokio::test]
    async fn orders_that_are_cancelled_and_their_attempts_are_looked_up_one_by_one() {
        let planner = Planner::new().await;
        let dialect = planner.db.dialect();
        let (step, reason) = (Transition::CancelUnpaid, CancelReason::Declined);
        let unclear = PaymentStatus::Declined;
        let step = taking_cancelled(dialect, 0, step, reason, unclear, ["one", "two"]);
        let index = "SEARCH orders USING INDEX sqlite_autoindex_orders_1 (id=?)";
        planner.by_index(step, index).await;
        let ended = giving_up(dialect, 0, ["one", "two"]);
        planner.by_index(ended, "(order_id=?)").await;
        planner.db.close().await;
    }
}
