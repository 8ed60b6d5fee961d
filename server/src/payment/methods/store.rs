//! What the owner has set of payment methods, in the database.

use app::countries::DeliveryCountries;

use super::{Method, Methods};
use crate::{
    db::{Columns, Connection, FromColumn, FromRow, Session, Sql, Tx, from_row},
    error::Result,
    payment::bank_transfer::settings::DAYS,
};

struct Row {
    method: Method,
    transfer_days: Option<i64>,
}

from_row!(Row {
    method: row,
    transfer_days,
});

from_row!(Method {
    method,
    is_on,
    name,
    description,
    lowest_minor,
    highest_minor,
    countries,
});

impl FromColumn for DeliveryCountries {
    fn from_column(row: &dyn Columns, column: &str) -> Result<Self> {
        Ok(Self::parse(&String::from_column(row, column)?))
    }
}

/// What counts at this moment.
pub async fn read(session: &mut impl Session) -> Result<Methods> {
    let rows = session.rows(asked()).await?;
    told(&rows)
}

/// One statement, so that what it reads belongs together.
pub fn asked() -> Sql {
    Sql::new(
        "SELECT m.method, m.is_on, m.name, m.description, m.lowest_minor, m.highest_minor, \
         m.countries, b.days AS transfer_days FROM payment_methods m \
         LEFT JOIN bank_settings b ON b.id = 1 ORDER BY m.position, m.method",
    )
}

/// What [`asked`] is answered.
pub fn told<R: Columns>(rows: &[R]) -> Result<Methods> {
    let rows: Vec<Row> = rows.iter().map(Row::from_row).collect::<Result<_>>()?;
    let transfer_days = rows.first().and_then(|row| row.transfer_days);
    Ok(Methods {
        transfer_days: transfer_days.unwrap_or(DAYS),
        all: rows.into_iter().map(|row| row.method).collect(),
    })
}

/// How often they have been changed.
pub async fn version(connection: &mut Connection) -> Result<i64> {
    Sql::new("SELECT version FROM payment_method_versions WHERE id = 1")
        .fetch_value(connection)
        .await
}

/// Notes a change, if the methods still are of this version; whether they were. It keeps others from
/// changing them until the transaction ends.
pub async fn take(tx: &mut Tx, version: i64) -> Result<bool> {
    let mut sql =
        Sql::new("UPDATE payment_method_versions SET version = version + 1 WHERE version = ");
    sql.int(version);
    Ok(sql.execute(&mut **tx).await? == 1)
}

/// Writes methods over, in their order. Those that are not among them stay as they are, behind.
pub async fn write(tx: &mut Tx, methods: &[Method]) -> Result<()> {
    sqlx::query("UPDATE payment_methods SET position = position + 1000 WHERE position < 1000")
        .execute(&mut **tx)
        .await?;
    for (position, one) in (1_i64..).zip(methods) {
        sqlx::query(
            "INSERT INTO payment_methods (method, position, is_on, name, description, \
             lowest_minor, highest_minor, countries) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
             ON CONFLICT (method) DO UPDATE SET position = excluded.position, \
             is_on = excluded.is_on, name = excluded.name, description = excluded.description, \
             lowest_minor = excluded.lowest_minor, highest_minor = excluded.highest_minor, \
             countries = excluded.countries",
        )
        .bind(&one.method)
        .bind(position)
        .bind(i64::from(one.is_on))
        .bind(&one.name)
        .bind(&one.description)
        .bind(one.lowest_minor)
        .bind(one.highest_minor)
        .bind(one.countries.stored())
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
