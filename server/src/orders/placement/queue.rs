//! The order queue: how a hot product gets fast.
//!
//! Orders of a node wait in a bounded queue. While one transaction is on its way the next batch
//! collects; then the whole batch runs in one transaction. A hundred orders for one product cost
//! one commit and one row lock instead of a hundred. A full queue, or one in which an order would
//! wait too long, answers "busy" without touching the database.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use app::{error::ErrorKind, shop::ShopSettings};
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

use super::{
    batch::{Intent, Outcome},
    refusal::Refusal,
    worker::Worker,
};
use crate::{
    clock::Clock,
    error::{Error, Result},
    store::Store,
};

/// Orders that may wait. At a few thousand orders a second this is about a second's work.
pub const CAPACITY: usize = 4096;
/// Orders in one transaction at most: what collects while one is on its way goes with the next, and the more
/// there are, the less each costs.
const MAX_BATCH: usize = 1024;
/// Orders under way at once on one node that a quiet day does not see.
const RUSH: usize = 8;
/// An order that has waited this long is not begun any more: its shopper should be told.
const PATIENCE: Duration = Duration::from_secs(8);
/// An order that takes longer than this says that more come than can be placed.
const SLOW: Duration = Duration::from_secs(2);
/// For how long that counts.
const LAGGING: Duration = Duration::from_secs(3);

/// An order that waits, and where its answer goes.
pub(super) struct Job {
    pub intent: Intent,
    pub deadline: Instant,
    pub reply: Reply,
}

/// Where an answer goes.
pub(super) type Reply = oneshot::Sender<Result<Outcome>>;

impl Job {
    /// Whoever stopped waiting needs no answer.
    pub fn answer(self, outcome: Result<Outcome>) {
        let _ = self.reply.send(outcome);
    }
}

/// A handle to the queue; the queue ends when its last handle is dropped.
#[derive(Clone)]
pub struct OrderQueue {
    queue: mpsc::Sender<Job>,
    under_way: Arc<AtomicUsize>,
    /// When an order last was refused for want of time, or took long.
    lagged: Arc<Mutex<Option<Instant>>>,
}

/// Counts an order as under way, also if its shopper hangs up.
struct UnderWay(Arc<AtomicUsize>);

impl UnderWay {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count.clone())
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl OrderQueue {
    /// Opens a queue of its own in which `capacity` orders may wait. Needs a Tokio runtime.
    /// `defaults` is for what no admin has set.
    pub fn open(
        db: Store,
        clock: Arc<dyn Clock>,
        defaults: Arc<ShopSettings>,
        capacity: usize,
    ) -> Self {
        let (queue, jobs) = mpsc::channel(capacity);
        tokio::spawn(work(Worker::new(db, clock, defaults), jobs));
        Self {
            queue,
            under_way: Arc::default(),
            lagged: Arc::default(),
        }
    }

    /// Whether many orders are coming in: whatever can wait lets them go first.
    pub fn is_busy(&self) -> bool {
        self.under_way.load(Ordering::Relaxed) >= RUSH
    }

    /// Whether more orders came lately than could be placed: waiting rooms let fewer people in then.
    pub fn lags(&self) -> bool {
        let lagged = self.lagged.lock().unwrap_or_else(PoisonError::into_inner);
        lagged.is_some_and(|at| at.elapsed() < LAGGING)
    }

    /// Places an order with the next batch and tells what became of it.
    ///
    /// The order may stand even if the caller stops waiting: its checkout key finds it again.
    pub async fn place(&self, intent: Intent) -> Result<Outcome> {
        let _under_way = UnderWay::new(&self.under_way);
        let (reply, answer) = oneshot::channel();
        let begun = Instant::now();
        let job = Job {
            intent,
            deadline: begun + PATIENCE,
            reply,
        };
        let outcome = match self.queue.try_send(job) {
            Err(_) => Err(Error::Busy),
            Ok(()) => answer
                .await
                .unwrap_or_else(|_| Err(Error::Invariant("the order queue failed".to_owned()))),
        };
        if matches!(outcome, Err(Error::Busy)) || begun.elapsed() > SLOW {
            let mut lagged = self.lagged.lock().unwrap_or_else(PoisonError::into_inner);
            *lagged = Some(Instant::now());
        }
        let outcome = match outcome {
            Err(Error::Busy) => Ok(Outcome::Refused(Refusal::Overloaded)),
            outcome => outcome,
        };
        count(&outcome);
        outcome
    }
}

fn count(outcome: &Result<Outcome>) {
    let outcome = match outcome {
        Ok(Outcome::Placed(_)) => "stands",
        Ok(Outcome::Refused(refusal)) => match refusal.kind() {
            ErrorKind::SoldOut => "sold_out",
            ErrorKind::NotYet => "not_yet",
            ErrorKind::Waiting => "not_let_in",
            ErrorKind::Insufficient => "too_few_left",
            ErrorKind::Inactive => "inactive",
            ErrorKind::PriceChanged => "price_changed",
            ErrorKind::LimitReached => "limit_reached",
            ErrorKind::TotalChanged => "total_changed",
            ErrorKind::EmptyCart => "empty_cart",
            ErrorKind::NotOpen => "not_open",
            ErrorKind::Busy => "busy",
            _ => "other",
        },
        Err(Error::Unavailable) => "unavailable",
        Err(_) => "failed",
    };
    metrics::counter!("holdfast_orders_total", "outcome" => outcome).increment(1);
}

async fn work(worker: Worker, mut jobs: mpsc::Receiver<Job>) {
    let worker = Arc::new(worker);
    let depth = metrics::gauge!("holdfast_order_queue_depth");
    let batches = metrics::histogram!("holdfast_order_batch_orders");
    // The names that the last version gave them, for one version more.
    let old_depth = metrics::gauge!("holdfast_lane_depth");
    let old_batches = metrics::histogram!("holdfast_lane_batch_orders");
    let mut batch = Vec::with_capacity(MAX_BATCH);
    while jobs.recv_many(&mut batch, MAX_BATCH).await > 0 {
        depth.set(jobs.len() as f64);
        old_depth.set(jobs.len() as f64);
        let now = Instant::now();
        let (waiting, late): (Vec<Job>, Vec<Job>) = batch
            .drain(..)
            .partition(|job| job.deadline > now && !job.reply.is_closed());
        for job in late {
            job.answer(Err(Error::Busy));
        }
        if !waiting.is_empty() {
            batches.record(waiting.len() as f64);
            old_batches.record(waiting.len() as f64);
            let worker = worker.clone();
            // A task of its own: a panic in a batch costs that batch, not the queue.
            if let Err(error) = tokio::spawn(async move { worker.place(waiting).await }).await {
                tracing::error!(%error, "a batch of orders failed");
            }
        }
    }
}
