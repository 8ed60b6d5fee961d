//! What the shop promises of returns.

#[cfg(feature = "ssr")]
mod words;

use serde::{Deserialize, Serialize};

crate::words! {
    /// Who pays for sending something back.
    #[derive(Default)]
    pub enum ReturnCost {
        #[default]
        Customer = "customer",
        Shop = "shop",
    }
}

/// So many days from arrival, at someone's cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnPolicy {
    days: i64,
    pub cost: ReturnCost,
}

impl ReturnPolicy {
    pub const MOST_DAYS: i64 = 365;

    /// Nothing if these are no days, or too many.
    pub const fn new(days: i64, cost: ReturnCost) -> Option<Self> {
        match 1 <= days && days <= Self::MOST_DAYS {
            true => Some(Self { days, cost }),
            false => None,
        }
    }

    pub const fn days(self) -> i64 {
        self.days
    }
}
