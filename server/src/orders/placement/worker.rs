//! Placing one batch after another: under the lock where others want the same, and one by one
//! where a batch fails as a whole.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use app::shop::ShopSettings;
use tokio::{task::JoinHandle, time::Instant};

use super::{
    batch::{Intent, Outcome},
    place::{BatchTime, place_batch},
};
use crate::{
    clock::Clock,
    coordination::{
        CacheScope,
        lock::{Lock, Waited, acquire},
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
/// How often an order is tried again after a conflict with another node.
const TRIES: usize = 4;

pub(super) struct Worker {
    db: Store,
    clock: Arc<dyn Clock>,
    defaults: Arc<ShopSettings>,
    hot: HotVariants,
    /// The lock of the batch before, on its way back. To wait for that while a hundred shoppers are
    /// answered cost a batch a seventh of its time.
    giving_back: Mutex<Option<JoinHandle<()>>>,
}

impl Worker {
    pub fn new(db: Store, clock: Arc<dyn Clock>, defaults: Arc<ShopSettings>) -> Self {
        Self {
            db,
            clock,
            defaults,
            hot: HotVariants::default(),
            giving_back: Mutex::default(),
        }
    }

    /// Answers every order. Those for hot products wait for the lock; the rest goes ahead if it is
    /// not to be had at once.
    pub async fn place(&self, jobs: Vec<Job>) {
        let hot = self.hot(&jobs).await;
        if hot.variants.is_empty() {
            return self.place_all(jobs, None).await;
        }
        let jobs = match self.lock(&hot, Duration::ZERO).await {
            Waited::Granted(lock) => return self.place_all(jobs, Some(lock)).await,
            Waited::Unavailable => return self.place_all(jobs, None).await,
            Waited::Busy => {
                let (hot_jobs, rest): (Vec<Job>, Vec<Job>) = jobs
                    .into_iter()
                    .partition(|job| hot.carts.contains(&job.intent.cart_hash));
                if !rest.is_empty() {
                    self.place_all(rest, None).await;
                }
                hot_jobs
            }
        };
        match self.lock(&hot, LOCK_PATIENCE).await {
            Waited::Granted(lock) => self.place_all(jobs, Some(lock)).await,
            Waited::Unavailable => self.place_all(jobs, None).await,
            Waited::Busy => {
                for job in jobs {
                    job.answer(Err(Error::Busy));
                }
            }
        }
    }

    async fn lock(&self, hot: &Hot, patience: Duration) -> Waited {
        let giving_back = self
            .giving_back
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(giving_back) = giving_back {
            let _ = giving_back.await;
        }
        let keys = hot.variants.iter().cloned().collect();
        acquire(self.db.freshness().coordination(), keys, LOCK_TTL, patience).await
    }

    /// What of the batch other nodes may be selling at this moment. A node by itself has nobody to
    /// keep out: its queue is the lock.
    async fn hot(&self, jobs: &[Job]) -> Hot {
        if self.db.freshness().coordination().scope() != CacheScope::Cluster {
            return Hot::default();
        }
        let carts: BTreeSet<&str> = jobs
            .iter()
            .map(|job| job.intent.cart_hash.as_str())
            .collect();
        // Without knowing what is wanted there is nothing to lock, and the database decides.
        let Ok(wants) = Demand::read(&self.db, &carts).await else {
            return Hot::default();
        };
        let variants = self.hot.note(&wants, Instant::now());
        let carts = wants.carts_with(&variants);
        Hot { variants, carts }
    }

    fn give_back(&self, lock: Option<Lock>) {
        if let Some(lock) = lock {
            let giving_back = tokio::spawn(lock.release());
            *self
                .giving_back
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Some(giving_back);
        }
    }

    /// Answers every order, and gives `lock` back as soon as nothing is to be written any more.
    ///
    /// A batch that fails as a whole is retried in halves, down to single orders, so that one bad order, or a
    /// conflict with another node, costs nobody else theirs.
    async fn place_all(&self, jobs: Vec<Job>, mut lock: Option<Lock>) {
        if let Some(lock) = &lock {
            let (fence, orders) = (lock.fence, jobs.len());
            tracing::trace!(fence, orders, "placing under the lock");
        }
        // What comes next is last.
        let mut parts = vec![Part::of(jobs)];
        while let Some(part) = parts.pop() {
            let part = part.without_late(Instant::now());
            let outcomes = match part.intents.as_slice() {
                [] => Ok(Vec::new()),
                [one] => self.place_one(one.clone()).await.map(|one| vec![one]),
                intents => self.attempt(intents).await,
            };
            match outcomes {
                Err(error) if part.may_be_split_for(&error) => {
                    let orders = part.intents.len();
                    tracing::debug!(%error, orders, "placing a batch of orders in halves");
                    let (first, second) = part.halves();
                    parts.extend([second, first]);
                }
                outcomes => {
                    if parts.is_empty() {
                        self.give_back(lock.take());
                    }
                    part.answer(outcomes);
                }
            }
        }
    }

    /// One transaction. It is given up if it hangs, say behind a lock that is never released. If it
    /// was just being committed, the orders' keys find them at the next try.
    async fn attempt(&self, intents: &[Intent]) -> Result<Vec<Outcome>> {
        let batch = place_batch(
            &self.db,
            BatchTime::of(&*self.clock),
            &self.defaults,
            intents,
        );
        tokio::time::timeout(TRANSACTION, batch)
            .await
            .unwrap_or(Err(Error::Busy))
    }

    async fn place_one(&self, mut intent: Intent) -> Result<Outcome> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.attempt(std::slice::from_ref(&intent)).await {
                Ok(mut outcomes) => {
                    return outcomes
                        .pop()
                        .ok_or_else(|| Error::Invariant("every order has an outcome".to_owned()));
                }
                // The same key or cart on another node at the same moment, which the next look
                // finds; or an order number that is taken already, which is drawn again.
                Err(error) if tries < TRIES && error.is_unique_violation() => {
                    intent.number = new_order_number();
                }
                Err(error) if tries < TRIES && error.is_transient() => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Orders that are placed together, in the order in which they came.
struct Part {
    intents: Vec<Intent>,
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
            let _ = reply.send(Err(Error::Busy));
        }
        let (intents, replies) = in_time.into_iter().unzip();
        Self { intents, replies }
    }

    /// Not if the database is away or has too much to do, and not if it took too long: the same rows
    /// would let these orders wait again, half by half.
    fn may_be_split_for(&self, error: &Error) -> bool {
        let is_of_all =
            matches!(error, Error::Busy) || error.is_unavailable() || error.is_timeout();
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
                    let _ = reply.send(Ok(outcome));
                }
                return;
            }
            Err(error) => error,
        };
        if error.is_unavailable() {
            tracing::warn!(%error, orders, "database unavailable for a batch of orders");
            replies.for_each(|reply| drop(reply.send(Err(Error::Unavailable))));
        } else if error.is_timeout() || matches!(error, Error::Busy) {
            tracing::warn!(%error, orders, "a batch of orders timed out");
            replies.for_each(|reply| drop(reply.send(Err(Error::Busy))));
        } else if let Some(reply) = replies.next() {
            // Of a single order: more than one would have been split.
            let _ = reply.send(Err(error));
        }
    }
}

/// What of a batch is wanted by many.
#[derive(Default)]
struct Hot {
    variants: BTreeSet<String>,
    /// The carts in which one of them lies.
    carts: BTreeSet<String>,
}
