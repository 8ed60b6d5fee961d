//! The database: SQLite or Postgres behind one set of portable SQL.
//!
//! Statements use `$1` placeholders and columns of TEXT, BIGINT and SMALLINT only, which sqlx's
//! `Any` driver takes on both. What differs is in [`Dialect`].

mod dialect;
mod keyset;
mod migrations;
mod row;
mod sql;

use std::{path::Path, str::FromStr, time::Duration};

use percent_encoding::percent_decode_str;
use sqlx::{
    Any, AnyConnection, Executor,
    any::{AnyConnectOptions, AnyPoolOptions},
};

pub use dialect::{Column, Dialect};
pub use keyset::{Newest, Page};
pub use row::Get;
pub use sql::Sql;

use crate::{
    coordination::freshness::Freshness,
    error::{Error, Result},
    private_files,
};

/// A transaction that may write.
pub type Tx = sqlx::Transaction<'static, Any>;
pub type Connection = AnyConnection;

/// How many connections one node opens at most.
const READERS: u32 = 16;

/// The database, and who is told of what is committed to it.
#[derive(Clone)]
pub struct Db {
    dialect: Dialect,
    freshness: Freshness,
    reader: sqlx::Pool<Any>,
    writer: sqlx::Pool<Any>,
}

impl Db {
    /// Opens `sqlite://path` (made if it is not there) or `postgres://…`.
    pub async fn connect(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let dialect = Dialect::of(url)?;
        match dialect {
            Dialect::Sqlite => Self::connect_sqlite(url).await,
            Dialect::Postgres => {
                let pool = AnyPoolOptions::new()
                    .after_connect(|connection, _| {
                        Box::pin(async move {
                            // Statements here are short. Where a table has no statistics yet, the
                            // planner takes some for long and compiles them, for 50 ms a time.
                            connection.execute("SET jit = off").await?;
                            Ok(())
                        })
                    })
                    .max_connections(READERS)
                    .acquire_timeout(Duration::from_secs(3))
                    .connect_with(options(url)?)
                    .await?;
                Ok(Self {
                    dialect,
                    freshness: Freshness::default(),
                    reader: pool.clone(),
                    writer: pool,
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
        let reader = sqlite_pool(READERS).connect_with(options(&url)?).await?;
        Ok(Self {
            dialect: Dialect::Sqlite,
            freshness: Freshness::default(),
            reader,
            writer,
        })
    }

    /// The same database with other nodes to be told. Without this, the process is the only node.
    pub fn told_through(self, freshness: Freshness) -> Self {
        let freshness = freshness.of_database(self.reader.clone());
        Self { freshness, ..self }
    }

    pub fn freshness(&self) -> &Freshness {
        &self.freshness
    }

    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// For statements that only read.
    pub fn reader(&self) -> &sqlx::Pool<Any> {
        &self.reader
    }

    /// Begins a transaction that writes. On SQLite it takes the write lock at once: a transaction
    /// that reads first and writes later would be refused as soon as another has written.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self.dialect {
            Dialect::Sqlite => self.writer.begin_with("BEGIN IMMEDIATE").await?,
            Dialect::Postgres => self.writer.begin().await?,
        })
    }

    /// The same for a transaction that finds all its rows by key. Postgres is told so: by stale
    /// statistics it would now and then read a whole table instead, and it need not plan the same
    /// statements anew for every batch.
    pub async fn begin_by_key(&self) -> Result<Tx> {
        Ok(match self.dialect {
            Dialect::Sqlite => self.begin().await?,
            Dialect::Postgres => {
                let begin = "BEGIN; SET LOCAL enable_seqscan = off; \
                             SET LOCAL plan_cache_mode = force_generic_plan";
                self.writer.begin_with(begin).await?
            }
        })
    }

    pub async fn migrate(&self) -> Result<()> {
        migrations::run(self.dialect, &self.writer, i64::MAX).await
    }

    /// Brings a new database to the schema it had at an earlier version, to see what becomes of what
    /// was stored then.
    pub async fn migrate_to(&self, version: i64) -> Result<()> {
        migrations::run(self.dialect, &self.writer, version).await
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        sqlx::query("SELECT 1").execute(&self.reader).await?;
        Ok(())
    }

    /// The pools and how much of them is in use.
    pub fn pools(&self) -> Vec<PoolUse> {
        match self.dialect {
            Dialect::Sqlite => vec![
                PoolUse::of("reader", &self.reader),
                PoolUse::of("writer", &self.writer),
            ],
            // One for both.
            Dialect::Postgres => vec![PoolUse::of("all", &self.reader)],
        }
    }

    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

/// How many connections of a pool there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolUse {
    pub name: &'static str,
    pub used: u32,
    pub idle: u32,
    /// How many it opens at most, used and idle together.
    pub max: u32,
}

impl PoolUse {
    fn of(name: &'static str, pool: &sqlx::Pool<Any>) -> Self {
        let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
        Self {
            name,
            // The two are not read at one moment.
            used: pool.size().saturating_sub(idle),
            idle,
            max: pool.options().get_max_connections(),
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

fn options(url: &str) -> Result<AnyConnectOptions> {
    AnyConnectOptions::from_str(url)
        .map_err(|error| Error::Setting(format!("DATABASE_URL cannot be used: {error}")))
}

fn sqlite_pool(connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .after_connect(|connection, _| {
            Box::pin(async move {
                // FULL: an order that was answered survives a power cut.
                connection
                    .execute(
                        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                         PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; \
                         PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY",
                    )
                    .await?;
                Ok(())
            })
        })
}
