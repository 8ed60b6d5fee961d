//! Jobs in the database.

use desk::admin::jobs::types::{JobState, JobSummary};

use super::task::Task;
use crate::{
    db::{Dialect, Sql, Tx, from_row, only, stored_words},
    error::{Error, Result},
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

const COLUMNS: &str = "id, state, actor, task, total, done, note, created_at";

stored_words!(JobState);

from_row!(Job {
    id,
    state,
    actor,
    task: json,
    total,
    done,
    note,
    created_at,
});

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
    sql.fetch_optional_as(db.reader()).await
}

/// The newest jobs, each in the currency of its time; `currency` is the present one.
pub async fn recent(db: &Store, currency: &str) -> Result<Vec<JobSummary>> {
    let history = CurrencyHistory::read(db).await?;
    let sql = Sql::new(&format!(
        "SELECT {COLUMNS} FROM catalog_jobs ORDER BY created_at DESC, id DESC LIMIT 20"
    ));
    let jobs = sql.fetch_all_as::<Job>(db.reader()).await?;
    Ok(jobs
        .iter()
        .map(|job| job.summary(history.at(job.created_at, currency)))
        .collect())
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
    let found = sql.fetch_optional_as(&mut *tx).await?;
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

/// Someone has said yes: what is to be done is set, and by whom.
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

/// Sets how many products a job is for by its rows.
pub async fn set_total(tx: &mut Tx, id: &str) -> Result<()> {
    sqlx::query(
        "UPDATE catalog_jobs SET total = (SELECT COUNT(*) FROM catalog_job_rows WHERE job_id = $1) \
         WHERE id = $1",
    )
    .bind(id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes what a job does; `false` if that was noted already.
pub async fn set_task(tx: &mut Tx, id: &str, task: &Task) -> Result<bool> {
    let marked = sqlx::query("UPDATE catalog_jobs SET task = $1 WHERE id = $2 AND task <> $1")
        .bind(serde_json::to_string(task)?)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(marked.rows_affected() == 1)
}

/// How many jobs run.
pub async fn running(tx: &mut Tx) -> Result<i64> {
    Sql::new("SELECT COUNT(*) AS n FROM catalog_jobs WHERE state = 'running'")
        .fetch_value(&mut **tx)
        .await
}

/// Gives up what is prepared and has not begun, and says why.
pub async fn give_up_prepared(tx: &mut Tx, now: i64, note: &str) -> Result<()> {
    sqlx::query(
        "UPDATE catalog_jobs SET state = 'failed', worker = NULL, updated_at = $1, note = $2 \
         WHERE state IN ('preparing', 'ready')",
    )
    .bind(now)
    .bind(note)
    .execute(&mut **tx)
    .await?;
    Ok(())
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
    .map(only)
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
    .map(only)
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
