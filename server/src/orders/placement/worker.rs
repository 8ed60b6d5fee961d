//! Placing batches: under the lock where others want the same, and one by one where a batch fails as a whole.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use app::shop::ShopSettings;
use metrics::{Histogram, histogram};
use tokio::{sync::Semaphore, time::Instant};

use super::{
    batch::{Intent, Outcome},
    lanes::Lanes,
    own::{Held, Own, OwnLocks},
    place::{BatchTime, place_batch},
    size::BatchSize,
    turn::Turn,
};
use crate::{
    clock::Clock,
    coordination::{
        CacheScope,
        lock::{Waited, acquire},
    },
    error::{Error, Result},
    ids::new_order_number,
    orders::placement::{
        hot::{Demand, HotVariants},
        queue::{Job, Reply},
    },
    store::Store,
};

/// A transaction that takes longer is stuck. Longer than each of its statements may take: see
/// [`Store::begin_by_key`].
const TRANSACTION: Duration = Duration::from_secs(4);
/// Longer than a batch may take, so that it runs out under a node that died and no other.
const LOCK_TTL: Duration = Duration::from_secs(5);
/// How long a batch waits for a hot product that other nodes are selling, too.
const LOCK_PATIENCE: Duration = Duration::from_millis(1500);
/// How long all orders of a node wait at most for the lock of its own batches before: a few batches. Those that want
/// the same may wait for longer, in a queue of their own.
const OWN_PATIENCE: Duration = Duration::from_millis(500);
/// How often an order is tried again after a conflict with another node.
const TRIES: usize = 4;
/// Orders of a batch whose carts are looked at to find out what is hot: what fewer than two of these want is worth no lock.
/// Those of all are looked at only if some have to wait.
const LOOKED_AT: usize = 16;
/// Batches that waited for their locks and are placed at once: the others have connections, too.
const HOT_AT_ONCE: usize = 2;

pub(super) struct Worker {
    db: Store,
    clock: Arc<dyn Clock>,
    defaults: Arc<ShopSettings>,
    hot: HotVariants,
    own: OwnLocks,
    lanes: Lanes,
    size: BatchSize,
    hot_at_once: Semaphore,
    batches: Histogram,
    /// The name that the last version gave it, for one version more.
    old_batches: Histogram,
}

/// How long the lock of some orders is waited for.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// While batches of this node have it.
    own: Duration,
    /// While other nodes do.
    others: Duration,
}

/// With all orders of the node behind it.
const IN_TURN: Patience = Patience {
    own: OWN_PATIENCE,
    others: Duration::ZERO,
};
/// With nobody behind it but who wants the same.
pub(super) const ASIDE: Patience = Patience {
    own: LOCK_TTL,
    others: LOCK_PATIENCE,
};

/// What came of asking for the lock of some orders.
pub(super) enum Locked {
    Here(Held),
    /// Nothing of them is hot, or Redis is away: the database decides.
    Without,
    Elsewhere,
}

impl Worker {
    pub fn new(db: Store, clock: Arc<dyn Clock>, defaults: Arc<ShopSettings>) -> Self {
        Self {
            db,
            clock,
            defaults,
            hot: HotVariants::default(),
            own: OwnLocks::default(),
            lanes: Lanes::default(),
            size: BatchSize::default(),
            hot_at_once: Semaphore::new(HOT_AT_ONCE),
            batches: histogram!("holdfast_order_batch_orders"),
            old_batches: histogram!("holdfast_lane_batch_orders"),
        }
    }

    pub fn lanes(&self) -> &Lanes {
        &self.lanes
    }

    /// Orders in one transaction at most.
    pub fn most(&self) -> usize {
        self.size.most()
    }

    /// Whether no other node sold what this one does, in the last seconds.
    pub fn is_alone(&self) -> bool {
        self.own.are_alone()
    }

    /// Answers every order. Those for hot variants wait for the lock of these in queues of their own, if it is not
    /// to be had at once; the rest goes ahead.
    pub async fn place(self: Arc<Self>, jobs: Vec<Job>, turn: Turn) {
        // Those that wait already are told apart, whatever they want.
        let is_part = self.lanes.are_closed() && jobs.len() > LOOKED_AT;
        let (mut jobs, keys) = match is_part {
            true => {
                let jobs = self.looked_at(jobs, LOOKED_AT).await;
                (jobs, self.hot.all(Instant::now()))
            }
            false => {
                let jobs = self.lanes.sort(self.looked_at(jobs, usize::MAX).await);
                let keys = hot_of(&jobs);
                (jobs, keys)
            }
        };
        match self.lock(keys, IN_TURN).await {
            Locked::Here(held) => self.place_all(jobs, Some(held), turn).await,
            Locked::Without => self.place_all(jobs, None, turn).await,
            Locked::Elsewhere => {
                if is_part {
                    jobs = self.looked_at(jobs, usize::MAX).await;
                }
                let (rest, hot): (Vec<Job>, Vec<Job>) =
                    jobs.into_iter().partition(|job| job.hot.is_empty());
                self.lanes.send(&self, hot);
                self.place_all(rest, None, turn).await;
            }
        }
    }

    /// Answers orders for hot variants that another node sells at this moment, too, under the lock they waited for.
    pub async fn place_hot(self: Arc<Self>, jobs: Vec<Job>, lock: Option<Held>) {
        let _one_of_few = self.hot_at_once.acquire().await;
        self.place_all(jobs, lock, Turn::default()).await;
    }

    /// The lock of all of these variants.
    pub async fn lock(&self, keys: BTreeSet<String>, patience: Patience) -> Locked {
        if keys.is_empty() {
            return Locked::Without;
        }
        match self.own.shared(&keys, patience.own).await {
            Own::Along(held) => return Locked::Here(held),
            Own::Busy => return Locked::Elsewhere,
            Own::Free => {}
        }
        let coordination = self.db.freshness().coordination();
        let wanted = keys.iter().cloned().collect();
        match acquire(coordination, wanted, LOCK_TTL, patience.others).await {
            Waited::Granted(lock) => {
                if lock.tries > 1 {
                    self.own.note_others();
                }
                Locked::Here(self.own.note(keys, lock))
            }
            Waited::Unavailable => Locked::Without,
            Waited::Busy => {
                // A batch beside this one may have been faster.
                if !self.own.has_one_of(&keys) {
                    self.own.note_others();
                }
                Locked::Elsewhere
            }
        }
    }

    /// The same with what of each of the first ones other nodes may be selling at this moment. A node by itself has nobody
    /// to keep out: its queue is the lock.
    async fn looked_at(&self, mut jobs: Vec<Job>, first: usize) -> Vec<Job> {
        if self.db.freshness().coordination().scope() != CacheScope::Cluster {
            return jobs;
        }
        let looked_at = jobs.iter().take(first);
        let carts = looked_at.map(|job| job.intent.cart_hash.as_str());
        // Without knowing what is wanted there is nothing to lock, and the database decides.
        let Ok(wants) = Demand::read(&self.db, &carts.collect()).await else {
            return jobs;
        };
        let hot = self.hot.note(&wants, Instant::now());
        for job in jobs.iter_mut().take(first) {
            job.hot = wants.of_cart(&job.intent.cart_hash, &hot);
        }
        jobs
    }

    /// Answers every order, and gives `lock` back as soon as nothing is to be written any more.
    ///
    /// A batch that fails as a whole is retried in halves, down to single orders, so that one bad order, or a
    /// conflict with another node, costs nobody else theirs. Its turn is over with the first try.
    async fn place_all(&self, jobs: Vec<Job>, mut lock: Option<Held>, turn: Turn) {
        if jobs.is_empty() {
            return;
        }
        self.batches.record(jobs.len() as f64);
        self.old_batches.record(jobs.len() as f64);
        let mut turn = Some(turn);
        if let Some(held) = &lock {
            let (fence, orders) = (held.fence, jobs.len());
            tracing::trace!(fence, orders, "placing under the lock");
        }
        // What comes next is last.
        let mut parts = vec![Part::of(jobs)];
        while let Some(part) = parts.pop() {
            let part = part.without_late(Instant::now());
            let turn = turn.take().unwrap_or_default();
            let outcomes = match part.intents.as_slice() {
                [] => Ok(Vec::new()),
                [one] => {
                    let placed = self.place_one(one.clone(), turn).await;
                    placed.map(|one| vec![one])
                }
                intents => self.attempt(intents, turn).await,
            };
            match outcomes {
                Err(error) if part.may_be_split_for(&error) => {
                    let orders = part.intents.len();
                    if error.is_too_much() {
                        tracing::warn!(%error, orders, "a batch of orders was too large for the database");
                        self.size.note_too_large(orders);
                    }
                    tracing::debug!(%error, orders, "placing a batch of orders in halves");
                    let (first, second) = part.halves();
                    parts.extend([second, first]);
                }
                outcomes => {
                    if parts.is_empty() {
                        drop(lock.take());
                    }
                    part.answer(outcomes);
                }
            }
        }
    }

    /// One transaction. It is given up if it hangs, say behind a lock that is never released. If it
    /// was just being committed, the orders' keys find them at the next try.
    async fn attempt(&self, intents: &[Arc<Intent>], turn: Turn) -> Result<Vec<Outcome>> {
        let time = BatchTime::of(&*self.clock);
        let batch = place_batch(&self.db, time, &self.defaults, intents, turn);
        tokio::time::timeout(TRANSACTION, batch)
            .await
            .unwrap_or(Err(Error::Busy))
    }

    async fn place_one(&self, mut intent: Arc<Intent>, mut turn: Turn) -> Result<Outcome> {
        let mut tries = 0;
        loop {
            tries += 1;
            let turn = std::mem::take(&mut turn);
            match self.attempt(std::slice::from_ref(&intent), turn).await {
                Ok(mut outcomes) => {
                    return outcomes
                        .pop()
                        .ok_or_else(|| Error::Invariant("every order has an outcome".to_owned()));
                }
                // The same key or cart on another node at the same moment, which the next look
                // finds; or an order number that is taken already, which is drawn again.
                Err(error) if tries < TRIES && error.is_unique_violation() => {
                    Arc::make_mut(&mut intent).number = new_order_number();
                }
                Err(error) if tries < TRIES && error.is_transient() => {}
                Err(error) => return Err(error),
            }
        }
    }
}

pub(super) fn hot_of(jobs: &[Job]) -> BTreeSet<String> {
    let keys: BTreeSet<&String> = jobs.iter().flat_map(|job| &job.hot).collect();
    keys.into_iter().cloned().collect()
}

/// Orders that are placed together, in the order in which they came.
struct Part {
    intents: Vec<Arc<Intent>>,
    replies: Vec<(Instant, Reply)>,
}

impl Part {
    fn of(jobs: Vec<Job>) -> Self {
        let (intents, replies) = jobs
            .into_iter()
            .map(|job| (job.intent, (job.deadline, job.reply)))
            .unzip();
        Self { intents, replies }
    }

    /// Those that have waited too long are told so.
    fn without_late(self, now: Instant) -> Self {
        let all = self.intents.into_iter().zip(self.replies);
        let (in_time, late): (Vec<_>, Vec<_>) = all.partition(|(_, (deadline, _))| *deadline > now);
        for (_, (_, reply)) in late {
            reply.send(Err(Error::Busy));
        }
        let (intents, replies) = in_time.into_iter().unzip();
        Self { intents, replies }
    }

    /// Not if the database is away or has too much to do, and not if it took too long: the same rows
    /// would let these orders wait again, half by half. For half of the locks there may be room.
    fn may_be_split_for(&self, error: &Error) -> bool {
        let is_away = error.is_unavailable() && !error.is_too_much();
        let is_of_all = matches!(error, Error::Busy) || is_away || error.is_timeout();
        self.intents.len() > 1 && !is_of_all
    }

    fn halves(self) -> (Self, Self) {
        let Self {
            mut intents,
            mut replies,
        } = self;
        let half = intents.len() / 2;
        let second = Self {
            intents: intents.split_off(half),
            replies: replies.split_off(half),
        };
        (Self { intents, replies }, second)
    }

    fn answer(self, outcomes: Result<Vec<Outcome>>) {
        let orders = self.intents.len();
        let mut replies = self.replies.into_iter().map(|(_, reply)| reply);
        let error = match outcomes {
            Ok(outcomes) => {
                for (reply, outcome) in replies.zip(outcomes) {
                    reply.send(Ok(outcome));
                }
                return;
            }
            Err(error) => error,
        };
        if error.is_unavailable() {
            tracing::warn!(%error, orders, "database unavailable for a batch of orders");
            replies.for_each(|reply| reply.send(Err(Error::Unavailable)));
        } else if error.is_timeout() || matches!(error, Error::Busy) {
            tracing::warn!(%error, orders, "a batch of orders timed out");
            replies.for_each(|reply| reply.send(Err(Error::Busy)));
        } else if let Some(reply) = replies.next() {
            // Of a single order: more than one would have been split.
            reply.send(Err(error));
        }
    }
}
