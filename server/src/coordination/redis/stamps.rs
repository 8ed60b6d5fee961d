//! One read of the generations for many requests.
//!
//! A request may join a read only if that is sent after the request came: so requests queue, and a
//! read is sent for those that were taken off the queue before.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    fmt::Write,
    sync::Arc,
};

use fred::types::Value;
use tokio::sync::{mpsc, oneshot};

use super::{
    super::{Topic, Unavailable, VersionStamp},
    gathered::{Gathered, answered},
    link::{Call, Link},
};

/// Topics in one read, which is what it costs. However large a crowd is, it asks about the same few,
/// and all of it shares a read: nobody is sent to the database for having come in a crowd. How many
/// wait is bounded by how many connections a node takes.
const TOPICS_PER_READ: usize = 512;
/// How often a read is tried whose time was over because this process had none.
const TRIES: usize = 5;

struct Ask {
    topics: Vec<Topic>,
    answer: oneshot::Sender<Result<VersionStamp, Unavailable>>,
}

pub struct Stamps {
    queue: mpsc::UnboundedSender<Ask>,
}

impl Stamps {
    /// The asking end, and the work to be spawned.
    pub fn new(link: Arc<Link>) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (queue, asked) = mpsc::unbounded_channel();
        (Self { queue }, serve(link, asked))
    }

    pub async fn ask(&self, topics: &[Topic]) -> Result<VersionStamp, Unavailable> {
        let (answer, told) = oneshot::channel();
        let topics = topics.to_vec();
        self.queue
            .send(Ask { topics, answer })
            .map_err(|_| Unavailable)?;
        // The read under way was sent before this one came: if Redis does not answer, it gives up
        // first and opens the breaker, and this one is told at once. A process that has no time for
        // its crowd is slower than that, and waits: the database would be no faster for all of them.
        answered(told).await
    }
}

/// One read at a time: while it is under way the next collects, and the more are waiting, the fewer
/// reads it takes.
async fn serve(link: Arc<Link>, asked: mpsc::UnboundedReceiver<Ask>) {
    let call = Call::new("stamp", include_str!("stamp.lua"));
    let mut gathered = Gathered::new(asked);
    while let Some(waiting) = gathered.next().await {
        answer(&link, &call, next_read(waiting)).await;
    }
}

/// Takes those off the queue, in order, who fit into one read.
fn next_read(waiting: &mut VecDeque<Ask>) -> Vec<Ask> {
    let mut topics: HashSet<&str> = HashSet::new();
    let mut taken = 0;
    for ask in waiting.iter() {
        topics.extend(ask.topics.iter().map(Topic::as_str));
        if taken > 0 && topics.len() > TOPICS_PER_READ {
            break;
        }
        taken += 1;
    }
    waiting.drain(..taken).collect()
}

async fn answer(link: &Link, call: &Call, mut batch: Vec<Ask>) {
    batch.retain(|ask| !ask.answer.is_closed());
    if batch.is_empty() {
        return;
    }
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut topics = Vec::new();
    for topic in batch.iter().flat_map(|ask| &ask.topics) {
        places.entry(topic.as_str()).or_insert_with(|| {
            topics.push(topic.as_str());
            topics.len() - 1
        });
    }
    let mut tries = 0;
    let generations = loop {
        tries += 1;
        let keys = vec![link.keys.generations()];
        let named = topics.iter().map(|topic| Value::from(*topic)).collect();
        let read = link.call::<Vec<String>>(call, keys, named).await;
        // Redis is not to blame while the breaker is closed.
        if read.is_ok() || tries == TRIES || link.breaker.period().is_err() {
            break read;
        }
    };
    let stamps: Vec<_> = batch
        .iter()
        .map(|ask| match generations.as_deref() {
            Ok([source, epoch, numbers @ ..]) => stamp(source, epoch, numbers, ask, &places),
            _ => Err(Unavailable),
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
) -> Result<VersionStamp, Unavailable> {
    let mut stamp = format!("{source}.{epoch}");
    for topic in &ask.topics {
        let place = places.get(topic.as_str()).ok_or(Unavailable)?;
        let number = numbers.get(*place).ok_or(Unavailable)?;
        let _ = write!(stamp, "-{number}");
    }
    Ok(VersionStamp(stamp))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(topic: impl Fn(usize) -> String, count: usize) -> VecDeque<Ask> {
        let ask = |i| Ask {
            topics: vec![Topic::product(&topic(i)), Topic::lists()],
            answer: oneshot::channel().0,
        };
        (0..count).map(ask).collect()
    }

    #[test]
    fn a_crowd_that_asks_about_the_same_shares_one_read() {
        let mut waiting = asks(|_| "lamp".to_owned(), 100_000);
        assert_eq!(next_read(&mut waiting).len(), 100_000);
        assert!(waiting.is_empty());
    }

    #[test]
    fn what_does_not_fit_into_a_read_is_in_the_next_ones_in_order() {
        let mut waiting = asks(|i| i.to_string(), 2000);
        let mut read = 0;
        while !waiting.is_empty() {
            let first = waiting[0].topics[0].as_str().to_owned();
            assert_eq!(first, Topic::product(&read.to_string()).as_str());
            let taken = next_read(&mut waiting);
            let topics: HashSet<_> = taken
                .iter()
                .flat_map(|a| &a.topics)
                .map(Topic::as_str)
                .collect();
            assert!(!taken.is_empty() && topics.len() <= TOPICS_PER_READ);
            read += taken.len();
        }
        assert_eq!(read, 2000);
    }
}
