//! A sale while it runs, as it is sent to whoever watches.

use serde::{Deserialize, Serialize};

/// How it stands at this moment. Sales are of the whole shop, the rest is of the node that answers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Live {
    /// In milliseconds since 1970.
    pub at: i64,
    /// Orders placed in the last minute.
    pub orders_last_minute: i64,
    /// Variants that sold in the last hour, most units first.
    pub variants: Vec<SellThrough>,
    pub node: NodeLive,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SellThrough {
    pub title: String,
    /// Units sold in the last hour.
    pub sold: i64,
    /// Units left.
    pub left: i64,
}

impl SellThrough {
    /// Percent of what there was an hour ago that is sold, rounded down.
    pub fn percent(&self) -> i64 {
        match self.sold + self.left {
            0 => 0,
            all => self.sold * 100 / all,
        }
    }
}

/// Counted since the node began, except the depth.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NodeLive {
    /// Orders that wait at this moment.
    pub queue_depth: i64,
    /// Orders that were not placed, by kind.
    pub refusals: Vec<Counted>,
    /// Mean wait for a lock, in milliseconds; none if no lock was asked for.
    pub lock_wait_ms: Option<f64>,
    /// Looks into the caches, and how many of them found what they looked for.
    pub cache_looks: i64,
    pub cache_hits: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub kind: String,
    pub count: i64,
}
