//! What this process has counted of drops since it began. It is in memory, so a refusal writes nothing; once a second
//! it becomes one row, see `admin::drops::pulse`. As with metrics there is one count in a process: the ids of drops
//! are their own in every shop.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use app::drops::refusals::DropRefusal;

/// Of one drop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Places in its waiting room that were given out.
    pub arrivals: i64,
    /// Orders that were placed, and units of the drop in them.
    pub orders: i64,
    pub units: i64,
    /// Orders that were not.
    pub refusals: BTreeMap<DropRefusal, i64>,
}

struct Tally {
    drops: BTreeMap<String, Counts>,
    /// Of which drop a variant was refused last.
    variants: BTreeMap<String, String>,
}

static TALLY: Mutex<Tally> = Mutex::new(Tally {
    drops: BTreeMap::new(),
    variants: BTreeMap::new(),
});

fn tally() -> MutexGuard<'static, Tally> {
    TALLY.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Tally {
    fn of(&mut self, drop_id: &str) -> &mut Counts {
        self.drops.entry(drop_id.to_owned()).or_default()
    }
}

/// What was decided together of orders of drops: counted once it is certain.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Decided {
    placed: Vec<(String, i64)>,
    refused: Vec<Refused>,
}

#[derive(Debug, PartialEq, Eq)]
struct Refused {
    drop_id: String,
    reason: DropRefusal,
    variants: Vec<String>,
}

impl Decided {
    pub fn place(&mut self, drop_id: &str, units: i64) {
        self.placed.push((drop_id.to_owned(), units));
    }

    /// `variants` are those of the order that this drop sells.
    pub fn refuse(&mut self, drop_id: &str, reason: DropRefusal, variants: Vec<String>) {
        self.refused.push(Refused {
            drop_id: drop_id.to_owned(),
            reason,
            variants,
        });
    }

    /// Once for all, whatever their number.
    pub fn count(self) {
        if self.placed.is_empty() && self.refused.is_empty() {
            return;
        }
        let mut tally = tally();
        for (drop_id, units) in self.placed {
            let counts = tally.of(&drop_id);
            counts.orders += 1;
            counts.units += units;
        }
        for refused in self.refused {
            let counts = tally.of(&refused.drop_id);
            *counts.refusals.entry(refused.reason).or_default() += 1;
            for variant in refused.variants {
                tally.variants.insert(variant, refused.drop_id.clone());
            }
        }
    }
}

/// An order was refused again without being decided, for the same reason.
pub fn refused_again<'a>(variants: impl Iterator<Item = &'a str>, reason: DropRefusal) {
    let mut tally = tally();
    let mut drops: Vec<String> = variants
        .filter_map(|variant| tally.variants.get(variant).cloned())
        .collect();
    drops.sort_unstable();
    drops.dedup();
    for drop_id in drops {
        *tally.of(&drop_id).refusals.entry(reason).or_default() += 1;
    }
}

/// Places in the waiting room of a drop were given out.
pub fn arrived(drop_id: &str, places: usize) {
    let places = i64::try_from(places).unwrap_or(i64::MAX);
    tally().of(drop_id).arrivals += places;
}

/// All that was counted, by the ids of drops.
pub fn since_start() -> BTreeMap<String, Counts> {
    tally().drops.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(drop_id: &str) -> Counts {
        since_start().remove(drop_id).unwrap_or_default()
    }

    #[test]
    fn what_is_decided_is_counted_by_drop_and_reason() {
        let mut decided = Decided::default();
        decided.place("tally-a", 3);
        decided.place("tally-a", 1);
        for reason in [
            DropRefusal::SoldOut,
            DropRefusal::SoldOut,
            DropRefusal::NotYet,
        ] {
            decided.refuse("tally-a", reason, vec!["tally-rope".to_owned()]);
        }
        assert_eq!(
            counts("tally-a"),
            Counts::default(),
            "nothing is certain yet"
        );
        decided.count();
        let again = ["tally-rope", "tally-cup", "tally-rope"].into_iter();
        refused_again(again, DropRefusal::SoldOut);
        arrived("tally-a", 5);
        let counted = counts("tally-a");
        assert_eq!((counted.arrivals, counted.orders, counted.units), (5, 2, 4));
        let refusals = [(DropRefusal::SoldOut, 3), (DropRefusal::NotYet, 1)];
        assert_eq!(counted.refusals, BTreeMap::from(refusals));
        assert_eq!(counts("tally-b"), Counts::default());
    }
}
