//! Jobs in the database.

use std::collections::BTreeMap;

use app::admin::jobs::types::{FieldChange, JobRow, JobState, JobSummary, RowKind};
use serde_json::json;
use sqlx::any::AnyRow;

use super::task::Task;
use crate::{
    db::{Column, Dialect, Get, Sql, Tx},
    error::{Error, Result},
    product_files::import::plan::{Finding, LookedAt},
    settings::CurrencyHistory,
    store::Store,
};

pub struct Job {
    pub id: String,
    pub state: JobState,
    pub actor: String,
    pub task: Task,
    pub total: i64,
    pub done: i64,
    pub note: String,
    pub created_at: i64,
}

impl Job {
    pub fn summary(&self, currency: &str) -> JobSummary {
        JobSummary {
            id: self.id.clone(),
            kind: self.task.kind(),
            state: self.state,
            words: self.task.words(currency),
            actor: self.actor.clone(),
            total: self.total,
            done: self.done,
            created_at: self.created_at,
        }
    }
}

/// A row to be noted.
pub struct NewRow {
    pub kind: RowKind,
    pub title: String,
    /// What the file calls the product.
    pub handle: Option<String>,
    /// The product as it was looked at, if there was one.
    pub looked_at: Option<LookedAt>,
    pub changes: Vec<FieldChange>,
}

impl NewRow {
    pub fn of(finding: Finding) -> Self {
        let told = |kind, line: u64, column: String, words: String| Self {
            kind,
            title: format!("Row {line}"),
            handle: None,
            looked_at: None,
            changes: vec![FieldChange::new(column, "", words)],
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

/// A row of a file that somebody has said yes to.
pub struct Planned {
    pub position: i64,
    /// `None` for a product to be made.
    pub looked_at: Option<LookedAt>,
}

/// What became of a row.
pub struct Outcome {
    pub position: i64,
    pub word: &'static str,
    pub changes: Vec<FieldChange>,
}

const COLUMNS: &str = "id, state, actor, task, total, done, note, created_at";

fn job(row: &AnyRow) -> Result<Job> {
    let state = row.text("state")?;
    Ok(Job {
        id: row.text("id")?,
        state: JobState::parse(&state)
            .ok_or_else(|| Error::Invariant(format!("a job is {state:?}")))?,
        actor: row.text("actor")?,
        task: serde_json::from_str(&row.text("task")?)?,
        total: row.int("total")?,
        done: row.int("done")?,
        note: row.text("note")?,
        created_at: row.int("created_at")?,
    })
}

pub async fn insert(
    db: &Store,
    id: &str,
    state: JobState,
    actor: &str,
    task: &Task,
    now: i64,
) -> Result<()> {
    let mut tx = db.begin().await?;
    insert_in(&mut tx, id, state, actor, task, now).await?;
    tx.commit().await?;
    Ok(())
}

pub async fn insert_in(
    tx: &mut Tx,
    id: &str,
    state: JobState,
    actor: &str,
    task: &Task,
    now: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO catalog_jobs (id, state, actor, task, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $5)",
    )
    .bind(id)
    .bind(state.as_str())
    .bind(actor)
    .bind(serde_json::to_string(task)?)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn find(db: &Store, id: &str) -> Result<Option<Job>> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM catalog_jobs WHERE id = "));
    sql.text(id);
    let row = sql.fetch_optional(db.reader()).await?;
    row.as_ref().map(job).transpose()
}

/// The newest jobs, each in the currency of its time; `currency` is the present one.
pub async fn recent(db: &Store, currency: &str) -> Result<Vec<JobSummary>> {
    let history = CurrencyHistory::read(db).await?;
    let sql = Sql::new(&format!(
        "SELECT {COLUMNS} FROM catalog_jobs ORDER BY created_at DESC, id DESC LIMIT 20"
    ));
    let rows = sql.fetch_all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            let job = job(row)?;
            Ok(job.summary(history.at(job.created_at, currency)))
        })
        .collect()
}

/// Takes a job that moves and that no other node works on.
pub async fn claim(
    db: &Store,
    id: &str,
    worker: &str,
    now: i64,
    lease_until: i64,
) -> Result<Option<Job>> {
    let mut tx = db.begin().await?;
    let mut sql = Sql::new("UPDATE catalog_jobs SET worker = ");
    sql.text(worker).push(", lease_until = ").int(lease_until);
    sql.push(" WHERE id = ").text(id);
    sql.push(" AND state IN ('preparing', 'running') AND (worker = ")
        .text(worker);
    sql.push(" OR lease_until < ")
        .int(now)
        .push(format!(") RETURNING {COLUMNS}"));
    let row = sql.fetch_optional(&mut *tx).await?;
    let found = row.as_ref().map(job).transpose()?;
    tx.commit().await?;
    Ok(found)
}

/// Whether the job is still this node's and in the state it was found in, and keeps it so until the
/// transaction ends: a node whose lease ran out in the middle of a batch does not do it beside the
/// one that took over.
pub async fn hold(tx: &mut Tx, dialect: Dialect, job: &Job, worker: &str) -> Result<bool> {
    let mut sql = Sql::new("SELECT id FROM catalog_jobs WHERE id = ");
    sql.text(&job.id).push(" AND worker = ").text(worker);
    sql.push(" AND state = ")
        .text(job.state.as_str())
        .push(dialect.for_update());
    Ok(sql.fetch_optional(&mut **tx).await?.is_some())
}

/// Gives a job up, if it is still this node's.
pub async fn fail(db: &Store, id: &str, worker: &str, note: &str, now: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query(
        "UPDATE catalog_jobs SET state = 'failed', note = $1, updated_at = $2 \
         WHERE id = $3 AND worker = $4 AND state IN ('preparing', 'running')",
    )
    .bind(note)
    .bind(now)
    .bind(id)
    .bind(worker)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Notes how far a job has come in the transaction that did it, and keeps it for this node for
/// another while. The node [`hold`]s it.
pub async fn note(tx: &mut Tx, job: &Job, worker: &str, now: i64) -> Result<()> {
    let noted = sqlx::query(
        "UPDATE catalog_jobs SET state = $1, task = $2, total = $3, done = $4, updated_at = $5, \
         lease_until = $6 WHERE id = $7 AND worker = $8",
    )
    .bind(job.state.as_str())
    .bind(serde_json::to_string(&job.task)?)
    .bind(job.total)
    .bind(job.done)
    .bind(now)
    .bind(now + super::LEASE)
    .bind(&job.id)
    .bind(worker)
    .execute(&mut **tx)
    .await?;
    match noted.rows_affected() {
        1 => Ok(()),
        _ => Err(Error::Invariant(
            "a job is noted by who holds it".to_owned(),
        )),
    }
}

/// Somebody has said yes: what is to be done is set, and by whom.
pub async fn begin(tx: &mut Tx, job: &Job, now: i64) -> Result<()> {
    sqlx::query("UPDATE catalog_jobs SET task = $1, actor = $2, updated_at = $3 WHERE id = $4")
        .bind(serde_json::to_string(&job.task)?)
        .bind(&job.actor)
        .bind(now)
        .bind(&job.id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Moves a job on that is in state `from`; whether it was.
pub async fn set_state(tx: &mut Tx, id: &str, from: JobState, to: JobState) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE catalog_jobs SET state = $1, worker = NULL, lease_until = 0 \
         WHERE id = $2 AND state = $3",
    )
    .bind(to.as_str())
    .bind(id)
    .bind(from.as_str())
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn add_rows(
    tx: &mut Tx,
    db: &Store,
    job_id: &str,
    first: i64,
    rows: &[NewRow],
) -> Result<()> {
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
    sql.fetch_all(&mut **tx)
        .await?
        .iter()
        .map(|row| {
            let looked_at = match row.maybe_text("product_id")? {
                None => None,
                Some(product_id) => Some(LookedAt {
                    product_id,
                    version: row.maybe_int("version")?.unwrap_or_default(),
                    units: serde_json::from_str(&row.maybe_text("seen")?.unwrap_or_default())?,
                }),
            };
            let position = row.int("position")?;
            Ok((
                row.text("handle")?,
                Planned {
                    position,
                    looked_at,
                },
            ))
        })
        .collect()
}

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
                "position": outcome.position, "outcome": outcome.word, "detail": detail,
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

/// Rows after a position, up to `limit`.
pub async fn rows(db: &Store, job_id: &str, after: i64, limit: i64) -> Result<Vec<JobRow>> {
    sqlx::query(
        "SELECT position, kind, product_id, title, outcome, detail FROM catalog_job_rows \
         WHERE job_id = $1 AND position > $2 ORDER BY position LIMIT $3",
    )
    .bind(job_id)
    .bind(after)
    .bind(limit)
    .fetch_all(db.reader())
    .await?
    .iter()
    .map(|row| {
        let kind = row.text("kind")?;
        Ok(JobRow {
            position: row.int("position")?,
            kind: RowKind::parse(&kind)
                .ok_or_else(|| Error::Invariant(format!("a job's row is {kind:?}")))?,
            title: row.text("title")?,
            product_id: row.maybe_text("product_id")?,
            skipped: row.text("outcome")? == "skipped",
            changes: serde_json::from_str(&row.text("detail")?)?,
        })
    })
    .collect()
}

/// Jobs that move but have nobody who works on them.
pub async fn abandoned(db: &Store, now: i64) -> Result<Vec<String>> {
    sqlx::query(
        "SELECT id FROM catalog_jobs WHERE state IN ('preparing', 'running') AND lease_until < $1 \
         ORDER BY id LIMIT 10",
    )
    .bind(now)
    .fetch_all(db.reader())
    .await?
    .iter()
    .map(|row| row.text("id"))
    .collect()
}

pub async fn discard(db: &Store, id: &str) -> Result<bool> {
    let mut tx = db.begin().await?;
    let gone =
        sqlx::query("DELETE FROM catalog_jobs WHERE id = $1 AND state IN ('ready', 'failed')")
            .bind(id)
            .execute(&mut *tx)
            .await?;
    tx.commit().await?;
    Ok(gone.rows_affected() == 1)
}

/// Ids of the jobs that went.
pub async fn drop_old(db: &Store, before: i64) -> Result<Vec<String>> {
    let old: Vec<String> = sqlx::query(
        "SELECT id FROM catalog_jobs WHERE created_at < $1 \
         AND state IN ('ready', 'done', 'failed') ORDER BY created_at LIMIT 10",
    )
    .bind(before)
    .fetch_all(db.reader())
    .await?
    .iter()
    .map(|row| row.text("id"))
    .collect::<Result<_>>()?;
    for id in &old {
        let mut tx = db.begin().await?;
        sqlx::query("DELETE FROM catalog_jobs WHERE id = $1")
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
    }
    Ok(old)
}
