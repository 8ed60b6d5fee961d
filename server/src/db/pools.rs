//! The pools: how each opens its connections, and how much of it is in use.

use std::{str::FromStr, time::Duration};

use sqlx::{
    Connection as _, Database, Executor, Row, SqlSafeStr,
    any::{AnyConnectOptions, AnyPoolOptions},
};

use crate::error::{Error, Result};

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
    pub(super) fn of<DB: Database>(name: &'static str, pool: &sqlx::Pool<DB>) -> Self {
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

pub fn options(url: &str) -> Result<AnyConnectOptions> {
    AnyConnectOptions::from_str(url)
        .map_err(|error| Error::Setting(format!("DATABASE_URL cannot be used: {error}")))
}

/// FULL: an order that was answered survives a power cut. What was written is brought into the file after 8 MB: pages
/// that every batch writes are then brought there once for some batches, and not for each.
macro_rules! sqlite_settings {
    () => {
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
         PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY; \
         PRAGMA wal_autocheckpoint = 2000"
    };
}
pub(super) use sqlite_settings;

pub fn sqlite_pool(connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .before_acquire(|connection, _| {
            // A full disk and other errors end a transaction by themselves, which sqlx does not see:
            // it would begin no other on this connection ever again. By now every rollback that
            // was asked for has been tried, so a transaction that is still open there is such a one.
            let is_sound = !connection.is_in_transaction();
            Box::pin(async move { Ok(is_sound) })
        })
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(sqlite_settings!()).await?;
                Ok(())
            })
        })
}

pub fn postgres_pool(connections: u32, settings: impl SqlSafeStr) -> AnyPoolOptions {
    let settings = settings.into_sql_str();
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(3))
        .after_connect(move |connection, _| {
            let settings = settings.clone();
            Box::pin(async move {
                connection.execute(settings).await?;
                // After a failover an address may lead to a standby: it takes no order, and what it
                // shows may be old.
                let row = connection.fetch_one("SHOW transaction_read_only").await?;
                match row.try_get::<String, _>("transaction_read_only")?.as_str() {
                    "off" => Ok(()),
                    _ => Err(sqlx::Error::Protocol(
                        "this Postgres server is read-only".into(),
                    )),
                }
            })
        })
}
