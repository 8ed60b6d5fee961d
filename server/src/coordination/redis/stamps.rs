//! One read of the generations for many requests.
//!
//! A request may join a read only if that is sent after the request came: so requests queue, and a
//! read is sent for those that were taken off the queue before.

use std::{collections::HashMap, fmt::Write, sync::Arc, time::Duration};

use fred::types::Value;
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

use super::{
    super::{Away, Stamp, Topic},
    link::{Call, Link},
};

/// Requests that may wait; more are told that Redis is away.
const WAITING: usize = 8192;
const PER_READ: usize = 512;
/// How often those that are about to ask are let go first. Under load they then share one read:
/// measured, two let a tenth more pages out than none, with a third less work for Redis; more did
/// no good. Without load it costs nothing.
const YIELDS: usize = 2;

struct Ask {
    topics: Vec<Topic>,
    answer: oneshot::Sender<Result<Stamp, Away>>,
}

pub struct Stamps {
    queue: mpsc::Sender<Ask>,
    limit: Duration,
}

impl Stamps {
    /// The asking end, and the work to be spawned.
    pub fn new(link: Arc<Link>) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (queue, asked) = mpsc::channel(WAITING);
        let limit = link.limit;
        (Self { queue, limit }, serve(link, asked))
    }

    pub async fn ask(&self, topics: &[Topic]) -> Result<Stamp, Away> {
        let (answer, answered) = oneshot::channel();
        let topics = topics.to_vec();
        self.queue
            .try_send(Ask { topics, answer })
            .map_err(|_| Away)?;
        // The read under way was sent before this one came: if Redis does not answer, it gives up
        // first and opens the breaker, and this one is told at once.
        timeout(2 * self.limit, answered)
            .await
            .map_err(|_| Away)?
            .map_err(|_| Away)?
    }
}

/// One read at a time: while it is under way the next collects, and the more are waiting, the fewer
/// reads it takes.
async fn serve(link: Arc<Link>, mut asked: mpsc::Receiver<Ask>) {
    let call = Call::new("stamp", include_str!("stamp.lua"));
    let mut batch = Vec::new();
    while asked.recv_many(&mut batch, PER_READ).await > 0 {
        for _ in 0..YIELDS {
            tokio::task::yield_now().await;
        }
        while batch.len() < PER_READ
            && let Ok(ask) = asked.try_recv()
        {
            batch.push(ask);
        }
        answer(&link, &call, std::mem::take(&mut batch)).await;
    }
}

async fn answer(link: &Link, call: &Call, mut batch: Vec<Ask>) {
    batch.retain(|ask| !ask.answer.is_closed());
    if batch.is_empty() {
        return;
    }
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut topics: Vec<Value> = Vec::new();
    for topic in batch.iter().flat_map(|ask| &ask.topics) {
        places.entry(topic.as_str()).or_insert_with(|| {
            topics.push(topic.as_str().into());
            topics.len() - 1
        });
    }
    let keys = vec![link.keys.generations()];
    let generations = link.call::<Vec<String>>(call, keys, topics).await;
    let stamps: Vec<_> = batch
        .iter()
        .map(|ask| match generations.as_deref() {
            Ok([source, epoch, numbers @ ..]) => stamp(source, epoch, numbers, ask, &places),
            _ => Err(Away),
        })
        .collect();
    for (ask, stamp) in batch.into_iter().zip(stamps) {
        // The request may have given up.
        let _ = ask.answer.send(stamp);
    }
}

fn stamp(
    source: &str,
    epoch: &str,
    numbers: &[String],
    ask: &Ask,
    places: &HashMap<&str, usize>,
) -> Result<Stamp, Away> {
    let mut stamp = format!("{source}.{epoch}");
    for topic in &ask.topics {
        let place = places.get(topic.as_str()).ok_or(Away)?;
        let number = numbers.get(*place).ok_or(Away)?;
        let _ = write!(stamp, "-{number}");
    }
    Ok(Stamp(stamp))
}
