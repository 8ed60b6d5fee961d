//! Draws from buckets, many in one call: each order draws from half a dozen, and a call of its own for each of a
//! thousand costs this process more than Redis.
//!
//! What is asked for while a call is under way [goes with the next](super::gathered). A draw is decided when its call
//! arrives, in the order in which it was asked for, and each sees what those before it took.
//!
//! Of a thousand orders each draws from buckets of its own, but of the same kinds, at the same rates: a call tells these
//! once, and of each draw no more than its keys. A word more or less of each is more than what is done with it.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use fred::types::Value;
use tokio::sync::{mpsc, oneshot};

use super::{
    super::{
        Unavailable,
        buckets::{Draw, Drawing, Drawn, MOST_OWED, micros},
    },
    gathered::{Gathered, answered},
    link::{Call, Link},
};

/// Buckets in one call, which is what it costs: Redis does nothing else meanwhile, for a millisecond at most.
const BUCKETS_PER_CALL: usize = 512;

/// A bucket, and what is done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct BucketRequest {
    /// Under which of the draw's keys it is, the first being 1.
    place: usize,
    /// What it is called there.
    name: &'static str,
    each: i64,
    holds: i64,
    how: &'static str,
}

struct Ask {
    /// Each once.
    keys: Vec<String>,
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
        let (keys, wanted) = wanted(draws);
        let keys = keys.into_iter().map(|key| self.link.keys.buckets(key));
        let keys = keys.collect();
        let (answer, told) = oneshot::channel();
        self.queue
            .send(Ask {
                keys,
                wanted,
                answer,
            })
            .map_err(|_| Unavailable)?;
        // If Redis does not answer, the call under way gives up first and opens the breaker, and this one is told at
        // once.
        answered(told).await
    }
}

/// The keys of what is drawn from, and what is done there.
fn wanted(draws: &[Draw]) -> (Vec<&str>, Vec<BucketRequest>) {
    let mut keys: Vec<&str> = Vec::new();
    let mut wanted = Vec::with_capacity(draws.len());
    for Draw { bucket, how } in draws {
        let known = keys.iter().position(|key| **key == *bucket.key);
        let place = known.unwrap_or_else(|| {
            keys.push(&bucket.key);
            keys.len() - 1
        });
        wanted.push(BucketRequest {
            place: place + 1,
            name: bucket.name,
            each: i64::try_from(micros(bucket.each)).unwrap_or(i64::MAX),
            holds: bucket.holds.into(),
            how: match how {
                Drawing::Take => "take",
                Drawing::Look => "look",
                Drawing::Count => "count",
                Drawing::Return => "return",
            },
        });
    }
    (keys, wanted)
}

/// One call at a time: while it is under way the next collects.
async fn serve(link: Arc<Link>, asked: mpsc::UnboundedReceiver<Ask>) {
    let call = Call::new("draw", include_str!("draw.lua"));
    let mut gathered = Gathered::new(asked);
    while let Some(waiting) = gathered.next().await {
        answer(&link, &call, next_call(waiting)).await;
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

async fn answer(link: &Link, call: &Call, mut batch: Vec<Ask>) {
    let (keys, arguments) = words(&mut batch);
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

/// As the script takes them. The keys are taken out of what is asked.
fn words(batch: &mut [Ask]) -> (Vec<String>, Vec<Value>) {
    let mut keys = Vec::new();
    let mut kinds: Vec<(usize, &[BucketRequest])> = Vec::new();
    let mut of_draws = Vec::with_capacity(batch.len());
    for Ask {
        keys: own, wanted, ..
    } in batch
    {
        let wanted: &[BucketRequest] = wanted;
        let known = kinds.iter().position(|(_, kind)| *kind == wanted);
        let kind = known.unwrap_or_else(|| {
            kinds.push((own.len(), wanted));
            kinds.len() - 1
        });
        of_draws.push(number(kind + 1));
        keys.append(own);
    }
    let mut arguments = vec![number(kinds.len()), i64::from(MOST_OWED).into()];
    for (keys, kind) in kinds {
        arguments.extend([number(keys), number(kind.len())]);
        for wanted in kind {
            arguments.extend([
                number(wanted.place),
                Value::from_static_str(wanted.name),
                wanted.each.into(),
                wanted.holds.into(),
                Value::from_static_str(wanted.how),
            ]);
        }
    }
    arguments.append(&mut of_draws);
    (keys, arguments)
}

fn number(count: usize) -> Value {
    i64::try_from(count).unwrap_or(i64::MAX).into()
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
    use crate::coordination::buckets::Bucket;

    fn draw(key: &str, name: &'static str) -> Draw {
        let bucket = Bucket {
            key: key.into(),
            name,
            holds: 3,
            each: Duration::from_micros(10),
        };
        let how = Drawing::Take;
        Draw { bucket, how }
    }

    fn ask(draws: &[Draw]) -> Ask {
        let (keys, wanted) = wanted(draws);
        Ask {
            keys: keys.into_iter().map(str::to_owned).collect(),
            wanted,
            answer: oneshot::channel().0,
        }
    }

    #[test]
    fn draws_of_a_kind_are_described_once_and_each_names_its_keys() {
        let order = |network, cart| {
            let all = [
                draw(network, "orders"),
                draw(cart, "orders"),
                draw(network, "steps"),
            ];
            ask(&all)
        };
        let step = ask(&[draw("c", "steps")]);
        let mut batch = [order("a", "b"), step, order("a", "d")];
        let (keys, arguments) = words(&mut batch);
        assert_eq!(keys, ["a", "b", "c", "a", "d"]);
        let arguments: Vec<String> = arguments.iter().filter_map(Value::as_string).collect();
        let owed = MOST_OWED.to_string();
        let told = [
            vec!["2", owed.as_str()],
            vec!["2", "3"],
            vec!["1", "orders", "10", "3", "take"],
            vec!["2", "orders", "10", "3", "take"],
            vec!["1", "steps", "10", "3", "take"],
            vec!["1", "1"],
            vec!["1", "steps", "10", "3", "take"],
            vec!["1", "2", "1"],
        ];
        assert_eq!(arguments, told.concat());
    }

    #[test]
    fn a_crowd_is_served_in_order_by_calls_that_end_soon() {
        let names: Vec<String> = (0..5).map(|n| n.to_string()).collect();
        let draws: Vec<Draw> = names.iter().map(|name| draw(name, "steps")).collect();
        let mut waiting: VecDeque<Ask> = (0..1000).map(|n| ask(&draws[..1 + n % 5])).collect();
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
