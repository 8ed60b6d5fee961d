//! Who must be told of a commit, and how old what is remembered may be.

use std::{sync::Arc, time::Duration};

use sqlx::{Any, Pool};
use tokio::sync::broadcast;

use super::{
    CacheScope, Coordination, Event, Topic, Unavailable, VersionStamp, epoch::Epoch,
    process::InProcess,
};
use crate::db::Db;

/// How long at most an import on the command line stays unseen where there is no Redis.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Stamps what is remembered and announces what has changed.
///
/// The usual way is [`Coordination`]. What it could not be told, or what a process changed that is
/// no node (an import on the command line), raises the catalogue's [`Epoch`] in the database. Nodes
/// that share Redis look there before they trust it, some hundred times a second: one of them
/// may have lost Redis and the others not.
#[derive(Clone)]
pub struct Freshness {
    coordination: Arc<dyn Coordination>,
    epoch: Epoch,
    /// Where to look, if not only now and then.
    reader: Option<Pool<Any>>,
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
            epoch: Epoch::default(),
            reader: None,
        }
    }

    /// The same with the database in which other nodes may announce.
    pub fn of_database(self, reader: Pool<Any>) -> Self {
        let reader = (self.coordination.scope() == CacheScope::Cluster).then_some(reader);
        Self { reader, ..self }
    }

    pub fn coordination(&self) -> &Arc<dyn Coordination> {
        &self.coordination
    }

    /// The generations of `topics` at some moment after the call.
    pub async fn stamp(&self, topics: &[Topic]) -> Result<VersionStamp, Unavailable> {
        if self.epoch.is_owed() {
            return Err(Unavailable);
        }
        let look = async {
            if let Some(reader) = &self.reader {
                self.epoch.refresh(reader).await;
            }
        };
        let (generations, ()) = tokio::join!(self.coordination.stamp(topics), look);
        let VersionStamp(generations) = generations?;
        Ok(VersionStamp(format!(
            "{}.{generations}",
            self.epoch.number()
        )))
    }

    /// Makes a committed change seen: when this returns, no node uses what it held before.
    pub async fn announce(&self, db: &Db, topics: &[Topic]) {
        if topics.is_empty() || self.coordination.bump(topics).await.is_ok() {
            return;
        }
        // A cart's change only ends remembered refusals, which go with the outage; it is not worth
        // a write that all carts of all nodes would queue for.
        if topics.iter().any(|topic| !topic.is_cart()) {
            self.epoch.raise(db).await;
        }
    }

    /// The same for a change that concerns all there is.
    pub async fn announce_everything(&self, db: &Db) {
        if self.coordination.bump_all().await.is_err() {
            self.epoch.raise(db).await;
        }
    }

    pub fn publish(&self, event: Event) {
        self.coordination.publish(event);
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.coordination.subscribe()
    }

    /// Sees to what could not be announced, and looks for what others announced in the database
    /// only, for as long as it is polled.
    pub async fn watch(&self, db: &Db) {
        let mut every = tokio::time::interval(LOOK_EVERY);
        every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            every.tick().await;
            self.epoch.settle(db).await;
            // While the database is away nobody can change anything in it.
            let _ = self.epoch.look(db.control()).await;
        }
    }
}
