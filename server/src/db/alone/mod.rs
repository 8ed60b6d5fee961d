//! The connection to a SQLite file for batches of orders, apart from sqlx's: each statement runs where it is
//! asked for, and [`Alone::aside`] does a whole batch on one thread. sqlx has a thread for each connection,
//! to which every statement and from which every row goes over a channel.
//!
//! The file has one writer: the holder of the only connection of sqlx's pool for writing. So a batch
//! takes that connection as its turn and leaves it idle.

mod checkpoints;
mod errors;
mod row;
#[cfg(test)]
mod tests;
mod transaction;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, OpenFlags};
use sqlx::{Any, Pool};
use tokio::task::spawn_blocking;

use self::{checkpoints::Checkpoints, errors::error};
use super::sqlite_settings;
use crate::error::Result;

pub use transaction::Alone;

/// Statements that are kept prepared; a batch has about 20.
const PREPARED: usize = 100;
/// 64 MB of pages, for this connection alone: numbers and addresses of orders go to pages all over their indexes.
const CACHE: &str = "PRAGMA cache_size = -64000";
/// Pages of the log, 64 MB, after which a batch brings them into the file itself: [`Checkpoints`] does so before, but
/// while batch follows batch it is always some pages behind, and the log begins again only where nothing is left.
const LOG: &str = "PRAGMA wal_autocheckpoint = 16000";

/// The connection: opened when the first batch comes.
#[derive(Clone)]
pub struct Writer(Arc<Shared>);

struct Shared {
    turns: Pool<Any>,
    idle: Mutex<Option<Connection>>,
    checkpoints: Checkpoints,
    path: PathBuf,
}

impl Writer {
    /// Opens nothing yet. `turns` has one connection for all who write.
    pub fn new(path: PathBuf, turns: Pool<Any>) -> Self {
        Self(Arc::new(Shared {
            turns,
            idle: Mutex::default(),
            checkpoints: Checkpoints::of(path.clone()),
            path,
        }))
    }

    /// A transaction: it begins with its first statement.
    pub async fn begin(&self) -> Result<Alone> {
        let turn = self.0.turns.acquire().await?;
        Ok(Alone::on(turn, self.0.clone()))
    }

    /// Once nobody else can have a turn any more.
    pub async fn close(&self) {
        self.0.turns.close().await;
        self.0.checkpoints.close().await;
        let idle = self.0.idle().take();
        // The last connection brings what was written into the file.
        let _ = spawn_blocking(move || drop(idle)).await;
    }
}

impl Shared {
    fn idle(&self) -> MutexGuard<'_, Option<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn connection(&self) -> Result<Connection> {
        match self.idle().take() {
            Some(connection) => Ok(connection),
            None => self.open().map_err(error),
        }
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        connection.execute_batch(sqlite_settings!())?;
        connection.execute_batch(CACHE)?;
        connection.execute_batch(LOG)?;
        Ok(connection)
    }

    /// One that may have a transaction open that it cannot end is given up.
    fn take_back(&self, connection: Connection) {
        if connection.is_autocommit() && !self.turns.is_closed() {
            *self.idle() = Some(connection);
        }
    }
}
