//! What jobs would change and have changed, product by product, in the database.

use std::collections::BTreeMap;

use desk::admin::jobs::{
    told::{JobText, TextChange},
    types::RowKind,
};
use serde_json::json;

use crate::{
    db::{Column, Dialect, FromRow, Sql, Tx, from_row, only, stored_words},
    error::Result,
    product_files::import::plan::{Finding, LookedAt},
    store::Store,
};

/// A row to be noted.
pub struct NewRow {
    pub kind: RowKind,
    pub title: String,
    /// What the file calls the product.
    pub handle: Option<String>,
    /// The product as it was looked at, if there was one.
    pub looked_at: Option<LookedAt>,
    pub changes: Vec<TextChange>,
}

/// What the title of a row begins with that is about a row of a file; its number follows.
pub(super) const ROW: &str = "Row ";

impl NewRow {
    pub fn of(finding: Finding) -> Self {
        let told = |kind, line: u64, column: String, words: JobText| Self {
            kind,
            title: format!("{ROW}{line}"),
            handle: None,
            looked_at: None,
            changes: vec![TextChange::new(column, "", words)],
        };
        match finding {
            Finding::Product(product) => Self {
                kind: product.kind,
                title: product.title,
                handle: Some(product.handle),
                looked_at: product.looked_at,
                changes: product.changes,
            },
            Finding::Bad(row) => told(RowKind::Bad, row.line, row.column, row.reason),
            Finding::Remark(remark) => {
                told(RowKind::Remark, remark.line, remark.column, remark.words)
            }
        }
    }
}

/// A row of a file that someone has said yes to.
pub struct Planned {
    pub position: i64,
    /// `None` for a product to be made.
    pub looked_at: Option<LookedAt>,
}

app::words! {
    /// What became of a row.
    pub enum RowOutcome {
        /// It is still to be done.
        Waiting = "waiting",
        Done = "done",
        /// It was left alone.
        Skipped = "skipped",
    }
}

stored_words!(RowKind, RowOutcome);

/// What became of a row, with what is said of it from then on.
pub struct Outcome {
    pub position: i64,
    pub outcome: RowOutcome,
    pub changes: Vec<TextChange>,
}

pub async fn add(tx: &mut Tx, db: &Store, job_id: &str, first: i64, rows: &[NewRow]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let columns = [
        ("position", Column::Int),
        ("kind", Column::Text),
        ("product_id", Column::Text),
        ("version", Column::Int),
        ("handle", Column::Text),
        ("seen", Column::Text),
        ("title", Column::Text),
        ("detail", Column::Text),
    ];
    let names = columns.map(|(name, _)| name).join(", ");
    let mut sql = Sql::new(&format!(
        "INSERT INTO catalog_job_rows (job_id, {names}) SELECT "
    ));
    sql.text(job_id).push(format!(", {names} FROM "));
    let parameter = sql.next();
    sql.push(db.dialect().rows(parameter, &columns))
        .push(" AS rows_given WHERE true");
    let rows: Vec<_> = rows
        .iter()
        .zip(first..)
        .map(|(row, position)| {
            let looked_at = row.looked_at.as_ref();
            let seen = looked_at.map(|at| serde_json::to_string(&at.units));
            Ok(json!({
                "position": position, "kind": row.kind.as_str(), "title": row.title,
                "product_id": looked_at.map(|at| &at.product_id),
                "version": looked_at.map(|at| at.version), "handle": row.handle,
                "seen": seen.transpose()?, "detail": serde_json::to_string(&row.changes)?,
            }))
        })
        .collect::<Result<_>>()?;
    sql.bind(serde_json::to_string(&rows)?);
    sql.execute(&mut **tx).await?;
    Ok(())
}

/// What was said yes to of the products that a file calls so.
pub async fn planned(
    tx: &mut Tx,
    dialect: Dialect,
    job_id: &str,
    handles: &[&str],
) -> Result<BTreeMap<String, Planned>> {
    let mut sql = Sql::new(
        "SELECT position, handle, product_id, version, seen FROM catalog_job_rows WHERE job_id = ",
    );
    sql.text(job_id).push(" AND handle");
    let parameter = sql.next();
    sql.push(dialect.in_json_array(parameter))
        .bind(serde_json::to_string(handles)?);
    let rows: Vec<ByHandle> = sql.fetch_all_as(&mut **tx).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.handle, row.planned))
        .collect())
}

struct ByHandle {
    handle: String,
    planned: Planned,
}

from_row!(ByHandle {
    handle,
    planned: row,
});

from_row!(Planned {
    position,
    looked_at: row_if "product_id",
});

from_row!(LookedAt {
    product_id,
    version: or_default,
    units: json "seen",
});

pub async fn note_outcomes(
    tx: &mut Tx,
    dialect: Dialect,
    job_id: &str,
    outcomes: &[Outcome],
) -> Result<()> {
    if outcomes.is_empty() {
        return Ok(());
    }
    let columns = [
        ("position", Column::Int),
        ("outcome", Column::Text),
        ("detail", Column::Text),
    ];
    let rows: Vec<_> = outcomes
        .iter()
        .map(|outcome| {
            let detail = serde_json::to_string(&outcome.changes)?;
            Ok(json!({
                "position": outcome.position, "outcome": outcome.outcome, "detail": detail,
            }))
        })
        .collect::<Result<_>>()?;
    let mut sql =
        Sql::new("UPDATE catalog_job_rows SET outcome = g.outcome, detail = g.detail FROM ");
    let parameter = sql.next();
    sql.push(dialect.rows(parameter, &columns))
        .bind(serde_json::to_string(&rows)?);
    sql.push(" AS g WHERE catalog_job_rows.position = g.position AND catalog_job_rows.job_id = ")
        .text(job_id);
    sql.execute(&mut **tx).await?;
    Ok(())
}

/// A product that is still to be changed.
pub struct WaitingRow {
    pub position: i64,
    pub product_id: Option<String>,
    /// The version that was looked at.
    pub version: Option<i64>,
}

from_row!(WaitingRow {
    position,
    product_id,
    version
});

/// The next products to be changed, up to `limit`.
pub async fn waiting(tx: &mut Tx, job_id: &str, limit: i64) -> Result<Vec<WaitingRow>> {
    sqlx::query(
        "SELECT position, product_id, version FROM catalog_job_rows \
         WHERE job_id = $1 AND outcome = 'waiting' ORDER BY position LIMIT $2",
    )
    .bind(job_id)
    .bind(limit)
    .fetch_all(&mut **tx)
    .await?
    .iter()
    .map(WaitingRow::from_row)
    .collect()
}

/// How many rows were left alone.
pub async fn skipped(db: &Store, job_id: &str) -> Result<i64> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS n FROM catalog_job_rows WHERE job_id = $1 AND outcome = 'skipped'",
    )
    .bind(job_id)
    .fetch_one(db.reader())
    .await?;
    only(&row)
}

/// In how many carts the job's products are.
pub async fn in_carts(db: &Store, job_id: &str) -> Result<i64> {
    let row = sqlx::query(
        "SELECT COUNT(DISTINCT l.cart_id) AS n FROM catalog_job_rows r \
         JOIN variants v ON v.product_id = r.product_id \
         JOIN cart_lines l ON l.variant_id = v.id AND l.is_copy = 0 WHERE r.job_id = $1",
    )
    .bind(job_id)
    .fetch_one(db.reader())
    .await?;
    only(&row)
}

/// How many variants of the job's products cost something, up to `most`.
pub async fn priced_up_to(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    job_id: &str,
    most: i64,
) -> Result<i64> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS n FROM catalog_job_rows r \
         JOIN variants v ON v.product_id = r.product_id \
         WHERE r.job_id = $1 AND v.price_minor BETWEEN 1 AND $2",
    )
    .bind(job_id)
    .bind(most)
    .fetch_one(read)
    .await?;
    only(&row)
}

/// Takes note of products that were changed or deleted since; how many there were.
pub async fn bring_up_to_date(tx: &mut Tx, job_id: &str) -> Result<u64> {
    let gone = sqlx::query(
        "DELETE FROM catalog_job_rows WHERE job_id = $1 AND NOT EXISTS \
         (SELECT 1 FROM products p WHERE p.id = catalog_job_rows.product_id)",
    )
    .bind(job_id)
    .execute(&mut **tx)
    .await?;
    let changed = sqlx::query(
        "UPDATE catalog_job_rows SET \
         version = (SELECT p.version FROM products p WHERE p.id = catalog_job_rows.product_id), \
         title = (SELECT p.title FROM products p WHERE p.id = catalog_job_rows.product_id) \
         WHERE job_id = $1 AND version <> \
         (SELECT p.version FROM products p WHERE p.id = catalog_job_rows.product_id)",
    )
    .bind(job_id)
    .execute(&mut **tx)
    .await?;
    Ok(gone.rows_affected() + changed.rows_affected())
}

/// Notes for job `undoing` what job `done` has changed, as it is since.
pub async fn add_done_of(tx: &mut Tx, undoing: &str, done: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO catalog_job_rows (job_id, position, kind, product_id, version, title) \
         SELECT $1, position, kind, product_id, version + 1, title FROM catalog_job_rows \
         WHERE job_id = $2 AND outcome = 'done'",
    )
    .bind(undoing)
    .bind(done)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Throws away what was noted of a job.
pub async fn clear(tx: &mut Tx, job_id: &str) -> Result<()> {
    sqlx::query("DELETE FROM catalog_job_rows WHERE job_id = $1")
        .bind(job_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
