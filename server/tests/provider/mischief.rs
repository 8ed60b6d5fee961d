//! What goes wrong, decided by a seed. The same request or event meets the same fate in each run
//! with that seed, in whatever order they come.

use std::time::Duration;

use sha2::{Digest, Sha256};

/// How often each thing goes wrong, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mischief {
    pub seed: u64,
    /// Events that are never sent.
    pub never: f64,
    /// Events that are sent twice.
    pub twice: f64,
    /// Events that are late, by up to `latest`: so others overtake them.
    pub late: f64,
    pub latest: Duration,
    /// Requests that are answered 500 before anything is done.
    pub failures: f64,
    /// The same, and the key keeps answering so.
    pub kept_failures: f64,
    /// Requests that are done, and whose answer is cut off.
    pub lost_answers: f64,
    /// Requests that are answered 429.
    pub rate_limits: f64,
    /// Shoppers who pay and close the page.
    pub closed_pages: f64,
}

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Answered,
    Failure,
    KeptFailure,
    LostAnswer,
    RateLimit,
}

impl Mischief {
    pub const NONE: Self = Self {
        seed: 0,
        never: 0.0,
        twice: 0.0,
        late: 0.0,
        latest: Duration::ZERO,
        failures: 0.0,
        kept_failures: 0.0,
        lost_answers: 0.0,
        rate_limits: 0.0,
        closed_pages: 0.0,
    };

    /// Everything at once.
    pub const fn full(seed: u64) -> Self {
        Self {
            seed,
            never: 0.1,
            twice: 0.2,
            late: 0.5,
            latest: Duration::from_secs(3),
            failures: 0.04,
            kept_failures: 0.01,
            lost_answers: 0.05,
            rate_limits: 0.04,
            closed_pages: 0.3,
        }
    }

    /// Of a request, named by its key or its path, and which try of it this is.
    pub fn of_request(&self, name: &str, tries: u32) -> Fate {
        let mut roll = self.roll("request", &format!("{name} {tries}"));
        for (chance, fate) in [
            (self.failures, Fate::Failure),
            (self.kept_failures, Fate::KeptFailure),
            (self.lost_answers, Fate::LostAnswer),
            (self.rate_limits, Fate::RateLimit),
        ] {
            if roll < chance {
                return fate;
            }
            roll -= chance;
        }
        Fate::Answered
    }

    /// After which pauses an event is sent: not at all, once or twice.
    pub fn of_event(&self, id: &str) -> Vec<Duration> {
        if self.roll("never", id) < self.never {
            return Vec::new();
        }
        let copies = if self.roll("twice", id) < self.twice {
            2
        } else {
            1
        };
        (0..copies)
            .map(|copy| {
                let name = format!("{id} {copy}");
                if self.roll("late", &name) < self.late {
                    self.latest.mul_f64(self.roll("by", &name))
                } else {
                    Duration::ZERO
                }
            })
            .collect()
    }

    pub fn closes_page(&self, session: &str) -> bool {
        self.roll("page", session) < self.closed_pages
    }

    /// From 0 up to 1.
    fn roll(&self, about: &str, name: &str) -> f64 {
        let digest = Sha256::digest(format!("{} {about} {name}", self.seed).as_bytes());
        let mut bytes = [0; 4];
        bytes.copy_from_slice(&digest[..4]);
        f64::from(u32::from_be_bytes(bytes)) / (f64::from(u32::MAX) + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fates_follow_from_the_seed_and_are_as_frequent_as_told() {
        let (first, second) = (Mischief::full(1), Mischief::full(2));
        let names: Vec<_> = (0..10_000).map(|n| format!("evt_{n}")).collect();
        let never = |mischief: &Mischief| {
            let lost = names.iter().filter(|id| mischief.of_event(id).is_empty());
            lost.collect::<Vec<_>>()
        };
        assert_eq!(never(&first), never(&first));
        assert_ne!(never(&first), never(&second));
        assert!((800..1200).contains(&never(&first).len()));
        let answered = names
            .iter()
            .filter(|name| first.of_request(name, 1) == Fate::Answered);
        assert!((8300..8900).contains(&answered.count()));
        assert_eq!(Mischief::NONE.of_event("evt_1"), [Duration::ZERO]);
        assert_eq!(Mischief::NONE.of_request("key", 1), Fate::Answered);
    }
}
