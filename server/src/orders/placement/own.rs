//! The locks that batches of this node hold. The next batch goes along under the one it needs, or waits for it here, and
//! asks for nothing meanwhile.
//!
//! A lock keeps other nodes from queueing for the same rows. For a batch of the same node it would keep the rows idle:
//! while one is written, the next locks its carts and reads them, and has the rows as soon as the one before is done.
//! Others get their turn all the same: a lock takes in further batches for less time than another node waits for it. If
//! one does, it is then free for as long as that may look away. From when on it is seen that others sell the same, each
//! batch has a lock by itself, and leaves it to those who wait in the same way: otherwise the node that has just had it
//! would always be first. They are told at once that it is free, so nodes take turns, and what comes to one meanwhile is
//! one batch.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::{
    runtime::Handle,
    time::{Instant, sleep, timeout},
};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::coordination::lock::Lock;

/// For so long after it was taken a lock takes in further batches. What a batch may take is left of its time then.
const OPEN: Duration = Duration::from_millis(500);
/// For so long it is left to others who wait for it then: if nothing was told them, they look for it every 16 milliseconds
/// at least.
const LEFT: Duration = Duration::from_millis(20);
/// For so long after another node had what is wanted here no lock takes in a further batch.
const OTHERS: Duration = Duration::from_secs(3);

#[derive(Default)]
pub(super) struct OwnLocks {
    all: Mutex<Vec<Taken>>,
    /// When another node had one of those that were wanted.
    met_others: Mutex<Option<Instant>>,
}

struct Taken {
    keys: BTreeSet<String>,
    taken: Instant,
    shared: Weak<Shared>,
    given_back: CancellationToken,
}

struct Shared {
    lock: Lock,
    /// Others who wait have it next: it has taken in a batch, or nodes take turns.
    is_left: AtomicBool,
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

/// What came of waiting for the locks of this node.
pub(super) enum Own {
    /// They are in nobody's way.
    Free,
    /// The batch goes along under one of them.
    Along(Held),
    /// One was in the way all the time.
    Busy,
}

impl OwnLocks {
    /// The lock of all of these, if a batch of this node has it and takes in another. One that does not, or is of other
    /// keys besides, is waited for.
    pub async fn shared(&self, keys: &BTreeSet<String>, at_most: Duration) -> Own {
        let looked = timeout(at_most, async {
            loop {
                match self.find(keys) {
                    Found::Nothing => return Own::Free,
                    Found::Shared(held) => return Own::Along(held),
                    Found::InTheWay(given_back) => given_back.cancelled().await,
                }
            }
        });
        looked.await.unwrap_or(Own::Busy)
    }

    /// Whether this node has one of these.
    pub fn has_one_of(&self, keys: &BTreeSet<String>) -> bool {
        let all = locked(&self.all);
        let is_one = |own: &Taken| !own.given_back.is_cancelled() && !own.keys.is_disjoint(keys);
        all.iter().any(is_one)
    }

    /// Another node has one of those that are wanted here.
    pub fn note_others(&self) {
        *locked(&self.met_others) = Some(Instant::now());
    }

    /// Whether no other node had what was wanted here lately.
    pub fn are_alone(&self) -> bool {
        locked(&self.met_others).is_none_or(|met| met.elapsed() > OTHERS)
    }

    fn find(&self, keys: &BTreeSet<String>) -> Found {
        let are_alone = self.are_alone();
        let mut all = locked(&self.all);
        all.retain(|own| !own.given_back.is_cancelled());
        let Some(own) = all.iter().find(|own| !own.keys.is_disjoint(keys)) else {
            return Found::Nothing;
        };
        let is_open = are_alone && own.taken.elapsed() < OPEN && own.keys.is_superset(keys);
        // The last one that has it may be giving it back.
        match is_open.then(|| own.shared.upgrade()).flatten() {
            Some(shared) => {
                shared.is_left.store(true, Relaxed);
                Found::Shared(Held::of(shared))
            }
            None => Found::InTheWay(own.given_back.clone()),
        }
    }

    pub fn note(&self, keys: BTreeSet<String>, lock: Lock) -> Held {
        let given_back = CancellationToken::new();
        let told = given_back.clone().drop_guard();
        let shared = Arc::new(Shared {
            lock,
            is_left: AtomicBool::new(!self.are_alone()),
            told,
        });
        locked(&self.all).push(Taken {
            keys,
            taken: Instant::now(),
            shared: Arc::downgrade(&shared),
            given_back,
        });
        Held::of(shared)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Held {
    fn of(shared: Arc<Shared>) -> Self {
        Self {
            fence: shared.lock.fence,
            shared: Some(shared),
        }
    }

    /// Whether it is a lock of all of these.
    pub fn covers(&self, keys: &BTreeSet<String>) -> bool {
        let shared = self.shared.as_ref();
        shared.is_some_and(|shared| shared.lock.is_of(keys))
    }
}

impl Drop for Held {
    /// In a task of its own: to wait for that while a hundred shoppers are answered cost a batch a seventh of its time.
    fn drop(&mut self) {
        let last = self.shared.take().and_then(Arc::into_inner);
        let (Some(last), Ok(runtime)) = (last, Handle::try_current()) else {
            return;
        };
        let Shared {
            lock,
            is_left,
            told,
        } = last;
        runtime.spawn(async move {
            let is_left = is_left.into_inner() && lock.is_wanted().await;
            lock.release().await;
            if is_left {
                sleep(LEFT).await;
            }
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
    /// Longer than anything takes here.
    const LONG: Duration = Duration::from_secs(60);

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

    /// The lock that a batch for these goes along under, if it does.
    async fn along(own: &OwnLocks, names: &[&str]) -> Option<Held> {
        match own.shared(&keys(names), LONG).await {
            Own::Along(held) => Some(held),
            Own::Free => None,
            Own::Busy => panic!("nothing takes so long"),
        }
    }

    async fn locked_by(names: &[&str]) -> (Arc<dyn Coordination>, OwnLocks, Held) {
        let node: Arc<dyn Coordination> = Arc::new(InProcess::default());
        let own = OwnLocks::default();
        let lock = try_lock(&node, names).await.expect("it is free");
        let held = own.note(keys(names), lock);
        (node, own, held)
    }

    #[tokio::test(start_paused = true)]
    async fn the_next_batch_goes_along_and_the_last_one_gives_the_lock_back() {
        let (node, own, first) = locked_by(&["lamp", "rope"]).await;
        let second = along(&own, &["rope"]).await.expect("it is open");
        assert_eq!(second.fence, first.fence);
        assert!(second.covers(&keys(&["lamp", "rope"])), "of both");
        assert!(!second.covers(&keys(&["rope", "tent"])));
        drop(first);
        tokio::task::yield_now().await;
        assert!(try_lock(&node, &["lamp"]).await.is_none(), "one is at it");
        drop(second);
        let mut waits = Box::pin(along(&own, &["lamp"]));
        assert!((&mut waits).now_or_never().is_none(), "another waits");
        tokio::task::yield_now().await;
        let others = try_lock(&node, &["lamp", "rope"]).await;
        assert!(others.is_some(), "it is free for them");
        assert!(waits.await.is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn what_nobody_else_wants_is_left_to_nobody() {
        let (_node, own, first) = locked_by(&["rope"]).await;
        let second = along(&own, &["rope"]).await.expect("it is open");
        let began = Instant::now();
        drop((first, second));
        assert!(along(&own, &["rope"]).await.is_none(), "it was given back");
        assert_eq!(began.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn a_lock_that_is_not_given_back_is_waited_for_no_longer_than_that() {
        let (_node, own, _held) = locked_by(&["rope"]).await;
        let began = Instant::now();
        let waited = own.shared(&keys(&["lamp", "rope"]), TTL).await;
        assert!(matches!(waited, Own::Busy));
        assert_eq!(began.elapsed(), TTL);
        assert!(own.has_one_of(&keys(&["lamp", "rope"])));
        assert!(!own.has_one_of(&keys(&["lamp"])));
    }

    #[tokio::test(start_paused = true)]
    async fn where_others_sell_the_same_each_batch_has_a_lock_by_itself() {
        let (node, own, held) = locked_by(&["rope"]).await;
        own.note_others();
        let rope = keys(&["rope"]);
        let mut waits = Box::pin(along(&own, &["rope"]));
        assert!((&mut waits).now_or_never().is_none());
        drop(held);
        assert!(waits.await.is_none(), "and is not left to them besides");
        let lock = try_lock(&node, &["rope"]).await.expect("it is free");
        let _held = own.note(rope.clone(), lock);
        tokio::time::advance(OTHERS).await;
        tokio::time::advance(Duration::from_millis(1)).await;
        assert!(own.are_alone());
    }

    /// What a node does that always has orders for the same: how many batches it has placed by then. Each needs longer
    /// than others look away.
    async fn sells(node: &Arc<dyn Coordination>, until: Instant) -> usize {
        let (own, mut batches) = (OwnLocks::default(), 0);
        while Instant::now() < until {
            let rope = keys(&["rope"]);
            let held = match own.shared(&rope, LONG).await {
                Own::Along(held) => held,
                Own::Busy => panic!("nothing takes so long"),
                Own::Free => {
                    let wanted = rope.iter().cloned().collect();
                    match acquire(node, wanted, TTL, LONG).await {
                        Waited::Granted(lock) => {
                            if lock.tries > 1 {
                                own.note_others();
                            }
                            own.note(rope, lock)
                        }
                        Waited::Busy | Waited::Unavailable => panic!("it is given back"),
                    }
                }
            };
            sleep(Duration::from_millis(30)).await;
            drop(held);
            batches += 1;
        }
        batches
    }

    #[tokio::test(start_paused = true)]
    async fn of_nodes_that_sell_the_same_none_waits_for_ever() {
        let node: Arc<dyn Coordination> = Arc::new(InProcess::default());
        let until = Instant::now() + Duration::from_secs(30);
        let (one, two, three) = tokio::join!(
            sells(&node, until),
            sells(&node, until),
            sells(&node, until)
        );
        let sum = one + two + three;
        for batches in [one, two, three] {
            assert!(batches * 6 >= sum, "{one}, {two} and {three} batches");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_lock_of_before_or_of_less_is_waited_for() {
        let (_node, own, held) = locked_by(&["rope"]).await;
        assert!(along(&own, &["lamp", "rope"]).now_or_never().is_none());
        assert!(along(&own, &["lamp"]).await.is_none(), "nobody has it");
        tokio::time::advance(OPEN).await;
        let mut waits = Box::pin(along(&own, &["rope"]));
        assert!((&mut waits).now_or_never().is_none(), "others wait, too");
        drop(held);
        assert!(waits.await.is_none());
    }
}
