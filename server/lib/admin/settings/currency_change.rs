//! What becomes of every stored amount when an admin sets another currency.
//!
//! Amounts are minor units, so a number means another price where the currency has more or fewer
//! digits. A change keeps the price's number: 34.00 EUR becomes 34 JPY, in all that is priced by the
//! shop's currency and in one transaction with it. Orders, payments and refunds have a currency of
//! their own and stay.

use app::{
    locale::locale,
    money::{currency_digits, same_number},
};
use desk::admin::jobs::told::{JobText, Message};

use super::said;
use crate::{
    catalog::write::{draft::MAX_AMOUNT, refresh_summaries},
    db::{Dialect, FromRow, Sql, Tx, from_row},
    drops,
    error::Result,
    jobs,
    settings::currencies,
};

/// Another currency than the present one, and what it would do to the prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrencyChange {
    pub from: String,
    pub to: String,
    /// Prices and compare-at prices that lose decimals.
    pub rounded: i64,
    /// One that does, in the old currency.
    pub rounded_minor: Option<i64>,
    /// Prices that would come to nothing.
    pub free: i64,
    /// Prices and compare-at prices that would be more than a price can be.
    pub too_large: i64,
    /// Jobs that would be stopped half-way.
    pub running_jobs: i64,
}

/// What a change would do to the prices and compare-at prices there are.
struct Counted {
    /// Those that lose decimals.
    prices: i64,
    compare_ats: i64,
    /// One of these prices.
    one: Option<i64>,
    free: i64,
    large_prices: i64,
    large_compare_ats: i64,
}

from_row!(Counted {
    prices,
    compare_ats,
    one,
    free,
    large_prices,
    large_compare_ats,
});

impl CurrencyChange {
    pub fn new(from: &str, to: &str) -> Self {
        Self {
            from: from.to_owned(),
            to: to.to_owned(),
            rounded: 0,
            rounded_minor: None,
            free: 0,
            too_large: 0,
            running_jobs: 0,
        }
    }

    /// What it would do if `wanted` were set; nothing if that is no currency, or the present one.
    ///
    /// The transaction has locked the settings, and a job begins only with
    /// [`stays`](crate::settings::currency::stays): those that run now are all there will be.
    pub async fn planned(tx: &mut Tx, present: &str, wanted: &str) -> Result<Option<Self>> {
        if wanted == present || !currencies::is_one(wanted) {
            return Ok(None);
        }
        let mut change = Self::new(present, wanted);
        if change.keeps_digits() {
            return Ok(Some(change));
        }
        // What one minor unit of the new currency is in those of the old, and the other way round.
        let (unit, factor) = (change.unit(), change.factor());
        let (half, most) = (unit / 2, MAX_AMOUNT / factor);
        let row = Sql::new(&format!(
            "SELECT COUNT(CASE WHEN price_minor % {unit} <> 0 THEN 1 END) AS prices, \
             COUNT(CASE WHEN compare_at_minor % {unit} <> 0 THEN 1 END) AS compare_ats, \
             MIN(CASE WHEN price_minor % {unit} <> 0 THEN price_minor END) AS one, \
             COUNT(CASE WHEN price_minor > 0 AND price_minor < {half} THEN 1 END) AS free, \
             COUNT(CASE WHEN price_minor > {most} THEN 1 END) AS large_prices, \
             COUNT(CASE WHEN compare_at_minor > {most} THEN 1 END) AS large_compare_ats \
             FROM variants WHERE archived_at IS NULL"
        ))
        .fetch_one(&mut **tx)
        .await?;
        let counted = Counted::from_row(&row)?;
        change.rounded = counted.prices + counted.compare_ats;
        change.rounded_minor = counted.one;
        change.free = counted.free;
        change.too_large = counted.large_prices + counted.large_compare_ats;
        change.running_jobs = jobs::running(tx).await?;
        Ok(Some(change))
    }

    fn digits(&self) -> (u32, u32) {
        (currency_digits(&self.from), currency_digits(&self.to))
    }

    fn keeps_digits(&self) -> bool {
        let (from, to) = self.digits();
        from == to
    }

    fn unit(&self) -> i64 {
        let (from, to) = self.digits();
        10_i64.pow(from.saturating_sub(to))
    }

    fn factor(&self) -> i64 {
        let (from, to) = self.digits();
        10_i64.pow(to.saturating_sub(from))
    }

    /// The same number in the new currency.
    pub fn of(&self, minor: i64) -> i64 {
        same_number(minor, &self.from, &self.to)
    }

    /// What [`CurrencyChange::of`] makes of a column of amounts, none of which is below zero.
    fn of_column(&self, column: &str) -> String {
        let (unit, factor) = (self.unit(), self.factor());
        format!("({column} * {factor} + {}) / {unit}", unit / 2)
    }

    /// An amount before and after.
    fn example(&self, minor: i64) -> (String, String) {
        (
            locale().money(minor, &self.from),
            locale().money(self.of(minor), &self.to),
        )
    }

    /// What an admin is to know before saying yes.
    pub fn words(&self) -> String {
        let round = 34 * 10_i64.pow(currency_digits(&self.from));
        let (before, after) = self.example(round);
        let mut sentences = vec![said().every_price_becomes(&after, &before)];
        if self.rounded > 0 {
            sentences.push(match self.rounded_minor {
                Some(minor) => {
                    let (before, after) = self.example(minor);
                    said().prices_rounded_as(&after, &before, self.rounded)
                }
                None => said().prices_rounded(self.rounded),
            });
        }
        if self.free > 0 {
            let nothing = locale().money(0, &self.to);
            sentences.push(said().prices_become(self.free, &nothing));
        }
        sentences.push(said().past_orders_stay(&self.from));
        sentences.join(" ")
    }

    /// Why it cannot be, if it cannot.
    pub fn refusal(&self) -> Option<String> {
        if self.running_jobs > 0 {
            return Some(said().job_is_running().to_owned());
        }
        let dearest = locale().money(MAX_AMOUNT, &self.to);
        (self.too_large > 0).then(|| said().prices_too_large(self.too_large, &dearest))
    }

    /// Makes it so, of everything but the settings themselves and the ways of delivery, which their
    /// form brings along. `version` is that of the settings it comes with.
    ///
    /// Rows are locked in the order in which jobs, carts, orders and editors lock them.
    pub async fn carry_out(
        &self,
        tx: &mut Tx,
        dialect: Dialect,
        at: i64,
        version: i64,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO currency_changes (version, at, old_currency, new_currency) \
             VALUES ($1, $2, $3, $4)",
        )
        .bind(version)
        .bind(at)
        .bind(&self.from)
        .bind(&self.to)
        .execute(&mut **tx)
        .await?;
        if self.keeps_digits() {
            return Ok(());
        }
        if let Some(statement) = dialect.with_time_for_every_price() {
            sqlx::query(statement).execute(&mut **tx).await?;
        }
        // What was prepared was worked out in the old currency. Nothing runs: see `planned`.
        let note = JobText::from(Message::OtherCurrency).to_note();
        jobs::give_up_prepared(tx, at, &note).await?;
        if dialect == Dialect::Postgres {
            for table in ["carts", "variants"] {
                let mut sql = Sql::new("SELECT id FROM ");
                sql.push(table).push(" ORDER BY id FOR UPDATE");
                sql.execute(&mut **tx).await?;
            }
        }
        let (price, compare_at, cost) = (
            self.of_column("price_minor"),
            self.of_column("compare_at_minor"),
            self.of_column("cost_minor"),
        );
        Sql::new(&format!(
            "UPDATE variants SET price_minor = {price}, compare_at_minor = {compare_at}, \
             cost_minor = {cost}"
        ))
        .execute(&mut **tx)
        .await?;
        drops::change_prices(tx, &price).await?;
        self.carry_out_in_methods(tx).await?;
        // A cart may remember a price that no product has any more, however large.
        self.carry_out_in_carts(tx, dialect).await?;
        let ids: Vec<String> = Sql::new("SELECT id FROM products")
            .fetch_values(&mut **tx)
            .await?;
        refresh_summaries(tx, dialect, &ids).await
    }
}

impl CurrencyChange {
    /// Of the amounts that orders have to keep to. None of them becomes nothing, which would be no limit.
    async fn carry_out_in_methods(&self, tx: &mut Tx) -> Result<()> {
        sqlx::query("UPDATE payment_method_versions SET version = version + 1")
            .execute(&mut **tx)
            .await?;
        for column in ["lowest_minor", "highest_minor"] {
            let amount = self.of_column(column);
            Sql::new(&format!(
                "UPDATE payment_methods SET \
                 {column} = CASE WHEN {amount} < 1 THEN 1 ELSE {amount} END \
                 WHERE {column} IS NOT NULL"
            ))
            .execute(&mut **tx)
            .await?;
        }
        Ok(())
    }

    /// Of the price that each line of a cart was seen at. The lines are JSON: see `carts`.
    async fn carry_out_in_carts(&self, tx: &mut Tx, dialect: Dialect) -> Result<()> {
        let price = |seen: &str| {
            let price = self.of_column(seen);
            format!("CASE WHEN {price} > {MAX_AMOUNT} THEN {MAX_AMOUNT} ELSE {price} END")
        };
        let lines = match dialect {
            Dialect::Sqlite => {
                let price = price("json_extract(l.value, '$.unit_price_minor')");
                format!(
                    "(SELECT json_group_array(json_set(l.value, '$.unit_price_minor', {price})) \
                     FROM (SELECT value FROM json_each(carts.lines) ORDER BY key) AS l)"
                )
            }
            Dialect::Postgres => {
                let price = price("CAST(l.line ->> 'unit_price_minor' AS BIGINT)");
                format!(
                    "(SELECT CAST(jsonb_agg(jsonb_set(l.line, '{{unit_price_minor}}', \
                     to_jsonb({price})) ORDER BY l.n) AS TEXT) \
                     FROM jsonb_array_elements(CAST(carts.lines AS jsonb)) \
                     WITH ORDINALITY AS l (line, n))"
                )
            }
        };
        Sql::new(&format!(
            "UPDATE carts SET lines = {lines} WHERE lines <> '[]'"
        ))
        .execute(&mut **tx)
        .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_admin_is_told_by_example_what_becomes_of_prices() {
        let euros = CurrencyChange::new("EUR", "USD");
        assert_eq!(
            euros.words(),
            "€34.00 becomes $34.00, and the same goes for every price, compare-at price, cart and \
             shipping method. Past orders stay in EUR. Tick this to change the currency."
        );
        let yen = CurrencyChange {
            rounded: 12,
            rounded_minor: Some(3450),
            free: 1,
            ..CurrencyChange::new("EUR", "JPY")
        };
        assert_eq!(
            yen.words(),
            "€34.00 becomes ¥34, and the same goes for every price, compare-at price, cart and shipping method. 12 prices are rounded: €34.50 becomes ¥35. 1 price becomes ¥0. Past orders \
             stay in EUR. Tick this to change the currency."
        );
        let dinars = CurrencyChange::new("JPY", "KWD");
        assert!(dinars.words().starts_with("¥34 becomes KWD\u{a0}34.000,"));
    }

    #[test]
    fn more_money_than_there_can_be_is_refused() {
        let change = CurrencyChange::new("JPY", "KWD");
        assert_eq!(change.refusal(), None);
        let change = CurrencyChange {
            too_large: 3,
            ..change
        };
        assert_eq!(
            change.refusal().unwrap(),
            "3 prices would be more than KWD\u{a0}1,000,000,000.000."
        );
    }

    #[test]
    fn a_running_job_is_waited_for() {
        let change = CurrencyChange {
            too_large: 3,
            running_jobs: 1,
            ..CurrencyChange::new("JPY", "KWD")
        };
        assert_eq!(
            change.refusal().unwrap(),
            "A bulk edit or import is running. Change the currency when it is done."
        );
    }
}
