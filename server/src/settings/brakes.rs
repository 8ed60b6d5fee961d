//! How fast strangers may be, in the database.

use app::brakes::{Brakes, HeldBy, HoldLimits, SetRate};
use serde_json::Value;

use crate::{
    db::{Columns, FromRow, Session, Sql, Tx, from_row},
    error::{Error, Result},
};

/// What is set, and how often it has been changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBrakes {
    pub brakes: Brakes,
    pub held: HoldLimits,
    pub version: i64,
}

pub async fn read(mut session: impl Session) -> Result<StoredBrakes> {
    let rows = session.rows(asked()).await?;
    told(&rows)
}

pub fn asked() -> Sql {
    Sql::new("SELECT version, rates, held_by_network, held_by_address FROM brakes WHERE id = 1")
}

struct Row {
    version: i64,
    rates: Vec<Value>,
    held_by_network: Option<i64>,
    held_by_address: Option<i64>,
}

from_row!(Row {
    version,
    rates: json,
    held_by_network,
    held_by_address,
});

/// What [`asked`] is answered.
pub fn told<R: Columns>(rows: &[R]) -> Result<StoredBrakes> {
    let row = rows.first();
    let row = row.ok_or_else(|| Error::Invariant("there is one row of brakes".to_owned()))?;
    let Row {
        version,
        rates,
        held_by_network,
        held_by_address,
    } = Row::from_row(row)?;
    // What another version of the server brakes may be there.
    let known = rates
        .into_iter()
        .filter_map(|rate| serde_json::from_value::<SetRate>(rate).ok());
    let held = [
        (HeldBy::Network, held_by_network),
        (HeldBy::Address, held_by_address),
    ];
    let held = held
        .into_iter()
        .fold(HoldLimits::default(), |limits, (by, set)| match set {
            Some(units) => limits.with(by, units),
            None => limits,
        });
    Ok(StoredBrakes {
        held,
        version,
        brakes: known.fold(Brakes::default(), Brakes::with),
    })
}

/// Writes all of it over, if it still is of this version; whether it was.
pub async fn write(tx: &mut Tx, version: i64, brakes: &Brakes, held: &HoldLimits) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE brakes SET version = version + 1, rates = $1, held_by_network = $2, \
         held_by_address = $3 WHERE id = 1 AND version = $4",
    )
    .bind(serde_json::to_string(brakes.set())?)
    .bind(held.set(HeldBy::Network))
    .bind(held.set(HeldBy::Address))
    .bind(version)
    .execute(&mut **tx)
    .await?;
    Ok(changed.rows_affected() == 1)
}
