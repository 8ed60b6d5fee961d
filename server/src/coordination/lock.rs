//! A lock over some keys, waited for up to a time and without a spin.
//!
//! It keeps nodes from queueing in the database for the same rows. It does not keep stock right:
//! the transaction does that, no matter who holds the lock and for how long.

use std::{collections::BTreeSet, future::pending, sync::Arc, time::Duration};

use rand::Rng;
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::{Instant, sleep},
};

use super::{Coordination, LockOutcome, Token, Unavailable};

/// Between two tries, if nothing is told of the lock: long enough to be no spin, short against a batch.
const PAUSE_MS: std::ops::Range<u64> = 4..16;

/// For so long it is known that someone was refused a key: longer than between two tries.
pub(super) const WANTED: Duration = Duration::from_millis(200);

/// A lock that is held. Give it back with [`Lock::release`]; otherwise it ends with its time.
pub struct Lock {
    coordination: Arc<dyn Coordination>,
    /// In order.
    keys: Vec<String>,
    token: Token,
    /// Rises with every grant: of two holders, the one with the smaller number is late.
    pub fence: u64,
    /// How often it was asked for: more than once if others had one of its keys.
    pub tries: u32,
    taken: Instant,
}

/// What waiting for a lock came to.
pub enum Waited {
    Granted(Lock),
    /// Someone else held it all the time.
    Busy,
    Unavailable,
}

/// Waits for all of `keys` at once. A key is any text; equal sets are asked for in the same order.
pub async fn acquire(
    coordination: &Arc<dyn Coordination>,
    mut keys: Vec<String>,
    ttl: Duration,
    at_most: Duration,
) -> Waited {
    keys.sort_unstable();
    keys.dedup();
    let began = Instant::now();
    let mut tries = 0;
    let waited = loop {
        tries += 1;
        // What is given back from now on.
        let freed = coordination.freed();
        match coordination.try_lock(&keys, ttl).await {
            Err(Unavailable) => break Waited::Unavailable,
            Ok(LockOutcome::Granted { token, fence }) => {
                break Waited::Granted(Lock {
                    coordination: coordination.clone(),
                    keys,
                    token,
                    fence,
                    tries,
                    taken: Instant::now(),
                });
            }
            Ok(LockOutcome::Held) => {
                let pause = Duration::from_millis(rand::rng().random_range(PAUSE_MS));
                if began.elapsed() + pause > at_most {
                    break Waited::Busy;
                }
                tokio::select! {
                    () = sleep(pause) => {}
                    () = one_of(&keys, freed) => {}
                }
            }
        }
    };
    metrics::histogram!("holdfast_lock_wait_seconds").record(began.elapsed());
    let outcome = match &waited {
        Waited::Granted(_) => "granted",
        Waited::Busy => "busy",
        Waited::Unavailable => "away",
    };
    metrics::counter!("holdfast_lock_requests_total", "outcome" => outcome).increment(1);
    waited
}

/// Waits until it is told that one of `keys` is free.
async fn one_of(keys: &[String], mut freed: broadcast::Receiver<Arc<str>>) {
    loop {
        match freed.recv().await {
            Ok(key) if !keys.iter().any(|wanted| **wanted == *key) => {}
            // It may have been among those that were missed.
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            // Nothing is told any more.
            Err(RecvError::Closed) => pending().await,
        }
    }
}

impl Lock {
    /// Whether all of these are among its keys.
    pub fn is_of(&self, keys: &BTreeSet<String>) -> bool {
        keys.iter().all(|key| self.keys.binary_search(key).is_ok())
    }

    /// Whether someone has asked for one of its keys in the last moments, as far as it is known.
    pub async fn is_wanted(&self) -> bool {
        let asked = self.coordination.are_wanted(&self.keys).await;
        asked.unwrap_or(true)
    }

    /// Gives the lock back. If its time had run out meanwhile, that is noted.
    pub async fn release(self) {
        metrics::histogram!("holdfast_lock_hold_seconds").record(self.taken.elapsed());
        match self.coordination.unlock(&self.keys, &self.token).await {
            Ok(released) if released == self.keys.len() => {}
            Ok(_) => {
                metrics::counter!("holdfast_lock_expired_total").increment(1);
                tracing::warn!(fence = self.fence, "a lock expired while it was held");
            }
            // It ends with its time.
            Err(Unavailable) => {}
        }
    }
}
