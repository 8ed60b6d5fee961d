//! One at a time takes the payment of an order in: a provider tells of it several times in the same moment, and its
//! shopper comes back. What is told twice is asked once, and what the first has taken the others find written down.
//!
//! This is of one node, and saves work alone: what makes it right are the locks in the database.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use tokio::{
    sync::{Mutex as Lock, OwnedMutexGuard},
    time::timeout,
};

/// Who has waited this long goes ahead beside the one before: each step is safe to do twice.
const PATIENCE: Duration = Duration::from_secs(10);
/// From so many on, those that nobody holds are forgotten.
const REMEMBERED: usize = 1024;

#[derive(Clone, Default)]
pub struct Turns(Arc<Mutex<HashMap<String, Weak<Lock<()>>>>>);

/// Someone's turn, until it is dropped. What was read of the order before may be old.
#[must_use]
pub struct Turn {
    /// None if someone else has it still.
    _held: Option<OwnedMutexGuard<()>>,
}

impl Turns {
    pub async fn of(&self, order_id: &str) -> Turn {
        let held = timeout(PATIENCE, self.lock(order_id).lock_owned()).await;
        Turn { _held: held.ok() }
    }

    fn lock(&self, order_id: &str) -> Arc<Lock<()>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lock) = known.get(order_id).and_then(Weak::upgrade) {
            return lock;
        }
        if known.len() >= REMEMBERED {
            known.retain(|_, lock| lock.strong_count() > 0);
        }
        let lock = Arc::new(Lock::new(()));
        known.insert(order_id.to_owned(), Arc::downgrade(&lock));
        lock
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn one_order_is_one_turn_at_a_time_and_others_do_not_wait_for_it() {
        let turns = Turns::default();
        let first = turns.of("a").await;
        let mut second = Box::pin(turns.of("a"));
        assert!((&mut second).now_or_never().is_none());
        assert!(turns.of("b").now_or_never().is_some());
        drop(first);
        assert!(second.await._held.is_some());
        assert!(turns.of("a").now_or_never().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_ever_for_one_that_hangs() {
        let turns = Turns::default();
        let hangs = turns.of("a").await;
        assert!(hangs._held.is_some());
        assert!(turns.of("a").await._held.is_none());
    }

    #[tokio::test]
    async fn turns_that_are_over_are_forgotten() {
        let turns = Turns::default();
        let kept = turns.of("kept").await;
        for n in 0..2 * REMEMBERED {
            drop(turns.of(&n.to_string()).await);
        }
        let known = turns.0.lock().unwrap().len();
        assert!(known <= REMEMBERED, "{known}");
        assert!(turns.of("kept").now_or_never().is_none());
        drop(kept);
    }
}
