//! Draws from buckets, many in one call: each order draws from half a dozen, and a call of its own for each of a
//! thousand costs this process more than Redis.
//!
//! What is asked for while a call is under way goes with the next. A draw is decided when its call arrives, in the order
//! in which it was asked for, and each sees what those before it took.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use fred::types::Value;
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

use super::{
    super::{
        Unavailable,
        buckets::{Draw, Drawing, Drawn, MOST_OWED, micros},
    },
    link::{Call, Link},
};

/// Buckets in one call, which is what it costs: Redis does nothing else meanwhile, for a millisecond at most.
const BUCKETS_PER_CALL: usize = 512;
/// How long someone waits for an answer, however little time this process gets.
const STARVED: Duration = Duration::from_secs(1);
/// How often those that are about to ask are let go first, as for [stamps](super::stamps).
const YIELDS: usize = 2;

/// A bucket, and what is done with it.
struct BucketRequest {
    key: String,
    each: i64,
    holds: i64,
    how: &'static str,
}

struct Ask {
    wanted: Vec<BucketRequest>,
    answer: oneshot::Sender<Result<Drawn, Unavailable>>,
}

pub struct Draws {
    link: Arc<Link>,
    queue: mpsc::UnboundedSender<Ask>,
}

impl Draws {
    /// The asking end, and the work to be spawned.
    pub fn new(link: Arc<Link>) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (queue, asked) = mpsc::unbounded_channel();
        let draws = Self {
            link: link.clone(),
            queue,
        };
        (draws, serve(link, asked))
    }

    pub async fn ask(&self, draws: &[Draw]) -> Result<Drawn, Unavailable> {
        let wanted = draws.iter().map(|Draw { bucket, how }| BucketRequest {
            key: self.link.keys.bucket(&bucket.key),
            each: i64::try_from(micros(bucket.each)).unwrap_or(i64::MAX),
            holds: bucket.holds.into(),
            how: match how {
                Drawing::Take => "take",
                Drawing::Look => "look",
                Drawing::Count => "count",
                Drawing::Return => "return",
            },
        });
        let wanted = wanted.collect();
        let (answer, answered) = oneshot::channel();
        self.queue
            .send(Ask { wanted, answer })
            .map_err(|_| Unavailable)?;
        // If Redis does not answer, the call under way gives up first and opens the breaker, and this one is told at
        // once.
        timeout(STARVED, answered)
            .await
            .map_err(|_| Unavailable)?
            .map_err(|_| Unavailable)?
    }
}

/// One call at a time: while it is under way the next collects.
async fn serve(link: Arc<Link>, mut asked: mpsc::UnboundedReceiver<Ask>) {
    let call = Call::new("draw", include_str!("draw.lua"));
    let mut waiting = VecDeque::new();
    loop {
        if waiting.is_empty() {
            let Some(ask) = asked.recv().await else {
                return;
            };
            waiting.push_back(ask);
        }
        for _ in 0..YIELDS {
            tokio::task::yield_now().await;
        }
        while let Ok(ask) = asked.try_recv() {
            waiting.push_back(ask);
        }
        answer(&link, &call, next_call(&mut waiting)).await;
    }
}

/// Takes those off the queue, in order, who fit into one call.
fn next_call(waiting: &mut VecDeque<Ask>) -> Vec<Ask> {
    let (mut buckets, mut taken) = (0, 0);
    for ask in waiting.iter() {
        buckets += ask.wanted.len();
        if taken > 0 && buckets > BUCKETS_PER_CALL {
            break;
        }
        taken += 1;
    }
    waiting.drain(..taken).collect()
}

async fn answer(link: &Link, call: &Call, batch: Vec<Ask>) {
    let (keys, arguments) = words(&batch);
    let drawn = link.call::<Vec<u64>>(call, keys, arguments).await;
    for (nth, ask) in batch.into_iter().enumerate() {
        let of_ask = match drawn.as_deref() {
            Ok(drawn) => told(drawn, nth),
            Err(Unavailable) => Err(Unavailable),
        };
        // Who asked may have given up; what was drawn is drawn.
        let _ = ask.answer.send(of_ask);
    }
}

/// As the script takes them.
fn words(batch: &[Ask]) -> (Vec<String>, Vec<Value>) {
    let mut places: HashMap<&str, i64> = HashMap::new();
    let mut keys = Vec::new();
    let count = |count: usize| Value::from(i64::try_from(count).unwrap_or(i64::MAX));
    let mut arguments = vec![count(batch.len()), i64::from(MOST_OWED).into()];
    for ask in batch {
        arguments.push(count(ask.wanted.len()));
        for wanted in &ask.wanted {
            let place = places.entry(&wanted.key).or_insert_with(|| {
                keys.push(wanted.key.clone());
                i64::try_from(keys.len()).unwrap_or(i64::MAX)
            });
            arguments.push((*place).into());
            arguments.push(wanted.each.into());
            arguments.push(wanted.holds.into());
            arguments.push(Value::from_static_str(wanted.how));
        }
    }
    (keys, arguments)
}

/// What the script says of one of the draws.
fn told(drawn: &[u64], nth: usize) -> Result<Drawn, Unavailable> {
    let [empty, wait] = drawn.get(2 * nth..2 * nth + 2).ok_or(Unavailable)? else {
        return Err(Unavailable);
    };
    Ok(match usize::try_from(*empty).unwrap_or_default() {
        0 => Drawn::All,
        place => Drawn::Empty {
            at: place - 1,
            wait: Duration::from_micros(*wait),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(keys: &[&str]) -> Ask {
        let wanted = keys.iter().map(|key| BucketRequest {
            key: (*key).to_owned(),
            each: 10,
            holds: 3,
            how: "take",
        });
        Ask {
            wanted: wanted.collect(),
            answer: oneshot::channel().0,
        }
    }

    #[test]
    fn a_bucket_that_many_draw_from_is_named_once() {
        let (keys, arguments) = words(&[ask(&["a", "b"]), ask(&["b", "c"])]);
        assert_eq!(keys, ["a", "b", "c"]);
        let places: Vec<_> = [3, 7, 12, 16].map(|at| arguments[at].as_i64()).into();
        assert_eq!(places, [Some(1), Some(2), Some(2), Some(3)]);
        assert_eq!(arguments.len(), 2 + 2 * (1 + 2 * 4));
    }

    #[test]
    fn a_crowd_is_served_in_order_by_calls_that_end_soon() {
        let names: Vec<String> = (0..5).map(|n| n.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut waiting: VecDeque<Ask> = (0..1000).map(|n| ask(&names[..1 + n % 5])).collect();
        let mut served = 0;
        while !waiting.is_empty() {
            let sizes: Vec<usize> = next_call(&mut waiting)
                .iter()
                .map(|ask| ask.wanted.len())
                .collect();
            assert!(sizes.iter().sum::<usize>() <= BUCKETS_PER_CALL);
            for size in sizes {
                assert_eq!(size, 1 + served % 5, "in order");
                served += 1;
            }
        }
        assert_eq!(served, 1000);
    }

    #[test]
    fn each_draw_is_told_its_own() {
        let drawn = [0, 0, 2, 1500];
        assert_eq!(told(&drawn, 0), Ok(Drawn::All));
        let wait = Duration::from_micros(1500);
        assert_eq!(told(&drawn, 1), Ok(Drawn::Empty { at: 1, wait }));
        assert_eq!(told(&drawn, 2), Err(Unavailable));
    }
}
