//! The order lane: how a hot product gets fast.
//!
//! Orders of a node wait in a bounded queue. While one transaction is on its way the next batch
//! collects; then the whole batch runs in one transaction. A hundred orders for one product cost
//! one commit and one row lock instead of a hundred. A full lane, or one in which an order would
//! wait too long, answers "busy" without touching the database.

use std::{sync::Arc, time::Duration};

use app::{
    error::{ErrorKind, ShopError},
    ports::ShopSettings,
};
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

use super::{
    batch::{Intent, Outcome},
    place::place_batch,
};
use crate::{
    clock::Clock,
    db::Db,
    error::{Error, Result},
};

/// Orders that may wait. At a few thousand orders a second this is about a second's work.
const CAPACITY: usize = 4096;
/// Orders in one transaction at most: keeps a batch, and with it everybody's wait, short.
const MAX_BATCH: usize = 256;
/// An order that has waited this long is not begun any more: its shopper should be told.
const PATIENCE: Duration = Duration::from_secs(8);
/// A transaction that takes longer is stuck.
const TRANSACTION: Duration = Duration::from_secs(5);
/// How often an order is tried again after a conflict with another node.
const TRIES: usize = 4;

struct Job {
    intent: Intent,
    deadline: Instant,
    reply: oneshot::Sender<Result<Outcome>>,
}

/// A handle to the lane; the lane ends when its last handle is dropped.
#[derive(Clone)]
pub struct Lane {
    queue: mpsc::Sender<Job>,
}

impl Lane {
    /// Opens a lane of its own. Needs a Tokio runtime.
    pub fn open(db: Db, clock: Arc<dyn Clock>, settings: Arc<ShopSettings>) -> Self {
        let (queue, jobs) = mpsc::channel(CAPACITY);
        tokio::spawn(work(
            Worker {
                db,
                clock,
                settings,
            },
            jobs,
        ));
        Self { queue }
    }

    /// Places an order with the next batch and tells what became of it.
    ///
    /// The order may stand even if the caller stops waiting: its checkout key finds it again.
    pub async fn place(&self, intent: Intent) -> Result<Outcome> {
        let (reply, answer) = oneshot::channel();
        let job = Job {
            intent,
            deadline: Instant::now() + PATIENCE,
            reply,
        };
        self.queue.try_send(job).map_err(|_| busy())?;
        answer
            .await
            .map_err(|_| Error::Invariant("the order lane broke off".to_owned()))?
    }
}

fn busy() -> ShopError {
    ShopError::new(
        ErrorKind::Busy,
        "So many orders are coming in that yours has to wait. Nothing was charged. Please try again.",
    )
}

struct Worker {
    db: Db,
    clock: Arc<dyn Clock>,
    settings: Arc<ShopSettings>,
}

async fn work(worker: Worker, mut jobs: mpsc::Receiver<Job>) {
    let worker = Arc::new(worker);
    let mut batch = Vec::with_capacity(MAX_BATCH);
    while jobs.recv_many(&mut batch, MAX_BATCH).await > 0 {
        let now = Instant::now();
        let (waiting, late): (Vec<Job>, Vec<Job>) = batch
            .drain(..)
            .partition(|job| job.deadline > now && !job.reply.is_closed());
        for job in late {
            // Whoever stopped waiting needs no answer.
            let _ = job.reply.send(Err(busy().into()));
        }
        if !waiting.is_empty() {
            let worker = worker.clone();
            // A task of its own: a panic in a batch costs that batch, not the lane.
            if let Err(error) = tokio::spawn(async move { worker.place(waiting).await }).await {
                tracing::error!(%error, "a batch of orders broke off");
            }
        }
    }
}

impl Worker {
    /// A batch that fails as a whole is retried order by order, so that one bad order, or a
    /// conflict with another node, costs nobody else theirs.
    async fn place(&self, jobs: Vec<Job>) {
        let deadlines: Vec<Instant> = jobs.iter().map(|job| job.deadline).collect();
        let (intents, replies): (Vec<Intent>, Vec<_>) =
            jobs.into_iter().map(|job| (job.intent, job.reply)).unzip();
        match self.attempt(&intents).await {
            Ok(outcomes) => {
                for (reply, outcome) in replies.into_iter().zip(outcomes) {
                    let _ = reply.send(Ok(outcome));
                }
            }
            Err(Error::Refused(refusal)) => {
                for reply in replies {
                    let _ = reply.send(Err(refusal.clone().into()));
                }
            }
            Err(error) if error.is_unavailable() => {
                tracing::warn!(%error, orders = intents.len(), "a batch of orders found no database");
                for reply in replies {
                    let _ = reply.send(Err(ShopError::unavailable().into()));
                }
            }
            Err(error) => {
                tracing::debug!(%error, orders = intents.len(), "a batch of orders is placed one by one");
                for ((reply, intent), deadline) in replies.into_iter().zip(intents).zip(deadlines) {
                    let outcome = match deadline > Instant::now() {
                        true => self.place_one(&intent).await,
                        false => Err(busy().into()),
                    };
                    let _ = reply.send(outcome);
                }
            }
        }
    }

    /// One transaction. It is given up if it hangs, say behind a lock that is never released. If it
    /// was just being committed, the orders' keys find them at the next try.
    async fn attempt(&self, intents: &[Intent]) -> Result<Vec<Outcome>> {
        let batch = place_batch(&self.db, self.clock.now(), &self.settings, intents);
        tokio::time::timeout(TRANSACTION, batch)
            .await
            .unwrap_or_else(|_| Err(Error::Refused(busy())))
    }

    async fn place_one(&self, intent: &Intent) -> Result<Outcome> {
        let one = std::slice::from_ref(intent);
        let mut tries = 0;
        loop {
            tries += 1;
            match self.attempt(one).await {
                Ok(mut outcomes) => {
                    return outcomes
                        .pop()
                        .ok_or_else(|| Error::Invariant("every order has an outcome".to_owned()));
                }
                // The same key or cart on another node at the same moment: look again.
                Err(error)
                    if tries < TRIES && (error.is_transient() || error.is_unique_violation()) => {}
                Err(error) => return Err(error),
            }
        }
    }
}
