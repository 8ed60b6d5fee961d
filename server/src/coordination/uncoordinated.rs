//! Processes with nothing between them but the database: nothing is cached, since none could tell
//! of another's edit, and orders rest on the database alone.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use tokio::sync::broadcast;

use super::{
    CacheScope, Coordination, Event, Found, Health, LockOutcome, Token, Topic, Unavailable,
    VersionStamp,
    buckets::{Draw, Drawn},
};

pub struct Uncoordinated {
    others: Others,
    events: broadcast::Sender<Event>,
    /// There are no locks.
    freed: broadcast::Sender<Arc<str>>,
}

/// What the other processes do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Others {
    /// They are apart as well, so there is nothing that could be out of date.
    CacheNothing,
    MayCache,
}

impl Uncoordinated {
    /// One of several nodes.
    pub fn node() -> Self {
        Self::among(Others::CacheNothing)
    }

    /// A process that is no node, such as an import on the command line: what it changes has to be
    /// announced in the database.
    pub fn cli() -> Self {
        Self::among(Others::MayCache)
    }

    fn among(others: Others) -> Self {
        Self {
            others,
            events: broadcast::channel(256).0,
            freed: broadcast::channel(1).0,
        }
    }

    fn announced(&self) -> Result<(), Unavailable> {
        match self.others {
            Others::CacheNothing => Ok(()),
            Others::MayCache => Err(Unavailable),
        }
    }
}

#[async_trait]
impl Coordination for Uncoordinated {
    fn scope(&self) -> CacheScope {
        CacheScope::Nowhere
    }

    fn health(&self) -> Health {
        Health::Absent
    }

    async fn stamp(&self, _: &[Topic]) -> Result<VersionStamp, Unavailable> {
        Err(Unavailable)
    }

    async fn bump(&self, _: &[Topic]) -> Result<(), Unavailable> {
        self.announced()
    }

    async fn bump_all(&self) -> Result<(), Unavailable> {
        self.announced()
    }

    async fn find(&self, _: &str, _: Duration) -> Result<Found, Unavailable> {
        Err(Unavailable)
    }

    async fn store(&self, _: &str, _: Vec<u8>, _: Duration, _: &Token) -> Result<(), Unavailable> {
        Err(Unavailable)
    }

    async fn give_back(&self, _: &str, _: &Token) -> Result<(), Unavailable> {
        Err(Unavailable)
    }

    async fn try_lock(&self, _: &[String], _: Duration) -> Result<LockOutcome, Unavailable> {
        Err(Unavailable)
    }

    async fn unlock(&self, _: &[String], _: &Token) -> Result<usize, Unavailable> {
        Err(Unavailable)
    }

    async fn are_wanted(&self, _: &[String]) -> Result<bool, Unavailable> {
        Err(Unavailable)
    }

    fn freed(&self) -> broadcast::Receiver<Arc<str>> {
        self.freed.subscribe()
    }

    async fn draw(&self, _: &[Draw]) -> Result<Drawn, Unavailable> {
        Err(Unavailable)
    }

    fn publish(&self, event: Event) {
        // Nobody may be listening.
        let _ = self.events.send(event);
    }

    fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }
}
