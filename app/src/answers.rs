//! Shapes that answers of many functions have.

use serde::{Deserialize, Serialize};

/// A page of a list; pages count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paged<T> {
    pub rows: Vec<T>,
    pub total: i64,
    pub page: i64,
    pub pages: i64,
}

/// Where a page of a list begins or ends that is found by the page beside it: just after, or just before, a row
/// that was shown. The text is made by the server and means nothing elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cursor {
    After(String),
    Before(String),
}

impl Cursor {
    /// The row, as its list writes it.
    pub fn at(&self) -> &str {
        match self {
            Self::After(at) | Self::Before(at) => at,
        }
    }

    /// How an address names it, and what it says.
    pub fn pair(&self) -> (&'static str, &str) {
        match self {
            Self::After(at) => ("after", at),
            Self::Before(at) => ("before", at),
        }
    }
}

/// A page of a list that is found by a [`Cursor`]: a deep one costs what the first one costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch<T> {
    pub rows: Vec<T>,
    /// In the whole list.
    pub found: Tally,
    /// Cursors of the pages before and after this one.
    pub before: Option<String>,
    pub after: Option<String>,
}

/// It was done, and there is nothing else to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    pub ok: bool,
}

/// How many rows there are, counted up to a bound: who looks for work does not wait for a count of
/// all there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub count: i64,
    /// There are more than were counted.
    pub is_more: bool,
}

impl Tally {
    /// Rows are counted up to here.
    pub const MOST: i64 = 999;

    /// Of `found` rows, which were looked for up to one more than [`Self::MOST`].
    pub fn of(found: i64) -> Self {
        Self {
            count: found.min(Self::MOST),
            is_more: found > Self::MOST,
        }
    }

    /// Of rows that were all counted.
    pub const fn whole(count: i64) -> Self {
        Self {
            count,
            is_more: false,
        }
    }

    pub const fn is_none(self) -> bool {
        self.count == 0 && !self.is_more
    }

    /// `36` or `999+`.
    pub fn words(self) -> String {
        match self.is_more {
            true => format!("{}+", self.count),
            false => self.count.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn a_tally_says_that_there_are_more_than_it_counts() {
        for (found, words) in [(0, "0"), (999, "999"), (1000, "999+")] {
            assert_eq!(Tally::of(found).words(), words);
        }
    }
}
