//! What many ask for at the same moment is done in one transaction: while one batch is on its way, the next
//! collects. Orders are placed so, in a queue of their own; this is for what comes with them.

use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use tokio::sync::{mpsc, oneshot};

use crate::error::{Error, Result};

/// What may wait; more waits to be let in.
const CAPACITY: usize = 4096;
/// Done in one transaction at most.
const MOST: usize = 256;

/// What can be done together.
#[async_trait]
pub trait Work: Send + Sync + 'static {
    type Asked: Clone + Send + Sync + 'static;
    type Answer: Send + 'static;

    /// Answers each, in order. An error concerns all of them: nothing was done.
    async fn all(&self, asked: Vec<Self::Asked>) -> Result<Vec<Self::Answer>>;

    /// Does one by itself, after it failed with others.
    async fn one(&self, asked: Self::Asked) -> Result<Self::Answer>;
}

/// A handle; the work ends when its last handle is dropped.
pub struct Together<W: Work>(Arc<Shared<W>>);

struct Shared<W: Work> {
    work: Arc<W>,
    /// Opened when the first asks.
    queue: OnceLock<mpsc::Sender<Job<W>>>,
}

struct Job<W: Work> {
    asked: W::Asked,
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

    /// It is done even if whoever asked stops waiting.
    pub async fn ask(&self, asked: W::Asked) -> Result<W::Answer> {
        let queue = self.0.queue.get_or_init(|| {
            let (queue, jobs) = mpsc::channel(CAPACITY);
            tokio::spawn(run(self.0.work.clone(), jobs));
            queue
        });
        let failed = || Error::Invariant("a batch failed".to_owned());
        let (reply, answer) = oneshot::channel();
        let sent = queue.send(Job { asked, reply }).await;
        sent.map_err(|_| failed())?;
        answer.await.unwrap_or_else(|_| Err(failed()))
    }
}

async fn run<W: Work>(work: Arc<W>, mut jobs: mpsc::Receiver<Job<W>>) {
    let mut waiting = Vec::new();
    while jobs.recv_many(&mut waiting, MOST).await > 0 {
        let batch = do_all(work.clone(), std::mem::take(&mut waiting));
        // A task of its own: a panic in a batch costs that batch.
        if let Err(error) = tokio::spawn(batch).await {
            tracing::error!(%error, "a batch failed");
        }
    }
}

async fn do_all<W: Work>(work: Arc<W>, jobs: Vec<Job<W>>) {
    let asked = jobs.iter().map(|job| job.asked.clone()).collect();
    let error = match work.all(asked).await {
        Ok(answers) => {
            for (job, answer) in jobs.into_iter().zip(answers) {
                let _ = job.reply.send(Ok(answer));
            }
            return;
        }
        Err(error) => error,
    };
    let count = jobs.len();
    if error.is_unavailable() {
        tracing::warn!(%error, count, "database unavailable for a batch");
        for job in jobs {
            let _ = job.reply.send(Err(Error::Unavailable));
        }
        return;
    }
    tracing::debug!(%error, count, "what failed together is done one by one");
    for Job { asked, reply } in jobs {
        let work = work.clone();
        tokio::spawn(async move {
            let _ = reply.send(work.one(asked).await);
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use futures_util::{FutureExt as _, future::join_all};
    use tokio::sync::Semaphore;

    use super::*;

    /// Doubles numbers. A batch with a zero fails, one with a negative number panics.
    struct Doubling {
        go: Semaphore,
        batches: Mutex<Vec<Vec<i64>>>,
    }

    #[async_trait]
    impl Work for Arc<Doubling> {
        type Asked = i64;
        type Answer = i64;

        async fn all(&self, asked: Vec<i64>) -> Result<Vec<i64>> {
            self.batches.lock().unwrap().push(asked.clone());
            self.go.acquire().await.unwrap().forget();
            assert!(
                asked.iter().all(|number| *number >= 0),
                "this test panics here"
            );
            match asked.contains(&0) {
                true => Err(Error::Busy),
                false => Ok(asked.into_iter().map(|number| number * 2).collect()),
            }
        }

        async fn one(&self, asked: i64) -> Result<i64> {
            match asked {
                0 => Err(Error::Invariant("zero".to_owned())),
                number => Ok(number * 2),
            }
        }
    }

    fn doubling() -> (Arc<Doubling>, Together<Arc<Doubling>>) {
        let work = Arc::new(Doubling {
            go: Semaphore::new(0),
            batches: Mutex::default(),
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
    async fn a_panic_costs_its_own_batch_alone() {
        let (work, together) = doubling();
        work.go.add_permits(2);
        assert!(matches!(together.ask(-1).await, Err(Error::Invariant(_))));
        assert_eq!(together.ask(5).await.unwrap(), 10);
    }
}
