//! Buckets of tokens, which fill up again with time.
//!
//! Of each only the moment is kept at which it will be full: tokens are the distance to that moment.
//! One that is full is forgotten, so nothing is kept of who has not come for a while.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{
    Coordination, Unavailable,
    emptied::{Asked, Emptied},
};

/// So many buckets are remembered in a process. Beyond that, those are forgotten that are nearest to
/// being full.
pub const REMEMBERED: usize = 65_536;

/// So many times what a bucket holds may be owed to it. Many who looked at the same time found a token; what
/// then happened to each of them counts, and is made up for before anybody finds a token again.
pub const MOST_OWED: u32 = 24;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Bucket {
    /// By what is counted: all buckets of one key are kept together.
    pub key: Arc<str>,
    /// Of what it is, among those of its key: one word.
    pub name: &'static str,
    /// Tokens in it when it is full: at least one.
    pub holds: u32,
    /// Until it has one more.
    pub each: Duration,
}

impl Bucket {
    /// What tells it from all others.
    fn called(&self) -> String {
        format!("{}:{}", self.name, self.key)
    }

    /// Until an empty one is full.
    fn whole(&self) -> u64 {
        micros(self.each).saturating_mul(u64::from(self.holds))
    }

    /// How far from full it may be for this.
    fn most(&self, how: Drawing) -> u64 {
        let wholes = match how {
            Drawing::Take | Drawing::Return => 1,
            Drawing::Look | Drawing::Count => u64::from(MOST_OWED) + 1,
        };
        self.whole().saturating_mul(wholes)
    }
}

/// What is done with a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawing {
    /// Takes a token, of which there must be one.
    Take,
    /// Takes none, but there must be one.
    Look,
    /// Takes one whether or not there is one: what is not there is owed.
    Count,
    /// Puts one back.
    Return,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    pub bucket: Bucket,
    pub how: Drawing,
}

/// What a draw from several buckets gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// Each had what it must have.
    All,
    /// Nothing was taken from any: the bucket at this place lacks a token for so long, and none of
    /// the others does for longer.
    Empty { at: usize, wait: Duration },
}

pub fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

/// Buckets that all nodes share while Redis is up, and each node has for itself otherwise.
#[derive(Clone)]
pub struct Shared {
    coordination: Arc<dyn Coordination>,
    own: Arc<Buckets>,
    emptied: Option<Arc<Emptied>>,
}

impl Shared {
    pub fn new(coordination: Arc<dyn Coordination>) -> Self {
        Self {
            coordination,
            own: Arc::default(),
            emptied: None,
        }
    }

    /// The same, where what is told to be empty is not asked for again until it may be no more.
    pub fn remembering(coordination: Arc<dyn Coordination>) -> Self {
        Self {
            emptied: Some(Arc::default()),
            ..Self::new(coordination)
        }
    }

    /// Whether it is known of any bucket that it is empty.
    pub fn knows_any_empty(&self) -> bool {
        let emptied = self.emptied.as_ref();
        emptied.is_some_and(|emptied| !emptied.is_blank())
    }

    /// What would certainly come of these draws. Nothing is drawn, and nobody asked.
    pub fn certain(&self, draws: &[Draw]) -> Option<Drawn> {
        let emptied = self.emptied.as_ref()?;
        emptied.certain(self.coordination.health(), draws)
    }

    /// Draws from all of them, or from none.
    pub async fn draw(&self, draws: &[Draw]) -> Drawn {
        if draws.is_empty() {
            return Drawn::All;
        }
        if let Some(certain) = self.certain(draws) {
            return certain;
        }
        let asked = Asked::now(self.coordination.health());
        let shared = self.coordination.draw(draws).await;
        let drawn = shared.unwrap_or_else(|Unavailable| self.own.draw(draws));
        if let Some(emptied) = &self.emptied {
            emptied.learn(asked, draws, &drawn);
        }
        drawn
    }
}

/// The buckets of one process.
pub struct Buckets {
    since: Instant,
    /// When each is full, in microseconds since then.
    full_at: Mutex<HashMap<String, u64>>,
}

impl Default for Buckets {
    fn default() -> Self {
        Self {
            since: Instant::now(),
            full_at: Mutex::default(),
        }
    }
}

impl Buckets {
    /// Draws from all of them, or from none.
    pub fn draw(&self, draws: &[Draw]) -> Drawn {
        self.draw_at(Instant::now(), draws)
    }

    fn draw_at(&self, now: Instant, draws: &[Draw]) -> Drawn {
        let now = micros(now.saturating_duration_since(self.since));
        // What is in the map is whole at every step.
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let called: Vec<String> = draws.iter().map(|draw| draw.bucket.called()).collect();
        let full = |full_at: &HashMap<String, u64>, called: &str, bucket: &Bucket, how: Drawing| {
            let known = full_at.get(called).copied().unwrap_or_default();
            // One that holds less since the last draw is at most empty, where nothing is owed.
            known.clamp(now, now + bucket.most(how))
        };
        let mut empty = Drawn::All;
        let mut longest = 0;
        for (at, (Draw { bucket, how }, called)) in draws.iter().zip(&called).enumerate() {
            let after = full(&full_at, called, bucket, *how) + micros(bucket.each);
            let wait = after.saturating_sub(now + bucket.whole());
            if matches!(how, Drawing::Take | Drawing::Look) && wait > longest {
                longest = wait;
                let wait = Duration::from_micros(wait);
                empty = Drawn::Empty { at, wait };
            }
        }
        if empty != Drawn::All {
            return empty;
        }
        for (Draw { bucket, how }, called) in draws.iter().zip(called) {
            let before = full(&full_at, &called, bucket, *how);
            let each = micros(bucket.each);
            let full = match how {
                Drawing::Take | Drawing::Count => (before + each).min(now + bucket.most(*how)),
                Drawing::Return => before.saturating_sub(each).max(now),
                Drawing::Look => continue,
            };
            full_at.insert(called, full);
        }
        if full_at.len() > REMEMBERED {
            forget_some(&mut full_at, now);
        }
        Drawn::All
    }

    pub fn remembered(&self) -> usize {
        let full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        full_at.len()
    }
}

/// Forgets what is full, and at least half of all, so that it is not to be done again at once.
fn forget_some(full_at: &mut HashMap<String, u64>, now: u64) {
    full_at.retain(|_, full| *full > now);
    if full_at.len() <= REMEMBERED / 2 {
        return;
    }
    let mut moments: Vec<u64> = full_at.values().copied().collect();
    let middle = moments.len() / 2;
    let (_, median, _) = moments.select_nth_unstable(middle);
    let median = *median;
    full_at.retain(|_, full| *full > median);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(key: &str, holds: u32) -> Draw {
        let bucket = Bucket {
            key: key.into(),
            name: "steps",
            holds,
            each: Duration::from_secs(10),
        };
        let how = Drawing::Take;
        Draw { bucket, how }
    }

    fn wait(drawn: Drawn) -> Option<u64> {
        match drawn {
            Drawn::All => None,
            Drawn::Empty { wait, .. } => Some(wait.as_secs()),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_bucket_gives_what_it_holds_and_then_one_each_so_often() {
        let buckets = Buckets::default();
        let draw = [take("a", 3)];
        for _ in 0..3 {
            assert_eq!(buckets.draw(&draw), Drawn::All);
        }
        assert_eq!(wait(buckets.draw(&draw)), Some(10));
        tokio::time::advance(Duration::from_secs(4)).await;
        assert_eq!(wait(buckets.draw(&draw)), Some(6), "asking costs nothing");
        tokio::time::advance(Duration::from_secs(6)).await;
        assert_eq!(buckets.draw(&draw), Drawn::All);
        assert_eq!(wait(buckets.draw(&draw)), Some(10));
        // It holds no more after a long time than after it was full.
        tokio::time::advance(Duration::from_secs(3600)).await;
        for _ in 0..3 {
            assert_eq!(buckets.draw(&draw), Drawn::All);
        }
        assert_eq!(wait(buckets.draw(&draw)), Some(10));
    }

    #[tokio::test(start_paused = true)]
    async fn buckets_of_one_key_are_drawn_from_each_by_itself() {
        let buckets = Buckets::default();
        let other = |key| {
            let mut draw = take(key, 1);
            draw.bucket.name = "orders";
            draw
        };
        assert_eq!(buckets.draw(&[take("a", 1), other("a")]), Drawn::All);
        assert_eq!(wait(buckets.draw(&[take("a", 1)])), Some(10));
        assert_eq!(wait(buckets.draw(&[other("a")])), Some(10));
        assert_eq!(buckets.draw(&[other("b")]), Drawn::All);
    }

    #[tokio::test(start_paused = true)]
    async fn what_many_did_at_once_is_made_up_for_before_there_is_another_token() {
        let buckets = Buckets::default();
        let draw = |how| Draw {
            how,
            ..take("a", 5)
        };
        let (look, count) = ([draw(Drawing::Look)], [draw(Drawing::Count)]);
        for _ in 0..20 {
            assert_eq!(buckets.draw(&look), Drawn::All);
        }
        for _ in 0..20 {
            assert_eq!(buckets.draw(&count), Drawn::All);
        }
        // Fifteen are owed, and one is to be had.
        assert_eq!(wait(buckets.draw(&look)), Some(160));
        tokio::time::advance(Duration::from_secs(159)).await;
        assert_eq!(wait(buckets.draw(&look)), Some(1));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(buckets.draw(&look), Drawn::All);
        for _ in 0..1000 {
            assert_eq!(buckets.draw(&count), Drawn::All);
        }
        let most = u64::from(MOST_OWED) * 50 + 10;
        assert_eq!(wait(buckets.draw(&look)), Some(most), "it has an end");
        // What is taken and never counted owes nothing.
        assert_eq!(wait(buckets.draw(&[draw(Drawing::Take)])), Some(10));
    }

    #[tokio::test(start_paused = true)]
    async fn a_node_without_the_others_draws_from_its_own() {
        let alone = Shared::new(Arc::new(super::super::uncoordinated::Uncoordinated::node()));
        let draw = [take("a", 2)];
        for _ in 0..2 {
            assert_eq!(alone.draw(&draw).await, Drawn::All);
        }
        assert_eq!(wait(alone.draw(&draw).await), Some(10));
        tokio::time::advance(Duration::from_secs(10)).await;
        assert_eq!(alone.draw(&draw).await, Drawn::All);
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_is_made_smaller_is_at_most_empty() {
        let buckets = Buckets::default();
        for _ in 0..100 {
            assert_eq!(buckets.draw(&[take("a", 100)]), Drawn::All);
        }
        assert_eq!(wait(buckets.draw(&[take("a", 2)])), Some(10));
    }

    #[tokio::test(start_paused = true)]
    async fn those_that_are_nearest_to_being_full_are_forgotten_first() {
        let buckets = Buckets::default();
        for _ in 0..5 {
            assert_eq!(buckets.draw(&[take("often", 5)]), Drawn::All);
        }
        for n in 0..=REMEMBERED {
            assert_eq!(buckets.draw(&[take(&n.to_string(), 5)]), Drawn::All);
        }
        assert!(buckets.remembered() <= REMEMBERED);
        assert_eq!(wait(buckets.draw(&[take("often", 5)])), Some(10));
    }
}
