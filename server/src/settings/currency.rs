//! The currency that the shop keeps its prices in.
//!
//! It is on record in the database from the first start on: a price is a number of minor units, and
//! who reads it in another currency than it was written in is wrong by a factor of a hundred.

use app::{
    error::{ErrorKind, ShopError},
    locale::locale,
};

use super::{currencies, text::Text};
use crate::{
    db::{Dialect, Sql, Tx},
    error::{Error, Result},
    store::Store,
};

/// Of a new shop, unless told.
const DEFAULT: &str = "EUR";

/// What becomes of a shop with prices but neither a currency on record nor an order that tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// It is served in euro, as it was before currencies were on record.
    Euro,
    /// Nobody guesses.
    Refused,
}

/// The currency on record. If there is none yet, `wanted` is put there, or what the shop itself tells;
/// if there is one, another that is wanted is refused.
pub async fn settle(db: &Store, wanted: Option<&str>, unknown: Unknown) -> Result<String> {
    let mut tx = db.begin().await?;
    let mut sql = Sql::new("SELECT currency FROM shop_settings WHERE id = 1");
    sql.push(db.dialect().for_update());
    let on_record: Option<String> = sql.fetch_value(&mut *tx).await?;
    let currency = match (on_record, wanted) {
        (Some(kept), Some(wanted)) if kept != wanted => return Err(another(&kept, wanted)),
        (Some(kept), _) => return Ok(kept),
        (None, Some(wanted)) => {
            let prices = Prices::read(&mut tx).await?;
            checked_first(wanted, &prices)?
        }
        (None, None) => Prices::read(&mut tx).await?.currency(unknown)?,
    };
    sqlx::query("UPDATE shop_settings SET currency = $1 WHERE id = 1")
        .bind(&currency)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    tracing::info!(
        %currency,
        "recorded the currency of the shop's prices"
    );
    Ok(currency)
}

/// Keeps the currency as it is until the transaction ends, if it still is the one that prices were
/// read in. Comes before anything else is locked: a change of currency locks the settings first.
pub async fn stays(tx: &mut Tx, dialect: Dialect, currency: &str) -> Result<()> {
    let mut sql = Sql::new("SELECT currency FROM shop_settings WHERE id = 1");
    sql.push(dialect.for_share());
    let on_record: Option<String> = sql.fetch_value(&mut **tx).await?;
    match on_record {
        Some(kept) if kept != currency => {
            let words = Text::from(locale()).currency_changed(&kept);
            Err(ShopError::new(ErrorKind::Invalid, words).into())
        }
        _ => Ok(()),
    }
}

fn another(kept: &str, wanted: &str) -> Error {
    Error::Setting(format!(
        "--currency or HOLDFAST_CURRENCY is {wanted}, but this shop's prices are in {kept}. Leave \
         the option out; an admin can change the currency at /admin/settings."
    ))
}

/// What a shop without a currency on record tells of it.
struct Prices {
    /// Whether there is anything that has a price.
    has_variants: bool,
    /// What orders were placed in.
    of_orders: Vec<String>,
}

impl Prices {
    async fn read(tx: &mut Tx) -> Result<Self> {
        let variant = sqlx::query("SELECT id FROM variants LIMIT 1")
            .fetch_optional(&mut **tx)
            .await?;
        let of_orders = Sql::new("SELECT DISTINCT currency FROM orders ORDER BY currency")
            .fetch_values(&mut **tx)
            .await?;
        Ok(Self {
            has_variants: variant.is_some(),
            of_orders,
        })
    }

    fn are_none(&self) -> bool {
        !self.has_variants && self.of_orders.is_empty()
    }

    /// What the prices are in, if nobody says it.
    fn currency(&self, unknown: Unknown) -> Result<String> {
        match self.of_orders.as_slice() {
            [only] => Ok(only.clone()),
            [] if !self.has_variants || unknown == Unknown::Euro => Ok(DEFAULT.to_owned()),
            [] => Err(say_it("")),
            several => Err(say_it(&format!(
                " Its orders are in {}.",
                several.join(" and ")
            ))),
        }
    }
}

fn say_it(known: &str) -> Error {
    Error::Setting(format!(
        "This shop has prices, but their currency is not recorded.{known} Give it once, such as \
         --currency {DEFAULT}; the shop remembers it."
    ))
}

/// The currency that a shop is told to be in for the first time.
fn checked_first(wanted: &str, prices: &Prices) -> Result<String> {
    // One that was sold in before stays, whatever became of it since.
    if prices.are_none() && !currencies::is_one(wanted) {
        return Err(Error::Setting(format!(
            "--currency or HOLDFAST_CURRENCY is {wanted}; it must be an ISO 4217 code such as \
             {DEFAULT}"
        )));
    }
    if !prices.of_orders.is_empty() && !prices.of_orders.iter().any(|of| of == wanted) {
        tracing::warn!(
            currency = wanted,
            orders = %prices.of_orders.join(" "),
            "none of this shop's orders is in the currency that its prices are said to be in"
        );
    }
    Ok(wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prices(has_variants: bool, of_orders: &[&str]) -> Prices {
        Prices {
            has_variants,
            of_orders: of_orders.iter().map(|of| (*of).to_owned()).collect(),
        }
    }

    #[test]
    fn orders_tell_what_prices_are_in_and_nobody_guesses() {
        let told = |prices: Prices, unknown| prices.currency(unknown).ok();
        let some = |currency: &str| Some(currency.to_owned());
        for unknown in [Unknown::Euro, Unknown::Refused] {
            assert_eq!(told(prices(false, &[]), unknown), some("EUR"));
            assert_eq!(told(prices(true, &["JPY"]), unknown), some("JPY"));
            assert_eq!(told(prices(true, &["EUR", "JPY"]), unknown), None);
        }
        assert_eq!(told(prices(true, &[]), Unknown::Euro), some("EUR"));
        assert_eq!(told(prices(true, &[]), Unknown::Refused), None);
        let refused = prices(true, &["EUR", "JPY"]).currency(Unknown::Refused);
        let words = refused.unwrap_err().to_string();
        assert!(
            words.contains("EUR and JPY") && words.contains("--currency"),
            "{words}"
        );
    }

    #[test]
    fn a_new_shop_takes_currencies_that_there_are() {
        assert!(checked_first("JPY", &prices(false, &[])).is_ok());
        assert!(checked_first("XYZ", &prices(false, &[])).is_err());
        assert!(checked_first("XYZ", &prices(true, &[])).is_ok());
    }
}
