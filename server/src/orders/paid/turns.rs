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

/// Someone's turn, until it is dropped.
pub struct Turn {
    came: Came,
    _held: Option<OwnedMutexGuard<()>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    First,
    /// Someone was at it.
    Later,
}

impl Turn {
    pub fn came(&self) -> Came {
        self.came
    }
}

impl Turns {
    pub async fn of(&self, order_id: &str) -> Turn {
        let lock = self.lock(order_id);
        if let Ok(held) = lock.clone().try_lock_owned() {
            return Turn {
                came: Came::First,
                _held: Some(held),
            };
        }
        let held = timeout(PATIENCE, lock.lock_owned()).await;
        Turn {
            came: Came::Later,
            _held: held.ok(),
        }
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
        assert_eq!(first.came(), Came::First);
        let mut second = Box::pin(turns.of("a"));
        assert!((&mut second).now_or_never().is_none());
        assert_eq!(turns.of("b").await.came(), Came::First);
        drop(first);
        assert_eq!(second.await.came(), Came::Later);
        assert_eq!(turns.of("a").await.came(), Came::First);
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_ever_for_one_that_hangs() {
        let turns = Turns::default();
        let _hangs = turns.of("a").await;
        assert_eq!(turns.of("a").await.came(), Came::Later);
    }

    #[tokio::test]
    async fn turns_that_are_over_are_forgotten() {
        let turns = Turns::default();
        let kept = turns.of("kept").await;
        for n in 0..2 * REMEMBERED {
            turns.of(&n.to_string()).await;
        }
        let known = turns.0.lock().unwrap().len();
        assert!(known <= REMEMBERED, "{known}");
        assert!(turns.of("kept").now_or_never().is_none());
        drop(kept);
    }
}
