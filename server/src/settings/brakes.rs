//! How fast strangers may be, in the database.

use app::brakes::{Brakes, SetRate};
use serde_json::Value;
use sqlx::Any;

use crate::{
    db::{Get, Sql, Tx},
    error::Result,
};

/// What is set, and how often it has been changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBrakes {
    pub brakes: Brakes,
    pub version: i64,
}

pub async fn read(executor: impl sqlx::Executor<'_, Database = Any>) -> Result<StoredBrakes> {
    let row = Sql::new("SELECT version, rates FROM brakes WHERE id = 1")
        .fetch_one(executor)
        .await?;
    let rates: Vec<Value> = serde_json::from_str(&row.text("rates")?)?;
    // What another version of the server brakes may be there.
    let known = rates
        .into_iter()
        .filter_map(|rate| serde_json::from_value::<SetRate>(rate).ok());
    Ok(StoredBrakes {
        version: row.int("version")?,
        brakes: known.fold(Brakes::default(), Brakes::with),
    })
}

/// Writes the rates over, if they still are of this version; whether they were.
pub async fn write(tx: &mut Tx, version: i64, brakes: &Brakes) -> Result<bool> {
    let mut sql = Sql::new("UPDATE brakes SET version = version + 1, rates = ");
    sql.text(serde_json::to_string(brakes.set())?)
        .push(" WHERE id = 1 AND version = ")
        .int(version);
    Ok(sql.execute(&mut **tx).await? == 1)
}
