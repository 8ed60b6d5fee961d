//! How much may be owed at the door, and whose orders are confirmed first.

use app::{error::ShopError, locale::locale, shop::Opening};
use serde::{Deserialize, Serialize};

use crate::{
    db::{Columns, FromRow, Session, Sql, Tx, from_row},
    error::{Error, Result},
    payment::text::Text,
};

const MINUTE_MS: i64 = 60 * 1000;

/// What the owner has set, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashSettings {
    /// How often it has been changed.
    pub version: i64,
    /// Whether orders wait until they are confirmed.
    pub confirmation: bool,
    /// How long they wait.
    pub minutes: i64,
    /// Orders of one buyer that may be open; `None`: any number.
    pub most_open: Option<i64>,
}

from_row!(CashSettings {
    version,
    confirmation,
    minutes,
    most_open,
});

pub async fn read(mut session: impl Session) -> Result<CashSettings> {
    let rows = session.rows(asked()).await?;
    told(&rows)
}

pub fn asked() -> Sql {
    Sql::new("SELECT version, confirmation, minutes, most_open FROM cash_settings WHERE id = 1")
}

/// What [`asked`] is answered.
pub fn told<R: Columns>(rows: &[R]) -> Result<CashSettings> {
    let settings = rows.first().map(CashSettings::from_row).transpose()?;
    settings.ok_or_else(|| Error::Invariant("there is one row of cash settings".to_owned()))
}

/// Writes settings over those of the same version; whether that still was theirs.
pub async fn write(tx: &mut Tx, settings: &CashSettings) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE cash_settings SET version = version + 1, confirmation = $1, minutes = $2, \
         most_open = $3 WHERE id = 1 AND version = $4",
    )
    .bind(i64::from(settings.confirmation))
    .bind(settings.minutes)
    .bind(settings.most_open)
    .bind(settings.version)
    .execute(&mut **tx)
    .await?;
    Ok(changed.rows_affected() == 1)
}

impl CashSettings {
    /// What counts in a shop that is open in this way.
    pub fn rules(&self, opening: Opening) -> CashRules {
        let rules = CashRules {
            confirm_within_ms: self.confirmation.then_some(self.minutes * MINUTE_MS),
            most_open: self.most_open,
        };
        match opening {
            Opening::Open | Opening::Preparing => rules,
            // Nobody delivers its orders, and its e-mails may reach nobody.
            Opening::Demo => CashRules::default(),
        }
    }
}

/// What an order has to keep to that is paid at the door. Without any, all do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CashRules {
    /// How long an order waits for whom the shop does not know to confirm it; `None`: it does not.
    pub confirm_within_ms: Option<i64>,
    pub most_open: Option<i64>,
}

/// An order that is to be paid at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CashOrder {
    /// Whether something in it has to be paid before.
    pub has_prepaid: bool,
    /// Orders of its buyer that are open.
    pub open: i64,
}

/// Why an order cannot be paid at the door.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CashProblem {
    #[error("something in the order cannot be paid on delivery")]
    Prepaid,
    #[error("{most} orders of one buyer may be open that are paid on delivery")]
    TooManyOpen { most: i64 },
}

impl CashRules {
    pub fn admit(&self, order: &CashOrder) -> std::result::Result<(), CashProblem> {
        if order.has_prepaid {
            return Err(CashProblem::Prepaid);
        }
        match self.most_open {
            Some(most) if order.open >= most => Err(CashProblem::TooManyOpen { most }),
            _ => Ok(()),
        }
    }
}

impl CashProblem {
    /// For the shopper, in the language of the request at hand. They tell the rule, and nothing of
    /// the orders of those who have the e-mail address that was typed.
    pub fn words(&self) -> String {
        let text = Text::from(locale());
        match self {
            Self::Prepaid => text.cash_prepaid().to_owned(),
            Self::TooManyOpen { most } => text.cash_too_many_open(*most),
        }
    }

    pub fn told(&self) -> ShopError {
        ShopError::field("payment", self.words())
    }
}

/// The same, where it is known what it is.
pub fn prepaid_words(title: &str) -> String {
    Text::from(locale()).cash_prepaid_named(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: CashOrder = CashOrder {
        has_prepaid: false,
        open: 0,
    };

    #[test]
    fn what_is_not_set_keeps_no_order_out() {
        let many = CashOrder {
            open: 1000,
            ..ORDER
        };
        assert_eq!(CashRules::default().admit(&many), Ok(()));
    }

    #[test]
    fn a_rule_holds_from_the_first_order_that_breaks_it() {
        let rules = CashRules {
            most_open: Some(3),
            ..CashRules::default()
        };
        assert_eq!(rules.admit(&CashOrder { open: 2, ..ORDER }), Ok(()));
        let over = CashOrder { open: 3, ..ORDER };
        assert_eq!(
            rules.admit(&over),
            Err(CashProblem::TooManyOpen { most: 3 })
        );
        let other = CashOrder {
            has_prepaid: true,
            ..ORDER
        };
        assert_eq!(rules.admit(&other), Err(CashProblem::Prepaid));
    }

    #[test]
    fn a_demonstration_asks_nobody_to_confirm_and_counts_nobodys_orders() {
        let settings = CashSettings {
            version: 1,
            confirmation: true,
            minutes: 30,
            most_open: Some(3),
        };
        let real = settings.rules(Opening::Open);
        assert_eq!(real.confirm_within_ms, Some(30 * MINUTE_MS));
        assert_eq!(real.most_open, Some(3));
        let demo = settings.rules(Opening::Demo);
        assert_eq!((demo.confirm_within_ms, demo.most_open), (None, None));
        let off = CashSettings {
            confirmation: false,
            ..settings
        };
        assert_eq!(off.rules(Opening::Open).confirm_within_ms, None);
    }
}
