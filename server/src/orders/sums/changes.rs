//! What a batch of orders adds.

use serde::Serialize;

use crate::{
    db::{Column, Dialect, Sql, Tx},
    error::Result,
};

/// What is appended of orders at a time, or of a variant in them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Added<'a> {
    /// None: it is of the orders themselves.
    pub variant_id: Option<&'a str>,
    /// Orders that are not cancelled; of a variant, units of these.
    pub standing: i64,
    /// Orders of those that count, and what these come to.
    pub orders: i64,
    pub units: i64,
    pub gross_minor: i64,
    pub to_collect_minor: i64,
}

/// Appends what orders that were placed at a time add, with one statement.
pub async fn append(
    tx: &mut Tx,
    dialect: Dialect,
    at: i64,
    currency: &str,
    added: &[Added<'_>],
) -> Result<()> {
    let columns = [
        ("variant_id", Column::Text),
        ("standing", Column::Int),
        ("orders", Column::Int),
        ("units", Column::Int),
        ("gross_minor", Column::Int),
        ("to_collect_minor", Column::Int),
    ];
    let names = columns.map(|(name, _)| name).join(", ");
    let mut sql = Sql::new(&format!(
        "INSERT INTO sum_changes (at, currency, {names}) SELECT CAST("
    ));
    let rows = dialect.rows(sql.next(), &columns);
    sql.bind(serde_json::to_string(added)?);
    sql.int(at).push(" AS BIGINT), CAST(").text(currency);
    sql.push(format!(
        " AS TEXT), {names} FROM {rows} AS given WHERE true"
    ));
    sql.execute(&mut **tx).await?;
    Ok(())
}
