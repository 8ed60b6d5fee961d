//! What many ask for at the same moment is done in one transaction: while one batch is on its way, the next
//! collects. Orders are placed so, in a queue of their own; this is for what comes with them, on the same threads
//! [ahead](crate::ahead) of requests: a batch that waits for an answer keeps the next one waiting, too.

#[cfg(test)]
mod tests;

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
