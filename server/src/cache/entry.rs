//! One cache entry and when it ends.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use moka::Expiry;
use rand::Rng;
use serde::Serialize;
use tokio::time::Instant;

/// What an entry costs besides its JSON and its key, in bytes, roughly.
pub const OVERHEAD: usize = 256;
/// Entries that load faster than this are refreshed as early as if they took so long: requests do
/// not come in often enough to hit a window of a few milliseconds.
const SHORTEST_LOAD: Duration = Duration::from_millis(100);

pub struct Entry<T> {
    pub value: Arc<T>,
    /// Length as JSON.
    pub bytes: usize,
    cost: Duration,
    ends: Instant,
    is_refreshed: AtomicBool,
}

impl<T> Entry<T> {
    pub fn of_size(value: T, bytes: usize, left: Duration) -> Self {
        Self {
            value: Arc::new(value),
            bytes,
            cost: SHORTEST_LOAD,
            ends: Instant::now() + left,
            is_refreshed: AtomicBool::new(false),
        }
    }

    pub fn left(&self) -> Duration {
        self.ends.saturating_duration_since(Instant::now())
    }

    /// Whether to make it again now, true for one caller at most. The closer the end and the longer
    /// it takes to make, the likelier: optimal probabilistic early expiration (XFetch; Vattani,
    /// Chierichetti, Lowenstein, 2015).
    pub fn is_due(&self) -> bool {
        let left = self.left().as_secs_f64();
        let cost = self.cost.max(SHORTEST_LOAD).as_secs_f64();
        // In (0, 1]: its logarithm is finite.
        let chance = 1.0 - rand::rng().random::<f64>();
        left <= -cost * chance.ln() && !self.is_refreshed.swap(true, Ordering::Relaxed)
    }
}

impl<T: Serialize> Entry<T> {
    /// An entry and its JSON, for other nodes.
    pub fn new(value: T, cost: Duration, left: Duration) -> (Self, Vec<u8>) {
        let json = serde_json::to_vec(&value).unwrap_or_default();
        let entry = Self {
            cost,
            ..Self::of_size(value, json.len(), left)
        };
        (entry, json)
    }
}

/// A tenth more or less.
pub fn jittered(ttl: Duration) -> Duration {
    ttl.mul_f64(rand::rng().random_range(0.9..=1.1))
}

pub struct UntilItRunsOut;

impl<T> Expiry<String, Arc<Entry<T>>> for UntilItRunsOut {
    fn expire_after_create(
        &self,
        _: &String,
        entry: &Arc<Entry<T>>,
        _: std::time::Instant,
    ) -> Option<Duration> {
        Some(entry.left())
    }

    fn expire_after_update(
        &self,
        _: &String,
        entry: &Arc<Entry<T>>,
        _: std::time::Instant,
        _: Option<Duration>,
    ) -> Option<Duration> {
        Some(entry.left())
    }
}
