//! Jobs in the database.

use app::admin::jobs::{FieldChange, JobRow, JobState, JobSummary, RowKind};
use serde_json::json;
use sqlx::any::AnyRow;

use super::task::Task;
use crate::{
    db::{Column, Db, Dialect, Get, Sql, Tx},
    error::{Error, Result},
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
    pub product_id: Option<String>,
    pub title: String,
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
    db: &Db,
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

pub async fn find(db: &Db, id: &str) -> Result<Option<Job>> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM catalog_jobs WHERE id = "));
    sql.text(id);
    let row = sql.fetch_optional(db.reader()).await?;
    row.as_ref().map(job).transpose()
}

pub async fn recent(db: &Db, currency: &str) -> Result<Vec<JobSummary>> {
    let sql = Sql::new(&format!(
        "SELECT {COLUMNS} FROM catalog_jobs ORDER BY created_at DESC, id DESC LIMIT 20"
    ));
    let rows = sql.fetch_all(db.reader()).await?;
    rows.iter()
        .map(|row| Ok(job(row)?.summary(currency)))
        .collect()
}

/// Takes a job that moves and that no other node works on.
pub async fn claim(
    db: &Db,
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

/// Whether the job is still this node's, and keeps it so until the transaction ends: a node whose
/// lease ran out in the middle of a batch does not do it beside the one that took over.
pub async fn hold(tx: &mut Tx, dialect: Dialect, id: &str, worker: &str) -> Result<bool> {
    let mut sql = Sql::new("SELECT id FROM catalog_jobs WHERE id = ");
    sql.text(id).push(" AND worker = ").text(worker);
    sql.push(" AND state = 'running'")
        .push(dialect.for_update());
    Ok(sql.fetch_optional(&mut **tx).await?.is_some())
}

pub async fn fail(db: &Db, id: &str, note: &str, now: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query(
        "UPDATE catalog_jobs SET state = 'failed', note = $1, updated_at = $2 WHERE id = $3",
    )
    .bind(note)
    .bind(now)
    .bind(id)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Notes how far a job has come, together with what it did.
pub async fn note(tx: &mut Tx, job: &Job, now: i64) -> Result<()> {
    sqlx::query(
        "UPDATE catalog_jobs SET state = $1, task = $2, total = $3, done = $4, updated_at = $5 \
         WHERE id = $6",
    )
    .bind(job.state.as_str())
    .bind(serde_json::to_string(&job.task)?)
    .bind(job.total)
    .bind(job.done)
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
    db: &Db,
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
        ("title", Column::Text),
        ("detail", Column::Text),
    ];
    let mut sql = Sql::new(
        "INSERT INTO catalog_job_rows (job_id, position, kind, product_id, title, detail) \
         SELECT ",
    );
    sql.text(job_id)
        .push(", position, kind, product_id, title, detail FROM ");
    let parameter = sql.next();
    sql.push(db.dialect().rows(parameter, &columns))
        .push(" AS rows_given WHERE true");
    let rows: Vec<_> = rows
        .iter()
        .zip(first..)
        .map(|(row, position)| {
            Ok(json!({
                "position": position, "kind": row.kind.as_str(), "product_id": row.product_id,
                "title": row.title, "detail": serde_json::to_string(&row.changes)?,
            }))
        })
        .collect::<Result<_>>()?;
    sql.bind(serde_json::to_string(&rows)?);
    sql.execute(&mut **tx).await?;
    Ok(())
}

/// Rows after a position, up to `limit`.
pub async fn rows(db: &Db, job_id: &str, after: i64, limit: i64) -> Result<Vec<JobRow>> {
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
pub async fn abandoned(db: &Db, now: i64) -> Result<Vec<String>> {
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

pub async fn discard(db: &Db, id: &str) -> Result<bool> {
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
pub async fn drop_old(db: &Db, before: i64) -> Result<Vec<String>> {
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
