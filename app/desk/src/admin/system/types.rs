//! How the server does that answers, as it is sent to those who watch.

use app::answers::Tally;
use serde::{Deserialize, Serialize};

/// The node's figures, and those of the e-mails that all nodes send.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SystemLive {
    /// In milliseconds since 1970.
    pub at: i64,
    pub node: NodeLive,
    pub mails: MailsLive,
}

app::words! {
    /// Whether nodes agree on anything by Redis.
    pub enum RedisState {
        Absent = "absent",
        Up = "up",
        Down = "down",
    }
}

/// Counted since the node began, except what is so at this moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NodeLive {
    pub uptime_seconds: i64,
    /// Orders that wait at this moment.
    pub queue_depth: i64,
    /// Mean of the orders in one transaction; none before the first.
    pub orders_per_transaction: Option<f64>,
    /// Orders that were not placed, by kind.
    pub refusals: Vec<Counted>,
    /// Mean wait for a lock, in milliseconds; none if no lock was asked for.
    pub lock_wait_ms: Option<f64>,
    /// Looks into the caches, and how many of them found what they looked for.
    pub cache_looks: i64,
    pub cache_hits: i64,
    /// Connections to the database that are in use at this moment, and how many there can be.
    pub db_used: i64,
    pub db_max: i64,
    pub redis: RedisState,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub kind: String,
    pub count: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailsLive {
    /// They are sent when they are due, or are on their way.
    pub waiting: Tally,
    /// Given up within the last seven days.
    pub failed: Tally,
}
