//! The order queue: how a hot product gets fast.
//!
//! Orders of a node wait in a bounded queue. While one transaction is on its way the next batch
//! collects; then the whole batch runs in one transaction. A hundred orders for one product cost
//! one commit and one row lock instead of a hundred. A full queue, or one in which an order would
//! wait too long, answers "busy" without touching the database.
//!
//! On Postgres two batches overlap: while one is written, the next locks and reads what it is about. What waits for
//! the lock of a hot variant that another node has goes on to a queue of its own: see [`super::lanes`].

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use app::{error::ErrorKind, shop::ShopSettings};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot},
    time::Instant,
};

use super::{
    batch::{Intent, Outcome},
    batching::work,
    refusal::Refusal,
    worker::Worker,
};
use crate::{
    ahead,
    clock::Clock,
    db::Dialect,
    error::{Error, Result},
    store::Store,
};

/// Orders that may wait. At a few thousand orders a second this is about a second's work.
pub const CAPACITY: usize = 4096;
/// Orders in one transaction at most: what collects while one is on its way goes with the next, and the more
/// there are, the less each costs.
pub(super) const MAX_BATCH: usize = 1024;
/// So many orders under way at once on one node are a rush: some thousand a second. With fewer there is time for what can wait,
/// which would never catch up with a shop that is always as busy.
const RUSH: usize = 32;
/// An order that has waited this long is not begun any more: its shopper should be told.
const PATIENCE: Duration = Duration::from_secs(8);
/// An order that takes longer than this says that more come than can be placed.
const SLOW: Duration = Duration::from_secs(2);
/// For how long that counts.
const LAGGING: Duration = Duration::from_secs(3);

/// Batches under way at once on Postgres, whose rows keep them apart: one that locks and reads, one that is
/// written.
const STAGES: u32 = 2;

/// An order that waits, and where its answer goes.
pub(super) struct Job {
    /// On its way to its batch it is handed on some ten times.
    pub intent: Arc<Intent>,
    pub deadline: Instant,
    pub reply: Reply,
    /// What of its cart is hot, once that is known.
    pub hot: BTreeSet<String>,
    /// Its place among those that wait, for as long as it does.
    pub _room: OwnedSemaphorePermit,
}

/// Where an answer goes.
pub(super) struct Reply(oneshot::Sender<Result<Outcome>>);

impl Reply {
    /// Tells what became of an order. If its shopper stopped waiting, it is counted all the same.
    pub fn send(self, outcome: Result<Outcome>) {
        if let Err(unheard) = self.0.send(outcome) {
            count(&unheard);
        }
    }
}

impl Job {
    pub fn answer(self, outcome: Result<Outcome>) {
        self.reply.send(outcome);
    }
}

/// A handle to the queue; the queue ends when its last handle is dropped.
#[derive(Clone)]
pub struct OrderQueue {
    queue: mpsc::UnboundedSender<Job>,
    /// For as many orders as may wait.
    room: Arc<Semaphore>,
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
        let (queue, jobs) = mpsc::unbounded_channel();
        let room = Arc::new(Semaphore::new(capacity));
        let stages: u32 = match db.dialect() {
            // There is one writer.
            Dialect::Sqlite => 1,
            Dialect::Postgres => STAGES,
        };
        let waiting = Waiting {
            room: room.clone(),
            capacity,
        };
        ahead::spawn(work(
            Worker::new(db, clock, defaults),
            jobs,
            waiting,
            stages,
        ));
        Self {
            queue,
            room,
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

    /// Whether one more order may wait; otherwise it is refused.
    pub fn has_room(&self) -> Result<(), Refusal> {
        if self.room.available_permits() > 0 {
            return Ok(());
        }
        count(&Err(Error::Busy));
        self.note_lag();
        Err(Refusal::Overloaded)
    }

    fn note_lag(&self) {
        let mut lagged = self.lagged.lock().unwrap_or_else(PoisonError::into_inner);
        *lagged = Some(Instant::now());
    }

    /// Places an order with the next batch and tells what became of it.
    ///
    /// It waits for its batch from now on. The order may stand even if the caller stops waiting: its checkout key finds
    /// it again.
    pub fn place(&self, intent: Intent) -> impl Future<Output = Result<Outcome>> + Send {
        let under_way = UnderWay::new(&self.under_way);
        let begun = Instant::now();
        // Not where something waits for the answer: that would keep room for the order a second time.
        let sent = self.send(intent, begun);
        async move {
            let _under_way = under_way;
            let failed = |_| Err(Error::Invariant("the order queue failed".to_owned()));
            let outcome = match sent {
                Ok(answer) => answer.await.unwrap_or_else(failed),
                Err(full) => Err(full),
            };
            count(&outcome);
            if matches!(outcome, Err(Error::Busy)) || begun.elapsed() > SLOW {
                self.note_lag();
            }
            match outcome {
                Err(Error::Busy) => Ok(Outcome::Refused(Refusal::Overloaded)),
                outcome => outcome,
            }
        }
    }

    fn send(&self, intent: Intent, begun: Instant) -> Result<oneshot::Receiver<Result<Outcome>>> {
        let room = self.room.clone().try_acquire_owned();
        let (reply, answer) = oneshot::channel();
        let job = Job {
            intent: Arc::new(intent),
            deadline: begun + PATIENCE,
            reply: Reply(reply),
            hot: BTreeSet::new(),
            _room: room.map_err(|_| Error::Busy)?,
        };
        self.queue.send(job).map_err(|_| Error::Busy)?;
        Ok(answer)
    }
}

/// How many orders wait, wherever they do.
pub(super) struct Waiting {
    room: Arc<Semaphore>,
    capacity: usize,
}

impl Waiting {
    pub fn count(&self) -> usize {
        let free = self.room.available_permits();
        self.capacity.saturating_sub(free)
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
        Err(Error::Busy) => "busy",
        Err(Error::Unavailable) => "unavailable",
        Err(_) => "failed",
    };
    metrics::counter!("holdfast_orders_total", "outcome" => outcome).increment(1);
}

/// Those that are not late. Others are told so. A shopper who hung up has ordered all the same, and finds the order by
/// its key or in a mail.
pub(super) fn in_time(jobs: Vec<Job>) -> Vec<Job> {
    let now = Instant::now();
    let (jobs, late): (Vec<Job>, Vec<Job>) = jobs.into_iter().partition(|job| job.deadline > now);
    for job in late {
        job.answer(Err(Error::Busy));
    }
    jobs
}
