//! Orders that are given up at the same moment are ended in one transaction: they keep the rows of a product that
//! everybody wants for one flush, and no longer than it takes to put their units back.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use app::orders::types::CancelReason;
use async_trait::async_trait;

use super::{Cancelling, Restore, cancel, end, held_by, limits, restore};
use crate::{
    admission::uses,
    clock::Clock,
    error::Result,
    orders::{
        give_back::{Cause, lock_variants_of, put_on_shelf, show},
        step,
    },
    store::{ChangeSet, Store},
    together::{ALONE, Together, Work},
};

/// Ends orders that were not paid for, that nobody has confirmed, or that their shoppers do not want any more.
#[derive(Clone)]
pub struct Cancellations(Together<Ending>);

struct Ending {
    db: Store,
    clock: Arc<dyn Clock>,
}

#[derive(Debug, Clone)]
struct GivenUp {
    order_id: String,
    how: Cancelling<'static>,
}

impl Cancellations {
    /// So many are ended in one transaction: each takes some statements of its own, while carts and orders of all are
    /// locked.
    pub const MOST: usize = 32;

    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self(Together::new(Ending { db, clock }))
    }

    /// Cancels an order as [`cancel_unpaid`](super::cancel_unpaid) does, with all others of this moment. Tells whether
    /// this call did it.
    pub async fn cancel_unpaid(
        &self,
        order_id: &str,
        reason: CancelReason,
        restore: Restore,
    ) -> Result<bool> {
        self.end(order_id, Cancelling::unpaid(reason, restore))
            .await
    }

    /// Ends an order that nobody has confirmed, with all others of this moment. Tells whether this call did it.
    pub async fn cancel_unconfirmed(&self, order_id: &str) -> Result<bool> {
        self.end(order_id, Cancelling::UNCONFIRMED).await
    }

    /// Cancels an order that is not packed for the one who placed it, with all others of this moment; whether it is theirs,
    /// the caller knows. Tells whether this call did it.
    pub async fn cancel_by_shopper(&self, order_id: &str) -> Result<bool> {
        self.end(order_id, Cancelling::BY_SHOPPER).await
    }

    async fn end(&self, order_id: &str, how: Cancelling<'static>) -> Result<bool> {
        let order_id = order_id.to_owned();
        self.0.ask(GivenUp { order_id, how }).await
    }
}

#[async_trait]
impl Work for Ending {
    type Request = GivenUp;
    type Answer = bool;

    const MOST: usize = Cancellations::MOST;
    /// Longer than it may wait for a row.
    const LIMIT: Duration = ALONE;

    async fn all(&self, orders: Vec<GivenUp>) -> Result<Vec<Result<bool>>> {
        // The first who asks for an order does it.
        let mut firsts: BTreeMap<&str, usize> = BTreeMap::new();
        for (nth, given_up) in orders.iter().enumerate() {
            firsts.entry(&given_up.order_id).or_insert(nth);
        }
        let (dialect, now) = (self.db.dialect(), self.clock.now());
        let mut tx = self.db.begin().await?;
        let carts = step::locking_carts(dialect, firsts.keys());
        carts.fetch_all(&mut *tx).await?;
        let mut changes = ChangeSet::default();
        let mut ended = vec![false; orders.len()];
        let mut ids = Vec::new();
        for (order_id, nth) in &firsts {
            let Some(GivenUp { how, .. }) = orders.get(*nth) else {
                continue;
            };
            if !end(&mut tx, dialect, now, order_id, *how).await? {
                continue;
            }
            let restored = restore(&mut tx, dialect, now, order_id, how.restore).await?;
            if let Some(token_hash) = restored {
                changes.cart(&token_hash);
            }
            if let Some(ended) = ended.get_mut(*nth) {
                *ended = true;
            }
            ids.push(*order_id);
        }
        if ids.is_empty() {
            tx.rollback().await?;
            return Ok(ended.into_iter().map(Ok).collect());
        }
        // What others wait for comes last, and is kept for as little as can be.
        lock_variants_of(&mut tx, dialect, ids.iter().copied()).await?;
        let held = held_by(&mut tx, dialect, ids.iter().copied()).await?;
        let cause = Cause::Cancellation;
        put_on_shelf(&mut tx, dialect, now, None, cause, &held, &mut changes).await?;
        show(&mut tx, dialect, &changes).await?;
        limits::give_back_all(&mut tx, dialect, ids.iter().copied()).await?;
        uses::give_back(&mut tx, dialect, ids).await?;
        changes.commit(tx, &self.db).await?;
        Ok(ended.into_iter().map(Ok).collect())
    }

    async fn one(&self, given_up: GivenUp) -> Result<bool> {
        let GivenUp { order_id, how } = given_up;
        let ended = cancel(&self.db, self.clock.now(), &order_id, how).await?;
        Ok(ended.is_some())
    }
}
