//! What the owner has set of bank transfers.

use sqlx::Any;

use crate::{
    db::{Sql, Tx, from_row},
    error::{Error, Result},
};

/// Unless the owner says otherwise, as in the table.
pub const DAYS: i64 = 7;
/// Orders of one buyer that may wait for their money at a time: each holds its units for days.
pub const MOST_OPEN: i64 = 3;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// As it is stored. Before anything was set, the account's fields are empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankSettings {
    /// How often it has been changed.
    pub version: i64,
    pub holder: String,
    pub iban: String,
    pub bic: String,
    pub bank: String,
    /// How long an order holds its units for the money.
    pub days: i64,
}

from_row!(BankSettings {
    version,
    holder,
    iban,
    bic,
    bank,
    days,
});

impl BankSettings {
    /// Whether there is an account that shoppers can send money to.
    pub fn has_account(&self) -> bool {
        !self.holder.is_empty() && !self.iban.is_empty()
    }
}

/// For how long an order waits, in milliseconds.
pub const fn wait_ms(days: i64) -> i64 {
    days * DAY_MS
}

pub async fn read(executor: impl sqlx::Executor<'_, Database = Any>) -> Result<BankSettings> {
    Sql::new("SELECT version, holder, iban, bic, bank, days FROM bank_settings WHERE id = 1")
        .fetch_optional_as(executor)
        .await?
        .ok_or_else(|| Error::Invariant("there is one row of bank settings".to_owned()))
}

/// Writes settings over those of the same version; whether that still was theirs.
pub async fn write(tx: &mut Tx, settings: &BankSettings) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE bank_settings SET version = version + 1, holder = $1, iban = $2, bic = $3, \
         bank = $4, days = $5 WHERE id = 1 AND version = $6",
    )
    .bind(&settings.holder)
    .bind(&settings.iban)
    .bind(&settings.bic)
    .bind(&settings.bank)
    .bind(settings.days)
    .bind(settings.version)
    .execute(&mut **tx)
    .await?;
    Ok(changed.rows_affected() == 1)
}
