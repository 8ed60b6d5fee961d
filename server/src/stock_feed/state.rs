//! Who watches what, what is known of it and what is to be read.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use app::catalog::{stock::VariantStock, types::Units};
use tokio::time::Instant;

/// The most variants of one query; more wait for the next.
const MOST: usize = 5_000;

#[derive(Default)]
pub struct State {
    watched: HashMap<String, Watched>,
    /// What the next read is to ask for.
    due: HashSet<String>,
    /// When the last read ended.
    pub read: Option<Instant>,
    /// When a drop begins or ends that something watched is in, if that is soon.
    pub turn: Option<Instant>,
    /// Whether there is a task that reads.
    pub tended: bool,
    /// Number of the last [`Changes`].
    round: u64,
}

struct Watched {
    watchers: usize,
    /// What was last read.
    stock: Option<VariantStock>,
}

/// What one read found.
#[derive(Debug, Default)]
pub struct OnSale {
    /// Units by variant, of those that are on sale.
    pub units: HashMap<String, Units>,
    /// What is being paid for of what is sold out, by variant: units, and in how many minutes the first is decided.
    pub paying: HashMap<String, (i64, Option<i64>)>,
    /// Stock is low at this number of units and below.
    pub low_stock: i64,
    /// How long this is so at most, if it changes by itself soon.
    pub turn: Option<Duration>,
}

/// What one read found to be different.
pub struct Changes {
    /// Rises from read to read.
    pub round: u64,
    pub variants: HashMap<String, VariantStock>,
}

impl State {
    /// One more watches these. What nobody watched before is due.
    pub fn watch(&mut self, ids: &[String]) {
        for id in ids {
            match self.watched.get_mut(id) {
                Some(watched) => watched.watchers += 1,
                None => {
                    let new = Watched {
                        watchers: 1,
                        stock: None,
                    };
                    self.watched.insert(id.clone(), new);
                    self.due.insert(id.clone());
                }
            }
        }
    }

    /// One fewer watches these.
    pub fn leave(&mut self, ids: &[String]) {
        for id in ids {
            if let Some(watched) = self.watched.get_mut(id) {
                watched.watchers -= 1;
                if watched.watchers == 0 {
                    self.watched.remove(id);
                    self.due.remove(id);
                }
            }
        }
    }

    pub fn is_watched(&self) -> bool {
        !self.watched.is_empty()
    }

    pub fn is_due(&self) -> bool {
        !self.due.is_empty()
    }

    /// The numbers of all these variants and the round they are of; nothing before all are read.
    pub fn known(&self, ids: &[String]) -> Option<(u64, Vec<VariantStock>)> {
        let stock = |id| self.watched.get(id)?.stock.clone();
        let all = ids.iter().map(stock).collect::<Option<Vec<_>>>()?;
        Some((self.round, all))
    }

    pub fn everything_is_due(&mut self) {
        self.due.extend(self.watched.keys().cloned());
    }

    pub fn are_due(&mut self, ids: Vec<String>) {
        let watched = |id: &String| self.watched.contains_key(id);
        self.due.extend(ids.into_iter().filter(watched));
    }

    /// Everything is to be read again after this time.
    pub fn turns_in(&mut self, wait: Option<Duration>) {
        if let Some(wait) = wait {
            let at = Instant::now() + wait;
            self.turn = Some(self.turn.map_or(at, |turn| turn.min(at)));
        }
    }

    /// Takes what the next read is to ask for.
    pub fn take_due(&mut self) -> Vec<String> {
        let ids: Vec<String> = self.due.iter().take(MOST).cloned().collect();
        for id in &ids {
            self.due.remove(id);
        }
        ids
    }

    /// Keeps what was read; returns what is different from before.
    pub fn keep(&mut self, ids: Vec<String>, read: &OnSale) -> Option<Changes> {
        let mut variants = HashMap::new();
        for id in ids {
            // What is not on sale is not there.
            let units = read.units.get(&id).copied().unwrap_or_default();
            let (paying, minutes) = read.paying.get(&id).copied().unwrap_or_default();
            let stock = VariantStock::of(&id, units, read.low_stock).being_paid(paying, minutes);
            if let Some(watched) = self.watched.get_mut(&id)
                && watched.stock.as_ref() != Some(&stock)
            {
                watched.stock = Some(stock.clone());
                variants.insert(id, stock);
            }
        }
        if variants.is_empty() {
            return None;
        }
        self.round += 1;
        Some(Changes {
            round: self.round,
            variants,
        })
    }
}
