//! In which currency amounts of earlier days are.

use crate::{
    db::{Db, Get},
    error::Result,
};

/// In which currency the shop was when.
#[derive(Debug, Clone, Default)]
pub struct CurrencyHistory {
    /// When each change was made, and what was the currency before; the latest first.
    changes: Vec<(i64, String)>,
}

impl CurrencyHistory {
    pub async fn read(db: &Db) -> Result<Self> {
        let rows =
            sqlx::query("SELECT at, old_currency FROM currency_changes ORDER BY version DESC")
                .fetch_all(db.reader())
                .await?;
        let changes = rows
            .iter()
            .map(|row| Ok((row.int("at")?, row.text("old_currency")?)))
            .collect::<Result<_>>()?;
        Ok(Self { changes })
    }

    /// The currency at a time, in milliseconds since 1970, if it is `present` now.
    pub fn at<'a>(&'a self, at: i64, present: &'a str) -> &'a str {
        let later = self.changes.iter().take_while(|(change, _)| *change > at);
        later.last().map_or(present, |(_, old)| old.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_currency_of_a_time_is_the_one_before_the_next_change() {
        let history = CurrencyHistory {
            changes: vec![(300, "JPY".to_owned()), (100, "EUR".to_owned())],
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
