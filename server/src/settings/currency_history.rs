//! In which currency amounts of earlier days are.

use crate::{
    db::{Db, Sql, from_row},
    error::Result,
};

/// In which currency the shop was when.
#[derive(Debug, Clone, Default)]
pub struct CurrencyHistory {
    /// When each change was made, and what was the currency before; the latest first.
    changes: Vec<CurrencyChange>,
}

#[derive(Debug, Clone)]
struct CurrencyChange {
    at: i64,
    old_currency: String,
}

from_row!(CurrencyChange { at, old_currency });

impl CurrencyHistory {
    pub async fn read(db: &Db) -> Result<Self> {
        let sql = Sql::new("SELECT at, old_currency FROM currency_changes ORDER BY version DESC");
        Ok(Self {
            changes: sql.fetch_all_as(db.reader()).await?,
        })
    }

    /// The currency at a time, in milliseconds since 1970, if it is `present` now.
    pub fn at<'a>(&'a self, at: i64, present: &'a str) -> &'a str {
        let later = self.changes.iter().take_while(|change| change.at > at);
        later
            .last()
            .map_or(present, |change| change.old_currency.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_currency_of_a_time_is_the_one_before_the_next_change() {
        let change = |at, old: &str| CurrencyChange {
            at,
            old_currency: old.to_owned(),
        };
        let history = CurrencyHistory {
            changes: vec![change(300, "JPY"), change(100, "EUR")],
        };
        for (at, currency) in [
            (99, "EUR"),
            (100, "JPY"),
            (299, "JPY"),
            (300, "KWD"),
            (900, "KWD"),
        ] {
            assert_eq!(history.at(at, "KWD"), currency, "{at}");
        }
        assert_eq!(CurrencyHistory::default().at(5, "EUR"), "EUR");
    }
}
