//! Who must be told of a commit, and how old what is remembered may be.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicI64, Ordering},
};
use std::time::Duration;

use tokio::sync::broadcast;

use super::{Away, Coordination, Event, Stamp, Topic, process::InProcess};
use crate::{
    db::{Connection, Db, Get},
    error::Result,
};

/// How long at most a change stays unseen that could not be announced.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Stamps what is remembered and announces what has changed.
///
/// The usual way is [`Coordination`]. What it could not be told, or what a process changed that is
/// no node (an import on the command line), raises the catalogue's epoch in the database, at which
/// every node looks twice a second.
#[derive(Clone)]
pub struct Freshness {
    coordination: Arc<dyn Coordination>,
    epoch: Arc<AtomicI64>,
    owed: Arc<AtomicBool>,
}

impl Default for Freshness {
    fn default() -> Self {
        Self::new(Arc::new(InProcess::default()))
    }
}

impl Freshness {
    pub fn new(coordination: Arc<dyn Coordination>) -> Self {
        Self {
            coordination,
            epoch: Arc::new(AtomicI64::new(0)),
            owed: Arc::new(AtomicBool::new(false)),
        }
    }

    pub fn coordination(&self) -> &Arc<dyn Coordination> {
        &self.coordination
    }

    /// The generations of `topics` at some moment after the call.
    pub async fn stamp(&self, topics: &[Topic]) -> Result<Stamp, Away> {
        if self.owed.load(Ordering::SeqCst) {
            return Err(Away);
        }
        let epoch = self.epoch.load(Ordering::SeqCst);
        let Stamp(generations) = self.coordination.stamp(topics).await?;
        Ok(Stamp(format!("{epoch}.{generations}")))
    }

    /// Makes a committed change seen: when this returns, no node uses what it held before. Where
    /// coordination is away the epoch does it within [`LOOK_EVERY`], and in this process at once.
    pub async fn announce(&self, db: &Db, topics: &[Topic]) {
        if topics.is_empty() || self.coordination.bump(topics).await.is_ok() {
            return;
        }
        self.owed.store(true, Ordering::SeqCst);
        self.settle(db).await;
    }

    /// Notes in the database that something changed, if that is still owed. Until it is, this
    /// process trusts nothing it remembers.
    async fn settle(&self, db: &Db) {
        if !self.owed.load(Ordering::SeqCst) {
            return;
        }
        match raise_epoch(db).await {
            Ok(epoch) => {
                self.epoch.store(epoch, Ordering::SeqCst);
                self.owed.store(false, Ordering::SeqCst);
            }
            Err(error) => {
                tracing::warn!(%error, "a change could not be announced and will be later");
            }
        }
    }

    pub fn publish(&self, event: Event) {
        self.coordination.publish(event);
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.coordination.subscribe()
    }

    /// Looks for changes that were announced in the database only, for as long as it is polled.
    pub async fn watch(&self, db: &Db) {
        let mut every = tokio::time::interval(LOOK_EVERY);
        every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            every.tick().await;
            self.settle(db).await;
            // While the database is away nobody can change anything in it.
            if let Ok(epoch) = self.look(db).await {
                self.epoch.fetch_max(epoch, Ordering::SeqCst);
            }
        }
    }

    async fn look(&self, db: &Db) -> Result<i64> {
        let row = sqlx::query("SELECT number FROM catalog_epoch")
            .fetch_one(db.reader())
            .await?;
        row.int("number")
    }
}

async fn raise_epoch(db: &Db) -> Result<i64> {
    let mut tx = db.begin().await?;
    let connection: &mut Connection = &mut tx;
    let row = sqlx::query("UPDATE catalog_epoch SET number = number + 1 RETURNING number")
        .fetch_one(connection)
        .await?;
    let number = row.int("number")?;
    tx.commit().await?;
    Ok(number)
}
