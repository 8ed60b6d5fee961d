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
    pin::pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use app::{error::ErrorKind, shop::ShopSettings};
use futures_util::future;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot},
    time::{Instant, sleep},
};

use super::{
    batch::{Intent, Outcome},
    refusal::Refusal,
    turn::Turn,
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
/// Orders that are worth a batch beside another: see [`collected`].
const MANY: usize = 64;
/// What takes longer is a batch that is held up, or far larger than the one that waits for it.
const HELD_UP: Duration = Duration::from_millis(30);
/// Orders under way at once on one node that a quiet day does not see.
const RUSH: usize = 8;
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
struct Waiting {
    room: Arc<Semaphore>,
    capacity: usize,
}

impl Waiting {
    fn count(&self) -> usize {
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

async fn work(
    worker: Worker,
    mut jobs: mpsc::UnboundedReceiver<Job>,
    waiting: Waiting,
    stages: u32,
) {
    let worker = Arc::new(worker);
    let depth = metrics::gauge!("holdfast_order_queue_depth");
    // The name that the last version gave it, for one version more.
    let old_depth = metrics::gauge!("holdfast_lane_depth");
    let under_way = Arc::new(Semaphore::new(stages as usize));
    let turns = Arc::new(Semaphore::new(1));
    loop {
        // First: what comes while these are waited for goes with this batch.
        let stage = under_way.clone().acquire_owned().await;
        let turn = turns.clone().acquire_owned().await;
        worker.lanes().gather().await;
        let (Ok(stage), Ok(turn)) = (stage, turn) else {
            return;
        };
        // All that is not this batch's.
        let others = under_way.acquire_many(stages - 1);
        let others = async { drop(others.await) };
        let Some(batch) = collected(&mut jobs, others, worker.most()).await else {
            return;
        };
        let batch = in_time(batch);
        // Besides these.
        let left = waiting.count().saturating_sub(batch.len()) as f64;
        depth.set(left);
        old_depth.set(left);
        if batch.is_empty() {
            continue;
        }
        let placing = worker.clone().place(batch, Turn::of(turn));
        // Tasks of their own: a panic in a batch costs that batch, not the queue.
        tokio::spawn(async move {
            if let Err(error) = tokio::spawn(placing).await {
                tracing::error!(%error, "a batch of orders failed");
            }
            drop(stage);
        });
    }
}

/// What goes with the next batch, `most` at most, which are [`MANY`] or more; nothing once nobody can order any more.
///
/// Whatever a batch is of, it costs some twenty statements and their exchanges, as much as a dozen orders or two. Beside
/// [`MANY`] that is little, and to read them while the batch before is written keeps both the node and the database
/// busy. A few would only be split: of shoppers who wait for each other's answers, those who could have gone together
/// would go in a third and another third. So few wait until the `others` under way are done, as they would if there were
/// one stage; and no longer than a batch usually takes, for who waits for the rows of others is to hold nobody up.
async fn collected<T>(
    jobs: &mut mpsc::UnboundedReceiver<T>,
    others: impl Future<Output = ()>,
    most: usize,
) -> Option<Vec<T>> {
    let mut batch = Vec::new();
    if jobs.recv_many(&mut batch, most).await == 0 {
        return None;
    }
    let others = pin!(others);
    let held_up = pin!(sleep(HELD_UP));
    let mut enough = future::select(others, held_up);
    while batch.len() < MANY {
        let room = most - batch.len();
        tokio::select! {
            biased;
            _ = &mut enough => break,
            more = jobs.recv_many(&mut batch, room) => if more == 0 {
                break;
            },
        }
    }
    // What has come in the meantime goes along.
    while batch.len() < most
        && let Ok(job) = jobs.try_recv()
    {
        batch.push(job);
    }
    Some(batch)
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

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn filled(orders: usize) -> (mpsc::UnboundedSender<usize>, mpsc::UnboundedReceiver<usize>) {
        let (queue, jobs) = mpsc::unbounded_channel();
        for order in 0..orders {
            queue.send(order).expect("it is open");
        }
        (queue, jobs)
    }

    async fn never() {
        future::pending().await
    }

    #[tokio::test(start_paused = true)]
    async fn a_batch_by_itself_begins_with_its_first_order() {
        let (_queue, mut jobs) = filled(1);
        let batch = collected(&mut jobs, async {}, MAX_BATCH).now_or_never();
        assert_eq!(batch, Some(Some(vec![0])));
    }

    #[tokio::test(start_paused = true)]
    async fn beside_another_it_begins_once_there_are_many_or_the_other_is_done() {
        let (queue, mut jobs) = filled(MANY - 1);
        let (done, other) = oneshot::channel::<()>();
        let others = async { drop(other.await) };
        let mut waits = Box::pin(collected(&mut jobs, others, MAX_BATCH));
        assert!((&mut waits).now_or_never().is_none(), "there are few");
        done.send(()).expect("it waits");
        assert_eq!(waits.await.map(|batch| batch.len()), Some(MANY - 1));

        queue.send(0).expect("it is open");
        let mut waits = Box::pin(collected(&mut jobs, never(), MAX_BATCH));
        assert!((&mut waits).now_or_never().is_none(), "there is one");
        for order in 1..MANY {
            queue.send(order).expect("it is open");
        }
        let batch = waits.now_or_never().flatten();
        assert_eq!(batch, Some((0..MANY).collect()));
    }

    #[tokio::test(start_paused = true)]
    async fn beside_one_that_is_held_up_nobody_waits_for_long() {
        let (_queue, mut jobs) = filled(3);
        let began = Instant::now();
        let batch = collected(&mut jobs, never(), MAX_BATCH).await;
        assert_eq!(batch, Some(vec![0, 1, 2]));
        assert_eq!(began.elapsed(), HELD_UP);
    }

    #[tokio::test(start_paused = true)]
    async fn a_batch_is_no_larger_than_may_be_and_what_is_left_is_placed_when_the_queue_ends() {
        let (queue, mut jobs) = filled(MANY + MAX_BATCH + 2);
        drop(queue);
        let first = collected(&mut jobs, never(), MANY).await;
        assert_eq!(first, Some((0..MANY).collect()));
        let second = collected(&mut jobs, never(), MAX_BATCH).await;
        assert_eq!(second, Some((MANY..MANY + MAX_BATCH).collect()));
        let rest = collected(&mut jobs, never(), MAX_BATCH).now_or_never();
        let last = MANY + MAX_BATCH;
        assert_eq!(rest, Some(Some(vec![last, last + 1])));
        assert_eq!(collected(&mut jobs, async {}, MAX_BATCH).await, None);
    }
}
