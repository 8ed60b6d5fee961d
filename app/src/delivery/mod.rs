//! When what is ordered arrives, or is ready to be collected: in working days, and as dates once it is
//! known from when they count.

#[cfg(feature = "ssr")]
pub mod calendar;
#[cfg(feature = "ssr")]
pub mod words;

use serde::{Deserialize, Serialize};

crate::words! {
    /// How customers get what they ordered.
    #[derive(Default)]
    pub enum Handover {
        /// It is brought to them.
        #[default]
        Delivery = "delivery",
        /// They fetch it.
        Collection = "collection",
    }
}

impl Handover {
    pub const fn is_delivery(&self) -> bool {
        matches!(self, Self::Delivery)
    }
}

/// From so many days to so many, Monday to Friday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingDays {
    from: i64,
    to: i64,
}

impl WorkingDays {
    pub const MOST: i64 = 60;

    /// Nothing if they are in the wrong order, or too many.
    pub const fn new(from: i64, to: i64) -> Option<Self> {
        match 0 <= from && from <= to && to <= Self::MOST {
            true => Some(Self { from, to }),
            false => None,
        }
    }

    pub const fn from(self) -> i64 {
        self.from
    }

    pub const fn to(self) -> i64 {
        self.to
    }
}

/// What is said of a shipping method to everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub handover: Handover,
    pub days: WorkingDays,
}

/// The first and the last day of some, such as `2026-12-01`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    pub from: String,
    pub to: String,
}

/// What one customer is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    #[serde(flatten)]
    pub delivery: Delivery,
    /// None as long as the days do not count yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<Dates>,
}

impl Promise {
    /// Of an order that waits for something before it is packed.
    pub const fn waiting(delivery: Delivery) -> Self {
        Self {
            delivery,
            dates: None,
        }
    }
}

/// What the days count from where no dates are known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    Payment,
    Confirmation,
}
