//! What shoppers read of the catalogue: on connections of its own, with a limit on how many
//! statements run, how many wait, and how long each may take.
//!
//! Anybody can ask for a list that is dear to count. However many do, sessions, carts, orders and
//! the readiness of the node have the other connections.

use std::{
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use sqlx::{
    Any, AssertSqlSafe, Executor, Pool,
    any::AnyRow,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::{FromColumn, FromRow, PoolUse, Sql, only, options, postgres_pool, sqlite_settings};
use crate::error::{Error, Result};

/// Statements that run at once, each on a connection of its own.
const CONNECTIONS: u32 = 5;
/// How many of them may be for lists: the rest is for products, whatever lists cost.
const LISTS: u32 = 3;
/// Statements that may wait; more are told at once that the shop is busy.
const WAITING: usize = 1024;
const WAITING_LISTS: usize = 256;
/// How long a statement waits for its turn.
const TIMEOUT: Duration = Duration::from_secs(3);
/// How long a statement may run. The dearest counts of a list of 20,000 products take a second.
const STATEMENT: Duration = Duration::from_secs(5);
/// Steps of SQLite's machine between two looks at the time: some tens of microseconds.
const STEPS: i32 = 4096;

/// What a statement costs at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// A few rows by key.
    Rows,
    /// Grows with the catalogue: lists, their counts, searches.
    List,
}

/// A handle to the connections.
#[derive(Clone)]
pub struct CatalogReads(Arc<Shared>);

struct Shared {
    connections: Connections,
    all: Turns,
    lists: Turns,
    statement: Duration,
}

enum Connections {
    /// Not through the Any driver, which does not let a statement be interrupted.
    Sqlite(Pool<sqlx::Sqlite>),
    Postgres(Pool<Any>),
}

impl CatalogReads {
    pub(super) fn sqlite(url: &str) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url).map_err(Error::Database)?;
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(TIMEOUT)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    connection.execute(sqlite_settings!()).await?;
                    connection.execute("PRAGMA query_only = ON").await?;
                    Ok(())
                })
            })
            .connect_lazy_with(options);
        Ok(Self::new(Connections::Sqlite(pool), STATEMENT))
    }

    pub(super) fn postgres(url: &str) -> Result<Self> {
        let limit = STATEMENT.as_millis();
        let setting = AssertSqlSafe(format!("SET jit = off; SET statement_timeout = {limit}"));
        let pool = postgres_pool(CONNECTIONS, setting).connect_lazy_with(options(url)?);
        Ok(Self::new(Connections::Postgres(pool), STATEMENT))
    }

    fn new(connections: Connections, statement: Duration) -> Self {
        Self(Arc::new(Shared {
            connections,
            all: Turns::new(CONNECTIONS, WAITING),
            lists: Turns::new(LISTS, WAITING_LISTS),
            statement,
        }))
    }

    pub async fn fetch_all(&self, cost: Cost, sql: Sql) -> Result<Vec<AnyRow>> {
        let shared = &*self.0;
        let list = match cost {
            Cost::Rows => None,
            Cost::List => Some(shared.lists.take().await?),
        };
        let turns = (list, shared.all.take().await?);
        let rows = match &shared.connections {
            Connections::Sqlite(pool) => interruptible(pool, sql, shared.statement).await,
            // One that stops waiting ends no statement here: the turn is over when the statement is, or
            // those who come next would find no connection.
            Connections::Postgres(pool) => {
                let pool = pool.clone();
                let run = tokio::spawn(async move {
                    let _turns = turns;
                    sql.fetch_all(&pool).await
                });
                run.await.unwrap_or_else(|error| {
                    Err(Error::Invariant(format!(
                        "a read of the catalogue failed: {error}"
                    )))
                })
            }
        };
        rows.map_err(|error| match error.is_timeout() {
            true => {
                tracing::warn!(%error, "a catalogue query took too long and was cancelled");
                busy()
            }
            false => error,
        })
    }

    pub async fn fetch_optional(&self, cost: Cost, sql: Sql) -> Result<Option<AnyRow>> {
        Ok(self.fetch_all(cost, sql).await?.into_iter().next())
    }

    pub async fn fetch_one(&self, cost: Cost, sql: Sql) -> Result<AnyRow> {
        let row = self.fetch_optional(cost, sql).await?;
        row.ok_or(Error::Database(sqlx::Error::RowNotFound))
    }

    /// All rows, each as a struct.
    pub async fn fetch_all_as<T: FromRow>(&self, cost: Cost, sql: Sql) -> Result<Vec<T>> {
        let rows = self.fetch_all(cost, sql).await?;
        rows.iter().map(T::from_row).collect()
    }

    pub async fn fetch_optional_as<T: FromRow>(&self, cost: Cost, sql: Sql) -> Result<Option<T>> {
        let row = self.fetch_optional(cost, sql).await?;
        row.as_ref().map(T::from_row).transpose()
    }

    pub async fn fetch_one_as<T: FromRow>(&self, cost: Cost, sql: Sql) -> Result<T> {
        T::from_row(&self.fetch_one(cost, sql).await?)
    }

    /// The values of rows that have one column alone.
    pub async fn fetch_values<T: FromColumn>(&self, cost: Cost, sql: Sql) -> Result<Vec<T>> {
        let rows = self.fetch_all(cost, sql).await?;
        rows.iter().map(only).collect()
    }

    pub async fn fetch_optional_value<T: FromColumn>(
        &self,
        cost: Cost,
        sql: Sql,
    ) -> Result<Option<T>> {
        let row = self.fetch_optional(cost, sql).await?;
        row.as_ref().map(only).transpose()
    }

    pub async fn fetch_value<T: FromColumn>(&self, cost: Cost, sql: Sql) -> Result<T> {
        only(&self.fetch_one(cost, sql).await?)
    }

    pub(super) fn pool_use(&self) -> PoolUse {
        match &self.0.connections {
            Connections::Sqlite(pool) => PoolUse::of("catalog", pool),
            Connections::Postgres(pool) => PoolUse::of("catalog", pool),
        }
    }

    pub(super) async fn close(&self) {
        match &self.0.connections {
            Connections::Sqlite(pool) => pool.close().await,
            Connections::Postgres(pool) => pool.close().await,
        }
    }
}

/// Runs a statement that ends after `limit`, or as soon as nobody waits for it any more.
async fn interruptible(
    pool: &Pool<sqlx::Sqlite>,
    sql: Sql,
    limit: Duration,
) -> Result<Vec<AnyRow>> {
    let mut connection = pool.acquire().await?;
    let wanted = StillWanted::default();
    let (is_dropped, until) = (wanted.0.clone(), Instant::now() + limit);
    connection
        .lock_handle()
        .await?
        .set_progress_handler(STEPS, move || {
            !is_dropped.load(Ordering::Relaxed) && Instant::now() < until
        });
    let rows = sql.fetch_all_of_sqlite(&mut connection).await?;
    rows.iter().map(|row| Ok(AnyRow::try_from(row)?)).collect()
}

/// Tells the statement when the one that waits for it is gone.
#[derive(Default)]
struct StillWanted(Arc<AtomicBool>);

impl Drop for StillWanted {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A number of turns, and of those who may wait for one.
struct Turns {
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
    capacity: usize,
}

/// Counts someone as waiting until it is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Turns {
    fn new(turns: u32, capacity: usize) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(turns as usize)),
            waiting: AtomicUsize::new(0),
            capacity,
        }
    }

    async fn take(&self) -> Result<OwnedSemaphorePermit> {
        if let Ok(turn) = self.turns.clone().try_acquire_owned() {
            return Ok(turn);
        }
        let waiting = Waiting(&self.waiting);
        if waiting.0.fetch_add(1, Ordering::Relaxed) >= self.capacity {
            return Err(busy());
        }
        match timeout(TIMEOUT, self.turns.clone().acquire_owned()).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(busy()),
        }
    }
}

fn busy() -> Error {
    metrics::counter!("holdfast_catalog_busy_total").increment(1);
    Error::Busy
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts to some billions: longer than any test.
    const ENDLESS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
         SELECT COUNT(*) AS n FROM n";

    fn reads(folder: &tempfile::TempDir, statement: Duration) -> CatalogReads {
        let url = format!(
            "sqlite://{}?mode=rwc",
            folder.path().join("shop.db").display()
        );
        let reads = CatalogReads::sqlite(&url).unwrap();
        let Ok(Shared { connections, .. }) = Arc::try_unwrap(reads.0) else {
            panic!("nobody else has it");
        };
        CatalogReads::new(connections, statement)
    }

    fn is_busy<T>(outcome: &Result<T>) -> bool {
        matches!(outcome, Err(Error::Busy))
    }

    #[tokio::test]
    async fn a_statement_that_runs_too_long_is_ended_and_its_connection_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let reads = reads(&folder, Duration::from_millis(50));
        for _ in 0..=CONNECTIONS {
            assert!(is_busy(
                &reads.fetch_all(Cost::List, Sql::new(ENDLESS)).await
            ));
        }
        let row = reads.fetch_one(Cost::List, Sql::new("SELECT 7 AS n")).await;
        assert_eq!(super::super::Get::int(&row.unwrap(), "n").unwrap(), 7);
    }

    #[tokio::test]
    async fn a_statement_nobody_waits_for_any_more_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let reads = reads(&folder, Duration::from_secs(3600));
        let endless = || reads.fetch_all(Cost::Rows, Sql::new(ENDLESS));
        for _ in 0..=CONNECTIONS {
            let given_up = timeout(Duration::from_millis(20), endless()).await;
            assert!(given_up.is_err());
        }
        let row = reads.fetch_one(Cost::Rows, Sql::new("SELECT 7 AS n")).await;
        assert!(row.is_ok(), "{:?}", row.err());
    }

    #[tokio::test]
    async fn dear_lists_leave_connections_for_products() {
        let folder = tempfile::tempdir().unwrap();
        let reads = reads(&folder, Duration::from_secs(3600));
        let lists: Vec<_> = (0..20)
            .map(|_| {
                let reads = reads.clone();
                tokio::spawn(async move { reads.fetch_all(Cost::List, Sql::new(ENDLESS)).await })
            })
            .collect();
        while reads.0.lists.turns.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let row = reads.fetch_one(Cost::Rows, Sql::new("SELECT 7 AS n")).await;
        assert!(row.is_ok(), "{:?}", row.err());
        lists.iter().for_each(tokio::task::JoinHandle::abort);
    }

    #[tokio::test]
    async fn who_would_wait_behind_too_many_is_told_so_at_once() {
        let turns = Turns::new(1, 0);
        let turn = turns.take().await.unwrap();
        assert!(is_busy(&turns.take().await));
        drop(turn);
        assert!(turns.take().await.is_ok());
        assert_eq!(turns.waiting.load(Ordering::Relaxed), 0);
    }
}
