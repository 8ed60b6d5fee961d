//! Cancelling: the order's units go back to stock exactly once.

mod ending;
mod restoring;
mod together;

use std::collections::{BTreeMap, BTreeSet};

use app::orders::{payment::PaymentStatus, steps::Transition, types::CancelReason};

use super::{
    give_back::{Cause, lock_variants_of, put_on_shelf, show},
    step,
};
use crate::{
    admission::uses,
    buyer_limits::back as limits,
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
    store::{ChangeSet, Committed, Store},
};

use ending::end;
use restoring::restore;
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

/// How an order is cancelled, and what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cancelling {
    /// Steps that will do, whichever the order's status allows.
    steps: &'static [Transition],
    reason: CancelReason,
    restore: Restore,
}

impl Cancelling {
    /// Nobody has confirmed it.
    const UNCONFIRMED: Self = Self {
        steps: &[Transition::CancelUnconfirmed],
        reason: CancelReason::Unconfirmed,
        restore: Restore::Nothing,
    };

    /// Its shopper does not want it any more.
    const BY_SHOPPER: Self = Self {
        steps: &BEFORE_PACKING,
        reason: CancelReason::Shopper,
        restore: Restore::Nothing,
    };

    const fn unpaid(reason: CancelReason, restore: Restore) -> Self {
        Self {
            steps: &[Transition::CancelUnpaid],
            reason,
            restore,
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
    let how = Cancelling::unpaid(reason, restore);
    cancel(db, now, order_id, how, None).await
}

/// Cancels an order that is not packed. Tells whether this call did it.
pub async fn cancel_by_staff(db: &Store, now: i64, order_id: &str, actor: &str) -> Result<bool> {
    let how = Cancelling {
        steps: &BEFORE_PACKING,
        reason: CancelReason::Staff,
        restore: Restore::Nothing,
    };
    let cancelled = cancel(db, now, order_id, how, Some(actor)).await?;
    Ok(cancelled.is_some())
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
    how: Cancelling,
    actor: Option<&str>,
) -> Result<Option<Committed>> {
    let orders = BTreeMap::from([(order_id, how)]);
    let cancelled = cancel_all(db, now, &orders, actor).await?;
    Ok(cancelled.map(|cancelled| cancelled.committed))
}

/// Orders that were cancelled in one transaction.
struct Cancelled {
    order_ids: BTreeSet<String>,
    committed: Committed,
}

/// Cancels those of these orders that can be cancelled so, and leaves the others as they are. `None` if it is none of them:
/// then nothing was written. Its statements are as many for one order as for all.
async fn cancel_all(
    db: &Store,
    now: i64,
    orders: &BTreeMap<&str, Cancelling>,
    actor: Option<&str>,
) -> Result<Option<Cancelled>> {
    let dialect = db.dialect();
    let mut tx = db.begin().await?;
    // The same order of locks as in placing: carts, orders, variants.
    let carts = step::locking_carts(dialect, orders.keys());
    carts.fetch_all(&mut *tx).await?;
    let ended = end(&mut tx, dialect, now, orders, actor).await?;
    if ended.is_empty() {
        tx.rollback().await?;
        return Ok(None);
    }
    let mut changes = ChangeSet::default();
    for token_hash in restore(&mut tx, dialect, now, &ended).await? {
        changes.cart(&token_hash);
    }
    // What others wait for comes last, and is kept for as little as can be.
    let ids: Vec<&str> = ended.iter().map(|order| order.id.as_str()).collect();
    lock_variants_of(&mut tx, dialect, ids.iter().copied()).await?;
    let held = held_by(&mut tx, dialect, ids.iter().copied()).await?;
    let cause = Cause::Cancellation;
    put_on_shelf(&mut tx, dialect, now, actor, cause, &held, &mut changes).await?;
    show(&mut tx, dialect, &changes).await?;
    limits::give_back(&mut tx, dialect, ids.iter().copied()).await?;
    uses::give_back(&mut tx, dialect, ids).await?;
    let committed = changes.commit(tx, db).await?;
    Ok(Some(Cancelled {
        order_ids: ended.into_iter().map(|order| order.id).collect(),
        committed,
    }))
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
