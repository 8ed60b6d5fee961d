//! Transfers that are recorded at the same moment, as where a whole account is gone through, are written in one
//! transaction.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;

use super::store::{self, Recorded};
use crate::{
    clock::Clock,
    db::{Dialect, Sql, Tx},
    error::Result,
    orders::{
        money::{Whereabouts, count},
        step,
    },
    store::Store,
    together::{ALONE, Together, Work},
};

/// Records transfers.
#[derive(Clone)]
pub struct TransferNotes(Together<Recording>);

struct Recording {
    db: Store,
    clock: Arc<dyn Clock>,
}

/// What was found on the account, and by whom.
#[derive(Debug, Clone)]
pub struct Transfer {
    pub order_id: String,
    pub actor: String,
    pub amount_minor: i64,
    /// `2026-11-29`.
    pub day: String,
    pub note: String,
    /// Recorded once.
    pub form_key: String,
}

impl TransferNotes {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self(Together::new(Recording { db, clock }))
    }

    /// Records a transfer with all others of this moment.
    pub(super) async fn record(&self, transfer: Transfer) -> Result<Recorded> {
        self.0.ask(transfer).await
    }
}

#[async_trait]
impl Work for Recording {
    type Request = Transfer;
    type Answer = Recorded;

    /// Each takes some statements of its own, while carts and orders of all are locked.
    const MOST: usize = 32;
    /// Longer than it may wait for a row.
    const LIMIT: Duration = ALONE;

    async fn all(&self, transfers: Vec<Transfer>) -> Result<Vec<Result<Recorded>>> {
        let (dialect, now) = (self.db.dialect(), self.clock.now());
        let mut tx = self.db.begin().await?;
        lock(&mut tx, dialect, &transfers).await?;
        let mut recorded = Vec::with_capacity(transfers.len());
        for transfer in &transfers {
            recorded.push(store::record(&mut tx, dialect, now, transfer).await?);
        }
        tx.commit().await?;
        let paid = recorded.iter().filter(|one| **one == Recorded::Paid);
        count(Whereabouts::Received, paid.count());
        Ok(recorded.into_iter().map(Ok).collect())
    }
}

/// Carts before orders, each kind in the order of its ids, as where payments are noted.
async fn lock(tx: &mut Tx, dialect: Dialect, transfers: &[Transfer]) -> Result<()> {
    let ids = || transfers.iter().map(|transfer| &transfer.order_id);
    let carts = step::locking_carts(dialect, ids());
    carts.fetch_all(&mut **tx).await?;
    let mut orders = Sql::new("SELECT id FROM orders WHERE id");
    orders.among(dialect, ids()).push(" ORDER BY id");
    orders.push(dialect.for_update());
    orders.fetch_all(&mut **tx).await?;
    Ok(())
}
