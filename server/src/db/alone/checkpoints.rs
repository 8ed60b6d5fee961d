//! Brings what batches wrote to the log into the file, beside them. SQLite lets the connection do so that has written:
//! with its turn, at every few batches, it copied thousands of pages and waited for the disk, a third of the time of a
//! rush.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};
use tokio::{
    sync::mpsc::{Receiver, Sender, channel},
    task::{JoinHandle, spawn_blocking},
    time::timeout,
};

use crate::db::sqlite_settings;

/// Between two: a page that batch after batch writes is copied once.
const PAUSE: Duration = Duration::from_millis(250);

/// A task that begins with the first batch.
pub(super) struct Checkpoints {
    path: PathBuf,
    task: Mutex<Option<Task>>,
}

struct Task {
    wanted: Sender<()>,
    ends: JoinHandle<()>,
}

impl Checkpoints {
    pub fn of(path: PathBuf) -> Self {
        Self {
            path,
            task: Mutex::default(),
        }
    }

    /// Some time soon. Asked for inside a runtime.
    pub fn wanted(&self) {
        let mut task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        let task = task.get_or_insert_with(|| {
            let (wanted, asked) = channel(1);
            let ends = tokio::spawn(run(self.path.clone(), asked));
            Task { wanted, ends }
        });
        // If it is full, one is wanted already.
        let _ = task.wanted.try_send(());
    }

    /// Nobody has the file open here afterwards, so that the last who has can bring the rest into it.
    pub async fn close(&self) {
        let task = self
            .task
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(Task { wanted, ends }) = task {
            drop(wanted);
            let _ = ends.await;
        }
    }
}

async fn run(path: PathBuf, mut asked: Receiver<()>) {
    while asked.recv().await.is_some() {
        let closed = async { while asked.recv().await.is_some() {} };
        if timeout(PAUSE, closed).await.is_ok() {
            return;
        }
        let path = path.clone();
        match spawn_blocking(move || checkpoint(path)).await {
            Ok(Ok(())) => {}
            // A batch does it once the log is long.
            Ok(Err(error)) => tracing::debug!(%error, "the log was not brought into the file"),
            Err(error) => tracing::error!(%error, "a checkpoint failed on its thread"),
        }
    }
}

/// As far as nobody has to wait for it.
fn checkpoint(path: PathBuf) -> rusqlite::Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch(sqlite_settings!())?;
    connection.execute_batch("PRAGMA wal_checkpoint(PASSIVE)")
}
