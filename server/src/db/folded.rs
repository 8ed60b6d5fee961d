//! Keys of rows that another folding wrote, or a version without keys: written again, after migrating
//! and before anything is served.
//!
//! It goes batch by batch, each in a transaction that also notes how far it has come. A node that is
//! stopped in the middle goes on from there; nodes that start together take turns.

mod accounts;
mod catalog;
mod orders;

use serde_json::Value;

use super::{Column, Db, Dialect, FromRow, Sql, Tx, from_row};
use crate::{error::Result, text::FOLDING};

/// Rows per transaction.
const BATCH: usize = 500;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Categories,
    Products,
    /// With what was mailed to their addresses.
    Accounts,
    Checkouts,
    /// With their lines.
    Orders,
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::Categories,
        Self::Products,
        Self::Accounts,
        Self::Checkouts,
        Self::Orders,
    ];

    /// As stored.
    const fn name(self) -> &'static str {
        match self {
            Self::Categories => "categories",
            Self::Products => "products",
            Self::Accounts => "accounts",
            Self::Checkouts => "checkouts",
            Self::Orders => "orders",
        }
    }
}

/// Brings all keys to the present folding.
pub async fn run(db: &Db) -> Result<()> {
    let mut open = Sql::new("SELECT COUNT(*) AS n FROM folded_keys WHERE done = 0 OR version <> ");
    open.int(FOLDING);
    let open: i64 = open.fetch_value(db.reader()).await?;
    if open == 0 {
        return Ok(());
    }
    for kind in Kind::ALL {
        let mut rows = 0;
        while let Some(written) = batch(db, kind).await? {
            rows += written;
            if written > 0 {
                tracing::info!(
                    kind = kind.name(),
                    rows,
                    "search and sort keys are being updated"
                );
            }
        }
    }
    Ok(())
}

/// How far the keys of a kind have come.
struct Begun {
    version: i64,
    done: bool,
    after_id: String,
}

from_row!(Begun {
    version,
    done,
    after_id
});

/// How many rows the next batch had. `None` if there is nothing left to do.
async fn batch(db: &Db, kind: Kind) -> Result<Option<usize>> {
    let dialect = db.dialect();
    let mut tx = db.begin().await?;
    if let Some(turn) = dialect.advisory_lock() {
        sqlx::query(turn)
            .bind("folded keys")
            .execute(&mut *tx)
            .await?;
    }
    let row = sqlx::query("SELECT version, done, after_id FROM folded_keys WHERE kind = $1")
        .bind(kind.name())
        .fetch_one(&mut *tx)
        .await?;
    let begun = Begun::from_row(&row)?;
    let after = match (begun.version == FOLDING, begun.done) {
        (true, true) => {
            tx.rollback().await?;
            return Ok(None);
        }
        (true, false) => begun.after_id,
        // From the first row: what was begun was another folding.
        (false, _) => String::new(),
    };
    let ids = match kind {
        Kind::Categories => catalog::categories(&mut tx, dialect, &after).await?,
        Kind::Products => catalog::products(&mut tx, dialect, &after).await?,
        Kind::Accounts => accounts::accounts(&mut tx, dialect, &after).await?,
        Kind::Checkouts => orders::checkouts(&mut tx, dialect, &after).await?,
        Kind::Orders => orders::orders(&mut tx, dialect, &after).await?,
    };
    let (done, after) = match ids.last() {
        Some(last) if ids.len() == BATCH => (0, last.as_str()),
        _ => (1, ""),
    };
    if kind == Kind::Accounts && done == 1 {
        accounts::links(&mut tx).await?;
        accounts::invitations(&mut tx).await?;
    }
    let mut note = Sql::new("UPDATE folded_keys SET version = ");
    note.int(FOLDING).push(", done = ").int(done);
    note.push(", after_id = ").text(after);
    note.push(" WHERE kind = ").text(kind.name());
    note.execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(Some(ids.len()))
}

/// The next rows behind `after` of `SELECT … FROM … WHERE id >`, locked in the order of their ids, as
/// whatever else writes them does.
async fn next<T: FromRow>(
    tx: &mut Tx,
    dialect: Dialect,
    select: &str,
    id: &str,
    after: &str,
) -> Result<Vec<T>> {
    let mut sql = Sql::new(select);
    sql.push(format!(" WHERE {id} > ")).text(after);
    sql.push(format!(" ORDER BY {id} LIMIT "))
        .int(BATCH as i64)
        .push(dialect.for_update());
    sql.fetch_all_as(&mut **tx).await
}

/// Writes text columns of rows that are known by their id.
async fn write(
    tx: &mut Tx,
    dialect: Dialect,
    table: &str,
    id: &str,
    columns: &[&str],
    rows: &[Value],
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let given: Vec<(&str, Column)> = ["id"]
        .iter()
        .chain(columns)
        .map(|name| (*name, Column::Text))
        .collect();
    let set: Vec<String> = columns
        .iter()
        .map(|name| format!("{name} = given.{name}"))
        .collect();
    let mut sql = Sql::new(&format!(
        "UPDATE {table} SET {} FROM {} AS given WHERE {table}.{id} = given.id",
        set.join(", "),
        dialect.rows(1, &given)
    ));
    sql.bind(serde_json::to_string(rows)?);
    let ids = rows.iter().filter_map(|row| row["id"].as_str());
    sql.and_among(dialect, &format!("{table}.{id}"), ids);
    sql.execute(&mut **tx).await?;
    Ok(())
}
