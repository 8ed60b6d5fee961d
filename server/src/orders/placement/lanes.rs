//! A queue for each variant whose lock another node has: its orders wait there, and nobody else's do.

use std::{
    collections::{BTreeSet, HashMap},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Notify, mpsc},
    time::{Instant, sleep_until},
};

use super::{
    queue::{Job, MAX_BATCH, in_time},
    worker::{Locked, Worker},
};
use crate::error::Error;

/// While these queues have work, what comes is gathered for this long: each look at what is wanted is a
/// statement.
const GATHERED: Duration = Duration::from_millis(5);

/// How long a batch waits for a hot product that other nodes are selling, too.
const LOCK_PATIENCE: Duration = Duration::from_millis(1500);

type Lane = mpsc::UnboundedSender<Job>;

#[derive(Default)]
pub(super) struct Lanes {
    /// By variant. One ends as soon as nothing is in it.
    open: Mutex<HashMap<String, Lane>>,
    /// When one of them was sent something last, since what is wanted was looked at.
    fed_at: Mutex<Option<Instant>>,
    /// One of them has nothing to do.
    hungry: Notify,
}

impl Lanes {
    /// Sends on what others of its kind wait for already, and returns the rest.
    pub fn sort(&self, jobs: Vec<Job>) -> Vec<Job> {
        let open = locked(&self.open);
        if open.is_empty() {
            return jobs;
        }
        let mut rest = Vec::new();
        for job in jobs {
            let lane = job.hot.iter().find_map(|variant| open.get(variant));
            match lane {
                Some(lane) => {
                    *locked(&self.fed_at) = Some(Instant::now());
                    rest.extend(lane.send(job).err().map(|unsent| unsent.0));
                }
                None => rest.push(job),
            }
        }
        rest
    }

    /// Sends an order for something hot to the queue of that, which begins if it is not there.
    pub fn send(&self, worker: &Arc<Worker>, job: Job) {
        let Some(variant) = job.hot.first().cloned() else {
            return;
        };
        *locked(&self.fed_at) = Some(Instant::now());
        let mut open = locked(&self.open);
        let sent = match open.get(&variant) {
            Some(lane) => lane.send(job).map_err(|unsent| unsent.0),
            None => Err(job),
        };
        if let Err(job) = sent {
            let (lane, jobs) = mpsc::unbounded_channel();
            // Its other end is here.
            let _ = lane.send(job);
            open.insert(variant.clone(), lane);
            tokio::spawn(run(worker.clone(), variant, jobs));
        }
    }

    /// Lets some orders come together before the next look at what is wanted, unless a queue waits for them.
    pub async fn gather(&self) {
        let Some(fed_at) = locked(&self.fed_at).take() else {
            return;
        };
        tokio::select! {
            () = sleep_until(fed_at + GATHERED) => {}
            () = self.hungry.notified() => {}
        }
    }

    /// Ends the queue of a variant if nothing is in it. Nothing gets in meanwhile.
    fn ends(&self, variant: &str, jobs: &mpsc::UnboundedReceiver<Job>) -> bool {
        let mut open = locked(&self.open);
        let is_empty = jobs.is_empty();
        if is_empty {
            open.remove(variant);
            self.hungry.notify_one();
        }
        is_empty
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Places one batch after another. What comes while one waits for the lock goes along with it, if that lock is all it
/// needs, and with the next one otherwise: nodes that take turns place the more at each turn, the longer it takes until
/// it comes.
async fn run(worker: Arc<Worker>, variant: String, mut jobs: mpsc::UnboundedReceiver<Job>) {
    let mut waiting = Vec::new();
    while !(waiting.is_empty() && worker.lanes().ends(&variant, &jobs)) {
        if waiting.is_empty() {
            jobs.recv_many(&mut waiting, MAX_BATCH).await;
        }
        let mut batch = in_time(mem::take(&mut waiting));
        if batch.is_empty() {
            continue;
        }
        let lock = match worker.lock(&batch, LOCK_PATIENCE).await {
            Locked::Here(held) => Some(held),
            Locked::Without => None,
            Locked::Elsewhere => {
                for job in batch {
                    job.answer(Err(Error::Busy));
                }
                continue;
            }
        };
        let keys: BTreeSet<String> = batch.iter().flat_map(|job| job.hot.clone()).collect();
        while batch.len() + waiting.len() < MAX_BATCH
            && let Ok(job) = jobs.try_recv()
        {
            let goes_along = job.hot.is_subset(&keys);
            if goes_along { &mut batch } else { &mut waiting }.push(job);
        }
        // A task of its own: a panic in a batch costs that batch.
        if let Err(error) = tokio::spawn(worker.clone().place_hot(batch, lock)).await {
            tracing::error!(%error, "a batch of orders failed");
        }
    }
}
