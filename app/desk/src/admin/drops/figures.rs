//! What a drop came to: its figures, which are the same on every server.

#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeMap;

use app::drops::refusals::DropRefusal;

pub use text::Difference;

app::words! {
    /// How a drop ended.
    pub enum End {
        OnTime = "on_time",
        CalledOff = "called_off",
    }
}

app::words! {
    /// Whether two books say the same of a drop.
    pub enum Books {
        Agree = "agree",
        Differ = "differ",
        /// Nobody has compared them since the drop ended.
        NotCompared = "not_compared",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    pub title: String,
    pub slug: String,
    pub currency: String,
    /// Times are in milliseconds since 1970.
    pub opens_at: i64,
    pub ended_at: i64,
    pub end: End,
    pub variants: Vec<VariantFigures>,
    pub orders: OrderFigures,
    /// Orders that were refused, of all nodes.
    pub refusals: BTreeMap<DropRefusal, i64>,
    /// Orders of whatever goods that were refused for want of time while the drop was near.
    pub busy: i64,
    /// `None` if it has no waiting room.
    pub room: Option<RoomFigures>,
    /// From a place to its order; `None` if nobody has ordered with one, or it is forgotten.
    pub waits: Option<Waits>,
    /// `None` if nobody was on its waiting list, or it is forgotten.
    pub list: Option<ListFigures>,
    pub households: Households,
    /// The ledger of units, beside the drop's lines and its orders.
    pub ledger: Books,
    /// What came in of its orders, beside what providers say.
    pub payments: Books,
}

impl Figures {
    pub fn ordered(&self) -> i64 {
        self.variants.iter().map(|one| one.ordered).sum()
    }

    pub fn back(&self) -> i64 {
        self.variants.iter().map(|one| one.back).sum()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantFigures {
    pub name: String,
    /// Units that the drop had.
    pub units: i64,
    /// In orders, of which some came back.
    pub ordered: i64,
    pub back: i64,
    /// Not sold.
    pub left: i64,
}

impl VariantFigures {
    pub const fn sold(&self) -> i64 {
        self.ordered - self.back
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrderFigures {
    pub placed: i64,
    /// Of these.
    pub cancelled: i64,
    /// What units of the drop came to in orders that stand, before refunds.
    pub amount_minor: i64,
    /// From the start to the first and to the last, in milliseconds.
    pub first_ms: Option<i64>,
    pub last_ms: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomFigures {
    pub arrivals: i64,
    pub let_in: i64,
}

/// People on its waiting list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListFigures {
    pub joined: i64,
    /// Of these, whom a unit was offered to that came back, and who ordered it.
    pub offered: i64,
    pub ordered: i64,
}

/// In milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waits {
    pub counted: i64,
    pub median_ms: i64,
    /// Of twenty, nineteen waited no longer.
    pub most_ms: i64,
    pub longest_ms: i64,
}

impl Waits {
    pub fn of(mut waits: Vec<i64>) -> Option<Self> {
        waits.sort_unstable();
        let at = |share: usize| waits.get((waits.len() * share / 100).min(waits.len() - 1));
        let longest_ms = *waits.last()?;
        Some(Self {
            counted: i64::try_from(waits.len()).unwrap_or(i64::MAX),
            median_ms: *at(50)?,
            most_ms: *at(95)?,
            longest_ms,
        })
    }
}

/// Buyers by their postal address in one spelling, or their mailbox where there is none; of orders that stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Households {
    pub count: i64,
    /// With one unit of the drop, with two, and with more.
    pub with_one: i64,
    pub with_two: i64,
    pub with_more: i64,
    /// The most units of one.
    pub most: i64,
}

impl Households {
    /// Of the units of each.
    pub fn of(units: impl Iterator<Item = i64>) -> Self {
        let mut all = Self::default();
        for units in units.filter(|units| *units > 0) {
            all.count += 1;
            all.most = all.most.max(units);
            match units {
                1 => all.with_one += 1,
                2 => all.with_two += 1,
                _ => all.with_more += 1,
            }
        }
        all
    }
}
