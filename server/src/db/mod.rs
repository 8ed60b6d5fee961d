//! The database: SQLite or Postgres behind one set of portable SQL.
//!
//! Statements use `$1` placeholders and columns of TEXT, BIGINT and SMALLINT only, which sqlx's
//! `Any` driver takes on both. What differs is in [`Dialect`]. Batches of orders go to Postgres over
//! connections of their own that are [pipelined](Pipeline), and to SQLite over one whose statements run
//! [where the batch is](Alone); the statements are the same, and [`Session`] is what runs them.

mod alone;
mod catalog_reads;
mod dialect;
pub mod documents;
mod expiry;
#[cfg(test)]
pub mod explain;
mod folded;
mod from_row;
pub mod fulltext;
mod given;
mod keyset;
mod migrations;
mod parts;
mod pipelined;
mod pools;
#[cfg(all(test, unix))]
mod private_tests;
mod row;
mod session;
mod sql;
pub mod time;
mod turns;
mod unindexed;

use std::path::Path;

use percent_encoding::percent_decode_str;
use sqlx::{Any, AnyConnection, pool::PoolConnection};

pub use alone::Alone;
use alone::Writer;
pub use catalog_reads::{CatalogReads, Cost};
pub use dialect::{Column, Dialect};
pub use expiry::Ending;
pub use from_row::from_row;
pub use given::Rows;
pub use keyset::{Newest, Page, Way};
pub use parts::{FEW, PartIndex, PartWay};
pub use pipelined::Pipeline;
use pipelined::Pipelines;
pub use pools::PoolUse;
use pools::{options, postgres_pool, sqlite_pool, sqlite_settings};
pub use row::{Columns, FromColumn, FromRow, Get, maybe_word, only, stored_words, word};
pub use session::{Session, Transaction};
pub use sql::{Answer, Sql, containing};
pub use turns::turns;
pub(crate) use unindexed::unindexed;

use crate::{
    error::{Error, Result},
    private_files,
};

/// A transaction that may write.
pub type Tx = sqlx::Transaction<'static, Any>;
pub type Connection = AnyConnection;

/// How many connections one node opens at most for requests. Beside them are those of
/// [`CatalogReads`], of [`Db::control`], of [`Db::for_staff`], of [`Db::begin_by_key`] and of [`Db::look_by_key`]: 30 in
/// all on Postgres.
const CONNECTIONS: u32 = 10;
/// For the back office: whatever is searched for there, shoppers have the others.
const STAFF: u32 = 5;
/// For orders. A node places two batches at once, and two more for hot variants where others sell them, too. It notes
/// payments beside that.
const PLACING: u32 = 5;
/// For what many ask for by its key: it is read for all of them by one statement.
const LOOKING: u32 = 3;
/// For looks at the epoch and at whether the database answers: load must not be taken for death.
const CONTROL: u32 = 2;

/// Of every session on Postgres. Statements here are short: where a table has no statistics yet, the
/// planner takes some for long and compiles them, for 50 ms a time.
const COMMAND: &str = "SET jit = off";
/// Whatever serves gives up what no request waits for any more: a request ends after 30 seconds.
const SERVE: &str = "SET jit = off; SET lock_timeout = '10s'; SET statement_timeout = '35s'; \
     SET idle_in_transaction_session_timeout = '60s'";
/// See [`Db::begin_by_key`].
const PLACE: &str = "SET jit = off; SET enable_seqscan = off; \
     SET plan_cache_mode = force_generic_plan; SET lock_timeout = '3s'; \
     SET statement_timeout = '3500ms'; SET idle_in_transaction_session_timeout = '5s'";
/// See [`Db::look_by_key`].
const LOOK_BY_KEY: &str = "SET jit = off; SET enable_seqscan = off; \
     SET plan_cache_mode = force_generic_plan; SET statement_timeout = '5s'";
const LOOK: &str = "SET jit = off; SET statement_timeout = '2s'";

/// What this process is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Answers requests: statements that nobody waits for any more are ended.
    Serve,
    /// Does one job, which may take as long as it takes.
    Command,
}

/// What orders are placed on.
#[derive(Clone)]
enum Placing {
    Alone(Writer),
    Pipelined(Pipelines),
}

/// A transaction that places orders.
pub enum PlacingTx {
    Alone(Alone),
    Pipelined(Pipeline),
}

/// The database: its pools, by what they are for.
#[derive(Clone)]
pub struct Db {
    dialect: Dialect,
    reader: sqlx::Pool<Any>,
    writer: sqlx::Pool<Any>,
    control: sqlx::Pool<Any>,
    catalog: CatalogReads,
    placing: Placing,
    /// What looks up by key, where that has connections of its own.
    looking: Option<Pipelines>,
    /// Where the back office has connections of its own.
    staff: Option<sqlx::Pool<Any>>,
}

impl Db {
    /// Opens `sqlite://path` (made if it is not there) or `postgres://…`, for a command.
    pub async fn connect(url: &str) -> Result<Self> {
        Self::connect_for(Purpose::Command, url).await
    }

    pub async fn connect_for(purpose: Purpose, url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        match Dialect::of(url)? {
            Dialect::Sqlite => Self::connect_sqlite(url).await,
            Dialect::Postgres => {
                let settings = match purpose {
                    Purpose::Serve => SERVE,
                    Purpose::Command => COMMAND,
                };
                let pool = postgres_pool(CONNECTIONS, settings)
                    .connect_with(options(url)?)
                    .await?;
                Ok(Self {
                    dialect: Dialect::Postgres,
                    reader: pool.clone(),
                    writer: pool,
                    control: postgres_pool(CONTROL, LOOK).connect_lazy_with(options(url)?),
                    catalog: CatalogReads::postgres(url)?,
                    placing: Placing::Pipelined(Pipelines::new(url, PLACING, PLACE)?),
                    looking: Some(Pipelines::new(url, LOOKING, LOOK_BY_KEY)?),
                    staff: Some(postgres_pool(STAFF, settings).connect_lazy_with(options(url)?)),
                })
            }
        }
    }

    async fn connect_sqlite(url: &str) -> Result<Self> {
        if url.contains(":memory:") {
            return Err(Error::Setting(
                "SQLite must be a file: connections do not share a database in memory".into(),
            ));
        }
        let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
        let path = path.split('?').next().unwrap_or(path);
        // As sqlx reads it.
        let path = percent_decode_str(path).decode_utf8_lossy();
        let path = Path::new(&*path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        keep_private(path);
        let url = format!("{}?mode=rwc", url.split('?').next().unwrap_or(url));
        // One writer: SQLite has one write lock, and queueing for a connection is fair and silent
        // where waiting for the lock is neither.
        let writer = sqlite_pool(1).connect_with(options(&url)?).await?;
        let reader = sqlite_pool(CONNECTIONS)
            .connect_with(options(&url)?)
            .await?;
        Ok(Self {
            dialect: Dialect::Sqlite,
            reader,
            placing: Placing::Alone(Writer::new(path.to_owned(), writer.clone())),
            writer,
            looking: None,
            staff: None,
            control: sqlite_pool(CONTROL).connect_lazy_with(options(&url)?),
            catalog: CatalogReads::sqlite(&url)?,
        })
    }

    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The same database on the connections of the back office. On SQLite there is one writer for all, and
    /// a long read keeps nobody waiting.
    #[must_use]
    pub fn for_staff(&self) -> Self {
        match &self.staff {
            Some(staff) => Self {
                reader: staff.clone(),
                writer: staff.clone(),
                ..self.clone()
            },
            None => self.clone(),
        }
    }

    /// For what shoppers read of the catalogue.
    pub fn catalog(&self) -> &CatalogReads {
        &self.catalog
    }

    /// For looks that tell whether the database is there.
    pub fn control(&self) -> &sqlx::Pool<Any> {
        &self.control
    }

    /// For statements that only read.
    pub fn reader(&self) -> &sqlx::Pool<Any> {
        &self.reader
    }

    /// One connection for several statements that only read.
    pub async fn connection(&self) -> Result<PoolConnection<Any>> {
        Ok(self.reader.acquire().await?)
    }

    /// Runs one statement that writes, which is a transaction by itself. Number of rows changed.
    pub async fn write(&self, sql: Sql) -> Result<u64> {
        sql.execute(&self.writer).await
    }

    /// The same, with the one column that it returns of each row it changed.
    pub async fn write_returning<T: FromColumn>(&self, sql: Sql) -> Result<Vec<T>> {
        sql.fetch_values(&self.writer).await
    }

    /// Begins a transaction that writes. On SQLite it takes the write lock at once: a transaction
    /// that reads first and writes later would be refused as soon as another has written.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self.dialect {
            Dialect::Sqlite => self.writer.begin_with("BEGIN IMMEDIATE").await?,
            Dialect::Postgres => self.writer.begin().await?,
        })
    }

    /// The same for a transaction of orders, which finds all its rows by key. On Postgres it has connections
    /// of its own, which are told so: by stale statistics it would now and then read a whole table instead,
    /// and it need not plan the same statements again for every batch.
    ///
    /// A statement ends before its batch is given up, so that no connection waits on for a row; and a
    /// node that stops with a transaction begun does not keep the rows from the others for long.
    ///
    /// On SQLite it takes its turn among all who write.
    pub async fn begin_by_key(&self) -> Result<PlacingTx> {
        Ok(match &self.placing {
            Placing::Alone(writer) => PlacingTx::Alone(writer.begin().await?),
            Placing::Pipelined(connections) => PlacingTx::Pipelined(connections.begin().await?),
        })
    }

    /// Rows that are found by key, for many who ask at once. On Postgres a few connections of its own read them, the one
    /// that was used last first: each plans a statement once, where those of the large pool would plan it some six times
    /// each, which is a third of the database's work in the first seconds of a rush.
    pub async fn look_by_key<T>(&self, sql: Sql) -> Result<Vec<T>>
    where
        T: FromRow + FromRow<tokio_postgres::Row>,
    {
        match &self.looking {
            None => sql.fetch_all_as(&self.reader).await,
            Some(connections) => {
                let rows = connections.begin().await?.look(sql).await?;
                let read = <T as FromRow<tokio_postgres::Row>>::from_row;
                rows.iter().map(read).collect()
            }
        }
    }

    /// Brings the database to the present schema, and the keys of its rows to the present folding.
    pub async fn migrate(&self) -> Result<()> {
        migrations::run(self.dialect, &self.writer, i64::MAX).await?;
        folded::run(self).await
    }

    /// Brings a new database to the schema it had at an earlier version, to see what becomes of what
    /// was stored then.
    pub async fn migrate_to(&self, version: i64) -> Result<()> {
        migrations::run(self.dialect, &self.writer, version).await
    }

    /// The version of the schema, and the newest that this server knows.
    pub async fn schema_versions(&self) -> Result<(i64, i64)> {
        migrations::versions(self.dialect, &self.reader).await
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        sqlx::query("SELECT 1").execute(&self.control).await?;
        Ok(())
    }

    /// How many connections a node opens at most, for whatever.
    pub fn most_connections(&self) -> u32 {
        match self.dialect {
            Dialect::Sqlite => self.pools().iter().map(|pool| pool.max).sum(),
            Dialect::Postgres => {
                CONNECTIONS + self.catalog.pool_use().max + CONTROL + PLACING + LOOKING + STAFF
            }
        }
    }

    /// The pools and how much of them is in use.
    pub fn pools(&self) -> Vec<PoolUse> {
        match self.dialect {
            Dialect::Sqlite => vec![
                PoolUse::of("reader", &self.reader),
                PoolUse::of("writer", &self.writer),
                self.catalog.pool_use(),
                PoolUse::of("control", &self.control),
            ],
            // One for both.
            Dialect::Postgres => {
                let staff = self.staff.as_ref();
                let mut pools = vec![
                    PoolUse::of("all", &self.reader),
                    self.catalog.pool_use(),
                    PoolUse::of("control", &self.control),
                ];
                if let Placing::Pipelined(connections) = &self.placing {
                    pools.push(connections.pool_use("placing"));
                }
                let looking = self.looking.as_ref();
                pools.extend(looking.map(|connections| connections.pool_use("looking")));
                pools.extend(staff.map(|pool| PoolUse::of("staff", pool)));
                pools
            }
        }
    }

    pub async fn close(&self) {
        if let Placing::Pipelined(connections) = &self.placing {
            connections.close().await;
        }
        if let Some(looking) = &self.looking {
            looking.close().await;
        }
        if let Some(staff) = &self.staff {
            staff.close().await;
        }
        self.catalog.close().await;
        self.control.close().await;
        self.reader.close().await;
        self.writer.close().await;
        if let Placing::Alone(writer) = &self.placing {
            writer.close().await;
        }
    }
}

/// Hashes, addresses and what opens orders are in it. SQLite gives the files that it makes beside it
/// the same permissions; where it cannot be opened, it says so itself.
fn keep_private(path: &Path) {
    if private_files::make_file(path).is_err() {
        return;
    }
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        private_files::tighten(Path::new(&name));
    }
}

#[cfg(test)]
mod tests;
