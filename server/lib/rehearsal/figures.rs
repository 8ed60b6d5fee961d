//! What was measured of a rehearsal.

use std::{collections::BTreeMap, time::Duration};

use serde::Serialize;

/// How long answers took, in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Times {
    pub median_ms: u64,
    pub p99_ms: u64,
    pub longest_ms: u64,
}

impl Times {
    /// Nothing took any time if there is nothing.
    pub fn of(mut all: Vec<Duration>) -> Self {
        all.sort_unstable();
        let at = |percent: usize| {
            let rank = (all.len() * percent).div_ceil(100).max(1);
            all.get(rank - 1).copied().map_or(0, millis)
        };
        Self {
            median_ms: at(50),
            p99_ms: at(99),
            longest_ms: at(100),
        }
    }
}

pub fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// How much of a pool of connections was in use while orders came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PoolFigures {
    pub name: &'static str,
    /// How many it opens at most.
    pub max: u32,
    pub most_used: u32,
    /// How often it was looked at, and how often all were in use.
    pub looks: u32,
    pub full: u32,
}

impl PoolFigures {
    pub fn full_percent(&self) -> u32 {
        match self.looks {
            0 => 0,
            looks => 100 * self.full / looks,
        }
    }
}

/// What became of the e-mails about the orders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct MailFigures {
    /// Written, and given to nobody.
    pub written: usize,
    /// From the start to the last of them.
    pub written_in_ms: u64,
}

/// How people came through the waiting room.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct RoomFigures {
    /// Places that were given out.
    pub places: usize,
    /// Buyers who were let in, and how long that took from the start.
    pub let_in: usize,
    pub wait: Times,
    /// Buyers who were not let in, though something was left.
    pub waiting: usize,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    pub buyers: usize,
    /// All units of the drop.
    pub units: i64,
    /// What of them was asked for: no more of a variant than there is.
    pub wanted: i64,
    /// Within how many milliseconds the buyers came.
    pub came_within_ms: u64,
    /// Connections of the buyers, at most.
    pub connections: usize,
    /// Units in orders, as the database has them.
    pub sold: i64,
    /// Buyers by the answer that they had.
    pub placed: usize,
    pub sold_out: usize,
    /// Told that the shop is busy until they gave up.
    pub gave_up: usize,
    /// What else they were told.
    pub failed: BTreeMap<String, usize>,
    /// From the start to the answer to the last order that was placed.
    pub sold_in_ms: u64,
    /// Of the drop's page, or of its waiting room's.
    pub page: Times,
    /// If the buyers went through the waiting room.
    pub room: Option<RoomFigures>,
    /// From pressing the button to the last answer, with all tries while the shop was busy.
    pub order: Times,
    pub pools: Vec<PoolFigures>,
    pub mails: MailFigures,
    /// Rules of the books that were broken.
    pub broken: Vec<String>,
}

impl Figures {
    pub fn failures(&self) -> usize {
        self.failed.values().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_hundred_answers_the_ninety_ninth_is_the_p99() {
        let all = (1..=100).rev().map(Duration::from_millis).collect();
        let times = Times {
            median_ms: 50,
            p99_ms: 99,
            longest_ms: 100,
        };
        assert_eq!(Times::of(all), times);
        let one = Times::of(vec![Duration::from_millis(7)]);
        assert_eq!((one.median_ms, one.p99_ms, one.longest_ms), (7, 7, 7));
        assert_eq!(Times::of(Vec::new()), Times::default());
    }
}
