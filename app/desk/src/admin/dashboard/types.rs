//! A sale while it runs, as it is sent to those who watch.

use serde::{Deserialize, Serialize};

/// How it is at this moment, in the whole shop.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    /// In milliseconds since 1970.
    pub at: i64,
    /// Orders placed in the last minute.
    pub orders_last_minute: i64,
    /// Variants that sold in the last hour, most units first.
    pub variants: Vec<SellThrough>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SellThrough {
    pub title: String,
    /// Units sold in the last hour.
    pub sold: i64,
    /// Units left.
    pub left: i64,
}

impl SellThrough {
    /// Percent of what there was an hour ago that is sold, rounded down.
    pub fn percent(&self) -> i64 {
        match self.sold + self.left {
            0 => 0,
            all => self.sold * 100 / all,
        }
    }
}
