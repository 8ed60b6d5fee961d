//! Processes with nothing between them but the database: nothing is cached, since none could tell
//! of another's edit, and orders rest on the database alone.

use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::broadcast;

use super::{Away, Coordination, Event, Found, Health, Reach, Stamp, Taken, Token, Topic};

pub struct Apart {
    events: broadcast::Sender<Event>,
}

impl Default for Apart {
    fn default() -> Self {
        Self {
            events: broadcast::channel(256).0,
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
        Err(Away)
    }

    async fn bump_all(&self) -> Result<(), Away> {
        Err(Away)
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
