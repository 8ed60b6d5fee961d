//! Buckets of which it was told that they are empty, and for how long: until then it need not be asked again. Who
//! hammers at a bucket costs no call each.
//!
//! Only a token that is put back comes earlier than was told. One that this node puts back is known at once; of one that
//! another puts back it hears nothing, so it asks again after a second at the latest. What Redis told counts only while
//! Redis is asked: a node that brakes for itself has buckets of its own, and these are full.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{
    Health,
    buckets::{Bucket, Draw, Drawing, Drawn},
};

/// For so long it is taken for certain.
const CERTAIN: Duration = Duration::from_secs(1);
/// So many are remembered. Beyond that those are forgotten that are certain no more, and if that is not enough, all.
const REMEMBERED: usize = 4096;

/// Told of a bucket.
#[derive(Debug, Clone, Copy)]
struct Told {
    /// How coordination was when it was asked.
    by: Health,
    empty_until: Instant,
    certain_until: Instant,
}

/// When draws were asked for, and how coordination was then.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    pub at: Instant,
    pub health: Health,
}

impl Asked {
    pub fn now(health: Health) -> Self {
        let at = Instant::now();
        Self { at, health }
    }
}

/// A bucket that is given another size or another rate is another one.
#[derive(Default)]
pub struct Emptied(Mutex<HashMap<Bucket, Told>>);

impl Emptied {
    fn known(&self) -> MutexGuard<'_, HashMap<Bucket, Told>> {
        // What is in the map is whole at every step.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether nothing at all is remembered.
    pub fn is_blank(&self) -> bool {
        self.known().is_empty()
    }

    /// What would certainly come of these draws, if one of the buckets is known to be empty.
    pub fn certain(&self, health: Health, draws: &[Draw]) -> Option<Drawn> {
        if !are_alike(draws) {
            return None;
        }
        let now = Instant::now();
        let mut known = self.known();
        let mut longest: Option<(usize, Duration)> = None;
        for (at, Draw { bucket, .. }) in draws.iter().enumerate() {
            let Some(told) = known.get(bucket).copied() else {
                continue;
            };
            if told.certain_until <= now || told.by != health {
                known.remove(bucket);
                continue;
            }
            let wait = told.empty_until.saturating_duration_since(now);
            if longest.is_none_or(|(_, longest)| wait > longest) {
                longest = Some((at, wait));
            }
        }
        longest.map(|(at, wait)| Drawn::Empty { at, wait })
    }

    /// Takes note of what came of draws.
    pub fn learn(&self, asked: Asked, draws: &[Draw], drawn: &Drawn) {
        for Draw { bucket, how } in draws {
            if *how == Drawing::Return {
                self.known().remove(bucket);
            }
        }
        let Drawn::Empty { at, wait } = *drawn else {
            return;
        };
        let Some(Draw { bucket, .. }) = draws.get(at).filter(|_| are_alike(draws)) else {
            return;
        };
        let told = Told {
            by: asked.health,
            empty_until: asked.at + wait,
            certain_until: asked.at + wait.min(CERTAIN),
        };
        let mut known = self.known();
        known.insert(bucket.clone(), told);
        if known.len() > REMEMBERED {
            let now = Instant::now();
            known.retain(|_, told| told.certain_until > now);
            if known.len() > REMEMBERED / 2 {
                known.clear();
            }
        }
    }
}

/// Whether these take of one kind alone. Where there are several, what is told is the one with the longest wait, which
/// only a look at all of them says.
fn are_alike(draws: &[Draw]) -> bool {
    let Some(first) = draws.first() else {
        return false;
    };
    draws
        .iter()
        .all(|draw| draw.how == Drawing::Take && draw.bucket.name == first.bucket.name)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::time::advance;

    use super::{
        super::{Coordination, buckets::Shared, process::InProcess},
        *,
    };

    const EACH: Duration = Duration::from_secs(10);

    fn draw(key: &str, how: Drawing) -> Draw {
        let bucket = Bucket {
            key: key.into(),
            name: "steps",
            holds: 1,
            each: EACH,
        };
        Draw { bucket, how }
    }

    fn take(key: &str) -> Draw {
        draw(key, Drawing::Take)
    }

    fn empty(wait: u64) -> Drawn {
        let wait = Duration::from_secs(wait);
        Drawn::Empty { at: 0, wait }
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_told_is_certain_for_a_second_and_no_longer_than_was_told() {
        let emptied = Emptied::default();
        assert!(emptied.is_blank());
        let (long, short) = ([take("long")], [take("short")]);
        emptied.learn(Asked::now(Health::Absent), &long, &empty(10));
        let wait = Duration::from_millis(200);
        emptied.learn(
            Asked::now(Health::Absent),
            &short,
            &Drawn::Empty { at: 0, wait },
        );
        assert_eq!(
            emptied.certain(Health::Absent, &short),
            Some(Drawn::Empty { at: 0, wait })
        );
        advance(wait).await;
        assert_eq!(emptied.certain(Health::Absent, &short), None);
        let left = EACH - wait;
        let told = Some(Drawn::Empty { at: 0, wait: left });
        assert_eq!(emptied.certain(Health::Absent, &long), told);
        advance(CERTAIN - wait).await;
        assert_eq!(emptied.certain(Health::Absent, &long), None);
        assert!(emptied.is_blank(), "it is forgotten");
        assert_eq!(emptied.certain(Health::Absent, &[take("another")]), None);
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_certain_of_what_has_other_rates_or_is_drawn_with_other_kinds() {
        let emptied = Emptied::default();
        emptied.learn(Asked::now(Health::Absent), &[take("a")], &empty(10));
        let mut larger = take("a");
        larger.bucket.holds = 2;
        assert_eq!(emptied.certain(Health::Absent, &[larger]), None);
        let mut orders = take("a");
        orders.bucket.name = "orders";
        assert_eq!(
            emptied.certain(Health::Absent, &[orders.clone(), take("a")]),
            None
        );
        assert_eq!(
            emptied.certain(Health::Absent, &[draw("a", Drawing::Look)]),
            None
        );
        emptied.learn(
            Asked::now(Health::Absent),
            &[orders.clone(), take("b")],
            &empty(10),
        );
        assert_eq!(emptied.certain(Health::Absent, &[orders]), None);
        let both = [take("b"), take("a")];
        let wait = EACH;
        assert_eq!(
            emptied.certain(Health::Absent, &both),
            Some(Drawn::Empty { at: 1, wait })
        );
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_put_back_is_taken_at_once_here_and_within_a_second_elsewhere() {
        let cluster: Arc<dyn Coordination> = Arc::new(InProcess::default());
        let nodes = [
            Shared::remembering(cluster.clone()),
            Shared::remembering(cluster),
        ];
        let (take, back) = ([take("a")], [draw("a", Drawing::Return)]);
        assert_eq!(nodes[0].draw(&take).await, Drawn::All);
        for node in &nodes {
            assert_eq!(node.draw(&take).await, empty(10));
            assert_eq!(node.certain(&take), Some(empty(10)));
        }
        assert_eq!(nodes[0].draw(&back).await, Drawn::All);
        assert_eq!(nodes[0].draw(&take).await, Drawn::All);
        assert_eq!(nodes[0].draw(&back).await, Drawn::All);
        assert_eq!(nodes[1].draw(&take).await, empty(10));
        advance(CERTAIN).await;
        assert_eq!(nodes[1].draw(&take).await, Drawn::All);
    }

    #[tokio::test(start_paused = true)]
    async fn what_redis_told_counts_only_while_redis_is_asked() {
        let emptied = Emptied::default();
        let take = [take("a")];
        emptied.learn(Asked::now(Health::Up), &take, &empty(10));
        assert_eq!(emptied.certain(Health::Up, &take), Some(empty(10)));
        assert_eq!(emptied.certain(Health::Down, &take), None);
        emptied.learn(Asked::now(Health::Down), &take, &empty(10));
        assert_eq!(emptied.certain(Health::Down, &take), Some(empty(10)));
        assert_eq!(emptied.certain(Health::Up, &take), None);
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_are_remembered_than_there_is_room_for() {
        let emptied = Emptied::default();
        for n in 0..2 * REMEMBERED {
            emptied.learn(
                Asked::now(Health::Absent),
                &[take(&n.to_string())],
                &empty(10),
            );
            assert!(emptied.known().len() <= REMEMBERED);
        }
    }
}
