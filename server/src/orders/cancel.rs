//! Cancelling: the order's units go back to stock exactly once.

mod together;

use std::collections::BTreeMap;

use app::orders::{payment::PaymentStatus, steps::Transition, types::CancelReason};

use super::{
    give_back::{Cause, give_back, lock_variants_of},
    step, transfers,
};
use crate::{
    admission::uses,
    buyer_limits::back as limits,
    cart::lines::{Line, put_back},
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
    outbox::{Mail, queue},
    store::{ChangeSet, Committed, Store},
};

pub use together::Cancellations;

/// Whether the shopper hears of it by mail. Who was declined has just been told on the page.
const fn is_mailed(reason: CancelReason) -> bool {
    match reason {
        CancelReason::Declined => false,
        CancelReason::Expired
        | CancelReason::Staff
        | CancelReason::Shopper
        | CancelReason::CardLimit
        | CancelReason::Unconfirmed => true,
    }
}

/// What becomes of a payment whose outcome was not known.
const fn unclear_payment(reason: CancelReason) -> PaymentStatus {
    match reason {
        CancelReason::Declined => PaymentStatus::Declined,
        CancelReason::Expired | CancelReason::Unconfirmed | CancelReason::CardLimit => {
            PaymentStatus::Voided
        }
        // It may be charged yet: the provider is asked.
        CancelReason::Staff | CancelReason::Shopper => PaymentStatus::Pending,
    }
}

/// What becomes of what was ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restore {
    /// It goes back into the cart it came from, to be ordered again.
    Cart,
    Nothing,
}

/// Who cancels, and what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cancelling<'a> {
    /// Steps that will do, whichever the order's status allows.
    steps: &'a [Transition],
    reason: CancelReason,
    restore: Restore,
    /// The member of the staff who does it.
    actor: Option<&'a str>,
}

impl Cancelling<'static> {
    /// Nobody has confirmed it.
    const UNCONFIRMED: Self = Self {
        steps: &[Transition::CancelUnconfirmed],
        reason: CancelReason::Unconfirmed,
        restore: Restore::Nothing,
        actor: None,
    };

    /// Its shopper does not want it any more.
    const BY_SHOPPER: Self = Self {
        steps: &BEFORE_PACKING,
        reason: CancelReason::Shopper,
        restore: Restore::Nothing,
        actor: None,
    };

    const fn unpaid(reason: CancelReason, restore: Restore) -> Self {
        Self {
            steps: &[Transition::CancelUnpaid],
            reason,
            restore,
            actor: None,
        }
    }
}

/// Cancels an order that was not paid for. `None` if it is not waiting for its payment (any more).
pub async fn cancel_unpaid(
    db: &Store,
    now: i64,
    order_id: &str,
    reason: CancelReason,
    restore: Restore,
) -> Result<Option<Committed>> {
    cancel(db, now, order_id, Cancelling::unpaid(reason, restore)).await
}

/// Cancels an order that is not packed. Tells whether this call did it.
pub async fn cancel_by_staff(db: &Store, now: i64, order_id: &str, actor: &str) -> Result<bool> {
    let how = Cancelling {
        steps: &BEFORE_PACKING,
        reason: CancelReason::Staff,
        restore: Restore::Nothing,
        actor: Some(actor),
    };
    Ok(cancel(db, now, order_id, how).await?.is_some())
}

const BEFORE_PACKING: [Transition; 3] = [
    Transition::CancelUnconfirmed,
    Transition::CancelUnpaid,
    Transition::CancelPaid,
];

async fn cancel(
    db: &Store,
    now: i64,
    order_id: &str,
    how: Cancelling<'_>,
) -> Result<Option<Committed>> {
    let dialect = db.dialect();
    let mut tx = db.begin().await?;
    // The same order of locks as in placing: cart, then variants.
    step::lock_cart(&mut tx, dialect, order_id).await?;
    if !end(&mut tx, dialect, now, order_id, how).await? {
        tx.rollback().await?;
        return Ok(None);
    }
    let restored = restore(&mut tx, dialect, now, order_id, how.restore).await?;
    let mut changes = give_all_back(&mut tx, dialect, now, order_id, how.actor).await?;
    limits::give_back(&mut tx, order_id).await?;
    uses::give_back(&mut tx, dialect, [order_id]).await?;
    if let Some(token_hash) = restored {
        changes.cart(&token_hash);
    }
    Ok(Some(changes.commit(tx, db).await?))
}

/// Ends an order whose cart is locked, but for what it holds. `false` if it cannot be ended so (any more): then
/// nothing was written.
async fn end(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    order_id: &str,
    how: Cancelling<'_>,
) -> Result<bool> {
    let Cancelling { reason, actor, .. } = how;
    let status = step::lock(tx, dialect, order_id).await?;
    let step = how.steps.iter().find(|step| Some(step.from()) == status);
    let Some(step) = step else {
        return Ok(false);
    };
    // What the staff has refunded in part is ended by refunding the rest.
    let refunded = "SELECT 1 AS n FROM refunds WHERE order_id = $1 AND cause <> 'provider' LIMIT 1";
    let refunded = sqlx::query(refunded)
        .bind(order_id)
        .fetch_optional(&mut **tx)
        .await?;
    if refunded.is_some() || !step::take(tx, now, order_id, *step, actor).await? {
        return Ok(false);
    }
    // What the provider has, or may have, is returned after this commits: see `refund::pay_back`.
    sqlx::query(
        "UPDATE orders SET cancel_reason = $1, \
         payment_status = CASE WHEN payment_status = 'due' THEN $2 \
         WHEN payment_status = 'pending' THEN $3 ELSE payment_status END WHERE id = $4",
    )
    .bind(reason.as_str())
    .bind(PaymentStatus::Voided.as_str())
    .bind(unclear_payment(reason).as_str())
    .bind(order_id)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "UPDATE payment_attempts SET updated_at = $1, \
         voided_at = CASE WHEN (SELECT o.payment_status FROM orders o WHERE o.id = $2) = 'voided' \
         THEN $1 ELSE voided_at END, \
         status = (SELECT o.payment_status FROM orders o WHERE o.id = $2) \
         WHERE order_id = $2 AND status = 'pending'",
    )
    .bind(now)
    .bind(order_id)
    .execute(&mut **tx)
    .await?;
    if *step == Transition::CancelUnpaid {
        transfers::owe_back(tx, order_id).await?;
    }
    if let Some(actor) = actor {
        crate::orders::admin::audit_step(tx, now, actor, order_id, *step).await?;
    }
    if is_mailed(reason) {
        let order_id = order_id.to_owned();
        queue(tx, dialect, now, &Mail::OrderCancelled { order_id }).await?;
    }
    Ok(true)
}

/// Puts what was ordered back into its cart, if that is wanted and the cart is there still. Returns the hash it
/// is known by.
async fn restore(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    order_id: &str,
    restore: Restore,
) -> Result<Option<String>> {
    match restore {
        Restore::Nothing => Ok(None),
        Restore::Cart => {
            let mut sql = Sql::new("SELECT cart_id FROM orders WHERE id = ");
            sql.text(order_id);
            let cart: String = sql.fetch_value(&mut **tx).await?;
            let lines = as_in_a_cart(tx, now, order_id).await?;
            put_back(tx, dialect, &cart, &lines).await
        }
    }
}

/// The lines of an order as they were in its cart.
async fn as_in_a_cart(tx: &mut Tx, now: i64, order_id: &str) -> Result<Vec<Line>> {
    let mut sql =
        Sql::new("SELECT variant_id, quantity, unit_price_minor, title, variant_title, CAST(");
    sql.int(now)
        .push(
            " AS BIGINT) AS added_at FROM order_lines WHERE variant_id IS NOT NULL AND order_id = ",
        )
        .text(order_id)
        .push(" ORDER BY position");
    sql.fetch_all_as(&mut **tx).await
}

/// All that the order still holds, by variant.
async fn give_all_back(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    order_id: &str,
    actor: Option<&str>,
) -> Result<ChangeSet> {
    lock_variants_of(tx, dialect, [order_id]).await?;
    let held = held_by(tx, dialect, [order_id]).await?;
    let units = held.into_values().next().unwrap_or_default();
    give_back(
        tx,
        dialect,
        now,
        order_id,
        actor,
        Cause::Cancellation,
        &units,
    )
    .await
}

/// What orders hold by their lines, by order and variant; the variants are locked.
async fn held_by<'a>(
    tx: &mut Tx,
    dialect: Dialect,
    order_ids: impl IntoIterator<Item = &'a str>,
) -> Result<BTreeMap<String, BTreeMap<String, i64>>> {
    let mut sql = Sql::new("SELECT order_id, variant_id, quantity FROM order_lines WHERE order_id");
    sql.among(dialect, order_ids)
        .push(" AND variant_id IS NOT NULL");
    let lines: Vec<Held> = sql.fetch_all_as(&mut **tx).await?;
    let mut held: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for line in lines {
        let units = held.entry(line.order_id).or_default();
        units.insert(line.variant_id, line.quantity);
    }
    Ok(held)
}

struct Held {
    order_id: String,
    variant_id: String,
    quantity: i64,
}

from_row!(Held {
    order_id,
    variant_id,
    quantity,
});
