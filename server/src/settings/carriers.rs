//! The carriers in the database.

use app::carriers::{Carrier, Carriers};
use sqlx::Any;

use crate::{
    db::{Sql, Tx, from_row},
    error::Result,
};

from_row!(Carrier { name, pattern });

pub async fn read(executor: impl sqlx::Executor<'_, Database = Any>) -> Result<Carriers> {
    let rows = Sql::new("SELECT name, pattern FROM carriers ORDER BY position")
        .fetch_all_as(executor)
        .await?;
    Ok(Carriers(rows))
}

/// How often they have been changed.
pub async fn version(executor: impl sqlx::Executor<'_, Database = Any>) -> Result<i64> {
    Sql::new("SELECT version FROM carrier_versions WHERE id = 1")
        .fetch_value(executor)
        .await
}

/// Notes a change, if the carriers still are of this version; whether they were. It locks all of them
/// until the transaction ends.
pub async fn take(tx: &mut Tx, version: i64) -> Result<bool> {
    let mut sql = Sql::new("UPDATE carrier_versions SET version = version + 1 WHERE version = ");
    sql.int(version);
    Ok(sql.execute(&mut **tx).await? == 1)
}

/// Puts these in place of all there are. Orders keep the names of those that are gone.
pub async fn write(tx: &mut Tx, carriers: &Carriers) -> Result<()> {
    sqlx::query("DELETE FROM carriers")
        .execute(&mut **tx)
        .await?;
    for (position, carrier) in (1_i64..).zip(&carriers.0) {
        sqlx::query("INSERT INTO carriers (position, name, pattern) VALUES ($1, $2, $3)")
            .bind(position)
            .bind(&carrier.name)
            .bind(&carrier.pattern)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
