//! The locks that batches of this node hold. The next batch goes along under the one it needs, or waits for it here, and
//! asks for nothing meanwhile.
//!
//! A lock keeps other nodes from queueing for the same rows. For a batch of the same node it would keep the rows idle:
//! while one is written, the next locks its carts and reads them, and has the rows as soon as the one before is done.
//! Others get their turn all the same, since a lock takes in no further batch soon after it was taken.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use tokio::{runtime::Handle, time::Instant};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::coordination::lock::Lock;

/// For so long after it was taken a lock takes in further batches: some of them, and far less than another node
/// waits. What a batch may take is left of its time then.
const OPEN: Duration = Duration::from_millis(100);

#[derive(Default)]
pub(super) struct OwnLocks(Mutex<Vec<Own>>);

struct Own {
    keys: BTreeSet<String>,
    taken: Instant,
    shared: Weak<Shared>,
    given_back: CancellationToken,
}

struct Shared {
    lock: Lock,
    /// Tells, when it is dropped, that it is held no more.
    told: DropGuard,
}

/// A lock that a batch holds, by itself or with others of its node. The last one that is dropped gives it back.
pub(super) struct Held {
    /// Until then.
    shared: Option<Arc<Shared>>,
    /// Rises with every grant of a lock.
    pub fence: u64,
}

/// What the locks of this node mean for a batch.
enum Found {
    Nothing,
    Shared(Held),
    InTheWay(CancellationToken),
}

impl OwnLocks {
    /// The lock of all of these, if a batch of this node has it and takes in another. Without one, none of them is held
    /// by this node, which is waited for.
    pub async fn shared(&self, keys: &BTreeSet<String>) -> Option<Held> {
        loop {
            match self.find(keys) {
                Found::Nothing => return None,
                Found::Shared(held) => return Some(held),
                Found::InTheWay(given_back) => given_back.cancelled().await,
            }
        }
    }

    fn find(&self, keys: &BTreeSet<String>) -> Found {
        let mut all = self.all();
        all.retain(|own| !own.given_back.is_cancelled());
        let Some(own) = all.iter().find(|own| !own.keys.is_disjoint(keys)) else {
            return Found::Nothing;
        };
        let is_open = own.taken.elapsed() < OPEN && own.keys.is_superset(keys);
        // The last one that has it may be giving it back.
        match is_open.then(|| own.shared.upgrade()).flatten() {
            Some(shared) => Found::Shared(Held::of(shared)),
            None => Found::InTheWay(own.given_back.clone()),
        }
    }

    pub fn note(&self, keys: BTreeSet<String>, lock: Lock) -> Held {
        let given_back = CancellationToken::new();
        let told = given_back.clone().drop_guard();
        let shared = Arc::new(Shared { lock, told });
        self.all().push(Own {
            keys,
            taken: Instant::now(),
            shared: Arc::downgrade(&shared),
            given_back,
        });
        Held::of(shared)
    }

    fn all(&self) -> MutexGuard<'_, Vec<Own>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn of(shared: Arc<Shared>) -> Self {
        Self {
            fence: shared.lock.fence,
            shared: Some(shared),
        }
    }
}

impl Drop for Held {
    /// In a task of its own: to wait for that while a hundred shoppers are answered cost a batch a seventh of its time.
    fn drop(&mut self) {
        let last = self.shared.take().and_then(Arc::into_inner);
        let (Some(Shared { lock, told }), Ok(runtime)) = (last, Handle::try_current()) else {
            return;
        };
        runtime.spawn(async move {
            lock.release().await;
            drop(told);
        });
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;
    use crate::coordination::{
        Coordination,
        lock::{Waited, acquire},
        process::InProcess,
    };

    const TTL: Duration = Duration::from_secs(5);

    fn keys(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    async fn try_lock(node: &Arc<dyn Coordination>, names: &[&str]) -> Option<Lock> {
        let wanted = keys(names).into_iter().collect();
        match acquire(node, wanted, TTL, Duration::ZERO).await {
            Waited::Granted(lock) => Some(lock),
            Waited::Busy | Waited::Unavailable => None,
        }
    }

    async fn locked(names: &[&str]) -> (Arc<dyn Coordination>, OwnLocks, Held) {
        let node: Arc<dyn Coordination> = Arc::new(InProcess::default());
        let own = OwnLocks::default();
        let lock = try_lock(&node, names).await.expect("it is free");
        let held = own.note(keys(names), lock);
        (node, own, held)
    }

    #[tokio::test(start_paused = true)]
    async fn the_next_batch_goes_along_and_the_last_one_gives_the_lock_back() {
        let (node, own, first) = locked(&["lamp", "rope"]).await;
        let second = own.shared(&keys(&["rope"])).await.expect("it is open");
        assert_eq!(second.fence, first.fence);
        drop(first);
        tokio::task::yield_now().await;
        assert!(try_lock(&node, &["lamp"]).await.is_none(), "one is at it");
        drop(second);
        assert!(own.shared(&keys(&["lamp"])).await.is_none());
        assert!(try_lock(&node, &["lamp", "rope"]).await.is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn a_lock_of_before_or_of_less_is_waited_for() {
        let (_node, own, held) = locked(&["rope"]).await;
        let more = keys(&["lamp", "rope"]);
        assert!(own.shared(&more).now_or_never().is_none());
        assert!(
            own.shared(&keys(&["lamp"])).await.is_none(),
            "nobody has it"
        );
        tokio::time::advance(OPEN).await;
        let rope = keys(&["rope"]);
        let mut waits = Box::pin(own.shared(&rope));
        assert!((&mut waits).now_or_never().is_none(), "others wait, too");
        drop(held);
        assert!(waits.await.is_none());
    }
}
