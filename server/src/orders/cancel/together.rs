//! Orders that are given up at the same moment are ended in one transaction: they keep the rows of a product that
//! everybody wants for one flush, and no longer than it takes to put their units back.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use app::orders::types::CancelReason;
use async_trait::async_trait;

use super::{Cancelling, Restore, cancel, cancel_all};
use crate::{
    clock::Clock,
    error::Result,
    store::Store,
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
    how: Cancelling,
}

impl Cancellations {
    /// So many are ended in one transaction, in which carts and orders of all are locked.
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

    async fn end(&self, order_id: &str, how: Cancelling) -> Result<bool> {
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
        let mut firsts = BTreeMap::new();
        for GivenUp { order_id, how } in &orders {
            firsts.entry(order_id.as_str()).or_insert(*how);
        }
        let cancelled = cancel_all(&self.db, self.clock.now(), &firsts, None).await?;
        let ended = cancelled.map(|cancelled| cancelled.order_ids);
        let mut ended = ended.unwrap_or_default();
        let answers = orders.iter().map(|order| Ok(ended.remove(&order.order_id)));
        Ok(answers.collect())
    }

    async fn one(&self, given_up: GivenUp) -> Result<bool> {
        let GivenUp { order_id, how } = given_up;
        let ended = cancel(&self.db, self.clock.now(), &order_id, how, None).await?;
        Ok(ended.is_some())
    }
}
