//! The catalogue's epoch in the database: for changes that nodes could not be told of.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use sqlx::{Any, Pool};
use tokio::time::{Instant, timeout};

use crate::{
    db::{Db, Get},
    error::Result,
};

/// How old a node's look at the epoch may be while others may announce through it. Who raises the
/// epoch waits so long before it answers; and at most a hundred looks a second cost a database
/// nothing.
pub const LEASE: Duration = Duration::from_millis(10);
/// How long a request waits for a look. If the database does not answer, it goes on without: an
/// edit could not be made either, except by a node that reaches both database and Redis.
const PATIENCE: Duration = Duration::from_millis(30);
/// After a look that failed the next one is not tried sooner.
const PAUSE: Duration = Duration::from_millis(200);

/// What this process knows of the epoch.
#[derive(Clone, Default)]
pub struct Epoch(Arc<Known>);

#[derive(Default)]
struct Known {
    number: AtomicI64,
    /// Changes that are not in the database's epoch yet.
    owed: AtomicU64,
    /// Until when the last look holds.
    holds: Mutex<Option<Instant>>,
    looking: tokio::sync::Mutex<()>,
}

impl Epoch {
    pub fn number(&self) -> i64 {
        self.0.number.load(Ordering::SeqCst)
    }

    /// Whether this process changed something that no other knows of.
    pub fn is_owed(&self) -> bool {
        self.0.owed.load(Ordering::SeqCst) > 0
    }

    /// Raises the epoch for a change, now or as soon as the database takes it. When this returns,
    /// every node that looks has seen it.
    pub async fn raise(&self, db: &Db) {
        self.0.owed.fetch_add(1, Ordering::SeqCst);
        if self.settle(db).await {
            tokio::time::sleep(LEASE).await;
        }
    }

    /// Raises the epoch for what is owed. Tells whether nothing is owed of what was before.
    pub async fn settle(&self, db: &Db) -> bool {
        let owed = self.0.owed.load(Ordering::SeqCst);
        if owed == 0 {
            return true;
        }
        match raise(db).await {
            Ok(number) => {
                self.0.number.fetch_max(number, Ordering::SeqCst);
                // Another caller may have settled the same: what is owed twice is only raised twice.
                let less = |now: u64| Some(now.saturating_sub(owed));
                let _ = self
                    .0
                    .owed
                    .fetch_update(Ordering::SeqCst, Ordering::SeqCst, less);
                true
            }
            Err(error) => {
                tracing::warn!(%error, "a change could not be announced and will be later");
                false
            }
        }
    }

    /// Looks, unless somebody has within [`LEASE`].
    pub async fn refresh(&self, reader: &Pool<Any>) {
        if self.holds() {
            return;
        }
        let _turn = self.0.looking.lock().await;
        if !self.holds() {
            // Before the look: what is raised while it is under way may not be in it.
            let began = Instant::now();
            let until = match timeout(PATIENCE, self.look(reader)).await {
                Ok(Ok(())) => began + LEASE,
                _ => Instant::now() + PAUSE,
            };
            *self.0.holds.lock().unwrap_or_else(PoisonError::into_inner) = Some(until);
        }
    }

    fn holds(&self) -> bool {
        let holds = *self.0.holds.lock().unwrap_or_else(PoisonError::into_inner);
        holds.is_some_and(|until| Instant::now() < until)
    }

    pub async fn look(&self, reader: &Pool<Any>) -> Result<()> {
        let row = sqlx::query("SELECT number FROM catalog_epoch")
            .fetch_one(reader)
            .await?;
        self.0
            .number
            .fetch_max(row.int("number")?, Ordering::SeqCst);
        Ok(())
    }
}

async fn raise(db: &Db) -> Result<i64> {
    let mut tx = db.begin().await?;
    let row = sqlx::query("UPDATE catalog_epoch SET number = number + 1 RETURNING number")
        .fetch_one(&mut *tx)
        .await?;
    let number = row.int("number")?;
    tx.commit().await?;
    Ok(number)
}
