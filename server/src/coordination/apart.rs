//! Processes with nothing between them but the database: nothing is cached, since none could tell
//! of another's edit, and orders rest on the database alone.

use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::broadcast;

use super::{Away, Coordination, Event, Found, Health, Reach, Stamp, Taken, Token, Topic};

pub struct Apart {
    others: Others,
    events: broadcast::Sender<Event>,
}

/// What the other processes do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Others {
    /// They are apart as well, so there is nothing that could be out of date.
    CacheNothing,
    MayCache,
}

impl Apart {
    /// One of several nodes.
    pub fn node() -> Self {
        Self::among(Others::CacheNothing)
    }

    /// A process that is no node, such as an import on the command line: what it changes has to be
    /// announced in the database.
    pub fn visitor() -> Self {
        Self::among(Others::MayCache)
    }

    fn among(others: Others) -> Self {
        Self {
            others,
            events: broadcast::channel(256).0,
        }
    }

    fn announced(&self) -> Result<(), Away> {
        match self.others {
            Others::CacheNothing => Ok(()),
            Others::MayCache => Err(Away),
        }
    }
}

#[async_trait]
impl Coordination for Apart {
    fn reach(&self) -> Reach {
        Reach::Nowhere
    }

    fn health(&self) -> Health {
        Health::Absent
    }

    async fn stamp(&self, _: &[Topic]) -> Result<Stamp, Away> {
        Err(Away)
    }

    async fn bump(&self, _: &[Topic]) -> Result<(), Away> {
        self.announced()
    }

    async fn bump_all(&self) -> Result<(), Away> {
        self.announced()
    }

    async fn find(&self, _: &str, _: Duration) -> Result<Found, Away> {
        Err(Away)
    }

    async fn store(&self, _: &str, _: Vec<u8>, _: Duration, _: &Token) -> Result<(), Away> {
        Err(Away)
    }

    async fn give_back(&self, _: &str, _: &Token) -> Result<(), Away> {
        Err(Away)
    }

    async fn try_lock(&self, _: &[String], _: Duration) -> Result<Taken, Away> {
        Err(Away)
    }

    async fn unlock(&self, _: &[String], _: &Token) -> Result<usize, Away> {
        Err(Away)
    }

    fn publish(&self, event: Event) {
        // Nobody may be listening.
        let _ = self.events.send(event);
    }

    fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }
}
