//! What many ask for at the same moment is done in one transaction: while one batch is on its way, the next
//! collects. Orders are placed so, in a queue of their own; this is for what comes with them, on the same threads
//! [ahead](crate::ahead) of requests: a batch that waits for an answer keeps the next one waiting, too.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use async_trait::async_trait;
use tokio::{
    sync::{mpsc, oneshot},
    task::{JoinError, JoinSet},
    time::{Instant, timeout, timeout_at},
};
use tracing::{Instrument as _, Span};

use crate::{
    ahead,
    error::{Error, Result},
};

/// What may wait; more waits to be let in.
const CAPACITY: usize = 4096;
/// What has waited this long is not begun any more. Longer than any batch may take, and less than a request may.
const PATIENCE: Duration = Duration::from_secs(20);
/// What is done by itself and takes longer is stuck. Longer than it may wait for a row.
pub const ALONE: Duration = Duration::from_secs(12);
/// What is done one by one after a batch has failed is done by as many at once: others want connections, too.
const AT_ONCE: usize = 4;

/// With which request the statements of a batch are noted.
pub enum Noted {
    /// With none.
    Apart,
    /// With the first of those who ask.
    WithFirst,
}

/// What can be done together.
#[async_trait]
pub trait Work: Send + Sync + 'static {
    type Request: Clone + Send + Sync + 'static;
    type Answer: Send + 'static;

    /// Done in one transaction at most.
    const MOST: usize = 256;
    /// What takes longer is stuck, say on a connection that hangs, and keeps nothing behind it waiting.
    const LIMIT: Duration = Duration::from_secs(5);
    /// Batches that are on their way at once.
    const UNDER_WAY: usize = 1;
    /// What is written for many is no one's.
    const NOTED: Noted = Noted::Apart;

    /// Answers each, in order. An error outside concerns all of them: nothing was done.
    async fn all(&self, requests: Vec<Self::Request>) -> Result<Vec<Result<Self::Answer>>>;

    /// Does one by itself, after it failed with others. Safe to repeat: what was given up because it took too long
    /// may have been done all the same.
    async fn one(&self, request: Self::Request) -> Result<Self::Answer> {
        let answer = self.all(vec![request]).await?.pop();
        answer.unwrap_or_else(|| Err(Error::Invariant("every request has an answer".to_owned())))
    }
}

/// A handle; the work ends when its last handle is dropped.
pub struct Together<W: Work>(Arc<Shared<W>>);

struct Shared<W: Work> {
    work: Arc<W>,
    /// Opened when the first asks.
    queue: OnceLock<mpsc::Sender<Job<W>>>,
}

struct Job<W: Work> {
    request: W::Request,
    /// With which it is noted.
    span: Span,
    deadline: Instant,
    reply: oneshot::Sender<Result<W::Answer>>,
}

impl<W: Work> Clone for Together<W> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<W: Work> Together<W> {
    pub fn new(work: W) -> Self {
        Self(Arc::new(Shared {
            work: Arc::new(work),
            queue: OnceLock::new(),
        }))
    }

    /// It is done even if the caller stops waiting, unless it has waited too long itself.
    pub async fn ask(&self, request: W::Request) -> Result<W::Answer> {
        let queue = self.0.queue.get_or_init(|| {
            let (queue, jobs) = mpsc::channel(CAPACITY);
            ahead::spawn(run(self.0.work.clone(), jobs));
            queue
        });
        let failed = || Error::Invariant("a batch failed".to_owned());
        let (reply, answer) = oneshot::channel();
        let span = match W::NOTED {
            Noted::Apart => Span::none(),
            Noted::WithFirst => Span::current(),
        };
        let deadline = Instant::now() + PATIENCE;
        let job = Job {
            request,
            span,
            deadline,
            reply,
        };
        let sent = timeout_at(deadline, queue.send(job)).await;
        sent.map_err(|_| Error::Busy)?.map_err(|_| failed())?;
        answer.await.unwrap_or_else(|_| Err(failed()))
    }
}

async fn run<W: Work>(work: Arc<W>, mut jobs: mpsc::Receiver<Job<W>>) {
    let mut waiting = Vec::new();
    let mut under_way = JoinSet::new();
    while jobs.recv_many(&mut waiting, W::MOST).await > 0 {
        // A task of its own: a panic in a batch costs that batch.
        under_way.spawn(do_all(work.clone(), std::mem::take(&mut waiting)));
        while under_way.len() >= W::UNDER_WAY
            && let Some(ended) = under_way.join_next().await
        {
            tell(ended);
        }
    }
    while let Some(ended) = under_way.join_next().await {
        tell(ended);
    }
}

fn tell(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a batch failed");
    }
}

async fn do_all<W: Work>(work: Arc<W>, jobs: Vec<Job<W>>) {
    let jobs = in_time(jobs);
    let Some(first) = jobs.first() else {
        return;
    };
    let span = first.span.clone();
    let requests = jobs.iter().map(|job| job.request.clone()).collect();
    let count = jobs.len();
    let done = timeout(W::LIMIT, work.all(requests).instrument(span)).await;
    let done = done.unwrap_or_else(|_| {
        tracing::warn!(count, "a batch took too long");
        Err(Error::Busy)
    });
    let error = match done {
        Ok(answers) => {
            for (job, answer) in jobs.into_iter().zip(answers) {
                let _ = job.reply.send(answer);
            }
            return;
        }
        Err(error) => error,
    };
    if error.is_unavailable() {
        tracing::warn!(%error, count, "database unavailable for a batch");
        for job in jobs {
            let _ = job.reply.send(Err(Error::Unavailable));
        }
        return;
    }
    tracing::debug!(%error, count, "what failed together is done one by one");
    // The next batch does not wait for these.
    tokio::spawn(one_by_one(work, jobs));
}

async fn one_by_one<W: Work>(work: Arc<W>, jobs: Vec<Job<W>>) {
    let mut under_way = JoinSet::new();
    for job in jobs {
        if under_way.len() >= AT_ONCE {
            under_way.join_next().await;
        }
        // A panic costs its own job.
        under_way.spawn(do_one(work.clone(), job));
    }
    while under_way.join_next().await.is_some() {}
}

async fn do_one<W: Work>(work: Arc<W>, job: Job<W>) {
    let Job {
        request,
        span,
        deadline,
        reply,
    } = job;
    let done = match deadline > Instant::now() {
        true => timeout(ALONE, work.one(request).instrument(span)).await,
        false => Ok(Err(Error::Busy)),
    };
    let _ = reply.send(done.unwrap_or(Err(Error::Busy)));
}

/// Those that have waited too long are told so.
fn in_time<W: Work>(jobs: Vec<Job<W>>) -> Vec<Job<W>> {
    let now = Instant::now();
    let (jobs, late): (Vec<_>, Vec<_>) = jobs.into_iter().partition(|job| job.deadline > now);
    for job in late {
        let _ = job.reply.send(Err(Error::Busy));
    }
    jobs
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering::SeqCst},
    };

    use futures_util::{FutureExt as _, future::join_all};
    use tokio::sync::Semaphore;

    use super::*;

    /// A number that is never doubled.
    const STUCK: i64 = i64::MAX;

    /// A number that fails, and costs no other anything.
    const ODD_ONE: i64 = 1001;

    fn doubled(number: i64) -> Result<i64> {
        match number {
            ODD_ONE => Err(Error::Invariant("the odd one".to_owned())),
            number => Ok(number * 2),
        }
    }

    /// Doubles numbers. A batch with a zero fails, one with a negative number panics.
    struct Doubling {
        go: Semaphore,
        batches: Mutex<Vec<Vec<i64>>>,
        /// How many are done by themselves, and how many were at most.
        alone: AtomicUsize,
        most_alone: AtomicUsize,
    }

    #[async_trait]
    impl Work for Arc<Doubling> {
        type Request = i64;
        type Answer = i64;

        const MOST: usize = 8;

        async fn all(&self, asked: Vec<i64>) -> Result<Vec<Result<i64>>> {
            self.batches.lock().unwrap().push(asked.clone());
            self.go.acquire().await.unwrap().forget();
            assert!(
                asked.iter().all(|number| *number >= 0),
                "this test panics here"
            );
            match asked.contains(&0) {
                true => Err(Error::Busy),
                false => Ok(asked.into_iter().map(doubled).collect()),
            }
        }

        async fn one(&self, asked: i64) -> Result<i64> {
            let alone = self.alone.fetch_add(1, SeqCst) + 1;
            self.most_alone.fetch_max(alone, SeqCst);
            tokio::task::yield_now().await;
            self.alone.fetch_sub(1, SeqCst);
            match asked {
                0 => Err(Error::Invariant("zero".to_owned())),
                STUCK => std::future::pending().await,
                number => Ok(number * 2),
            }
        }
    }

    fn doubling() -> (Arc<Doubling>, Together<Arc<Doubling>>) {
        let work = Arc::new(Doubling {
            go: Semaphore::new(0),
            batches: Mutex::default(),
            alone: AtomicUsize::default(),
            most_alone: AtomicUsize::default(),
        });
        (work.clone(), Together::new(work))
    }

    #[tokio::test]
    async fn what_comes_while_a_batch_is_on_its_way_goes_with_the_next() {
        let (work, together) = doubling();
        let mut first = Box::pin(together.ask(7));
        assert!((&mut first).now_or_never().is_none());
        while work.batches.lock().unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
        let mut rest = Box::pin(join_all((1..=4).map(|number| together.ask(number))));
        assert!((&mut rest).now_or_never().is_none());
        work.go.add_permits(2);
        assert_eq!(first.await.unwrap(), 14);
        let answers: Vec<i64> = rest.await.into_iter().map(Result::unwrap).collect();
        assert_eq!(answers, [2, 4, 6, 8]);
        let batches = work.batches.lock().unwrap();
        assert_eq!(*batches, [vec![7], vec![1, 2, 3, 4]]);
    }

    /// Doubles numbers, two batches at once.
    struct TwoAtOnce(Arc<Doubling>);

    #[async_trait]
    impl Work for TwoAtOnce {
        type Request = i64;
        type Answer = i64;

        const UNDER_WAY: usize = 2;

        async fn all(&self, asked: Vec<i64>) -> Result<Vec<Result<i64>>> {
            self.0.all(asked).await
        }
    }

    #[tokio::test]
    async fn where_two_batches_are_on_their_way_what_comes_goes_with_the_third() {
        let (work, _) = doubling();
        let together = Together::new(TwoAtOnce(work.clone()));
        let begun = async |count: usize| {
            while work.batches.lock().unwrap().len() < count {
                tokio::task::yield_now().await;
            }
        };
        let mut first = Box::pin(together.ask(7));
        assert!((&mut first).now_or_never().is_none());
        begun(1).await;
        let mut second = Box::pin(together.ask(8));
        assert!((&mut second).now_or_never().is_none());
        begun(2).await;
        let mut rest = Box::pin(join_all((1..=3).map(|number| together.ask(number))));
        assert!((&mut rest).now_or_never().is_none());
        for _ in 0..9 {
            tokio::task::yield_now().await;
        }
        assert_eq!(work.batches.lock().unwrap().len(), 2);
        work.go.add_permits(3);
        assert_eq!(first.await.unwrap(), 14);
        assert_eq!(second.await.unwrap(), 16);
        let answers: Vec<i64> = rest.await.into_iter().map(Result::unwrap).collect();
        assert_eq!(answers, [2, 4, 6]);
        let batches = work.batches.lock().unwrap();
        assert_eq!(*batches, [vec![7], vec![8], vec![1, 2, 3]]);
    }

    #[tokio::test]
    async fn one_that_cannot_be_done_costs_the_others_nothing() {
        let (work, together) = doubling();
        work.go.add_permits(2);
        let answers = join_all([1, 0, 3].map(|number| together.ask(number))).await;
        assert!(matches!(
            answers.as_slice(),
            [Ok(2), Err(Error::Invariant(_)), Ok(6)]
        ));
    }

    #[tokio::test]
    async fn what_failed_together_is_done_by_four_at_once() {
        let (work, together) = doubling();
        work.go.add_permits(1);
        let answers = join_all((0..8).map(|number| together.ask(number))).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 7);
        assert_eq!(work.batches.lock().unwrap().len(), 1);
        assert_eq!(work.most_alone.load(SeqCst), 4);
    }

    #[tokio::test]
    async fn one_that_fails_in_a_batch_that_was_done_fails_alone() {
        let (work, together) = doubling();
        work.go.add_permits(1);
        let answers = join_all([1, ODD_ONE, 3].map(|number| together.ask(number))).await;
        assert!(matches!(
            answers.as_slice(),
            [Ok(2), Err(Error::Invariant(_)), Ok(6)]
        ));
        assert_eq!(*work.batches.lock().unwrap(), [vec![1, ODD_ONE, 3]]);
    }

    #[tokio::test]
    async fn a_panic_costs_its_own_batch_alone() {
        let (work, together) = doubling();
        work.go.add_permits(2);
        assert!(matches!(together.ask(-1).await, Err(Error::Invariant(_))));
        assert_eq!(together.ask(5).await.unwrap(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn a_batch_that_hangs_is_done_one_by_one_and_holds_up_no_other() {
        let (work, together) = doubling();
        let (stuck, seven) = tokio::join!(together.ask(STUCK), together.ask(7));
        assert!(matches!(stuck, Err(Error::Busy)), "{stuck:?}");
        assert_eq!(seven.unwrap(), 14);
        work.go.add_permits(1);
        assert_eq!(together.ask(5).await.unwrap(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn what_has_waited_too_long_is_not_begun() {
        let (work, together) = doubling();
        // One batch after another hangs.
        let answers = join_all((1..=48).map(|number| together.ask(number))).await;
        assert!(matches!(answers.first(), Some(Ok(2))), "{answers:?}");
        assert!(
            matches!(answers.last(), Some(Err(Error::Busy))),
            "{answers:?}"
        );
        assert_eq!(work.batches.lock().unwrap().len(), 4);
    }
}
