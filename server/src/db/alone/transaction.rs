//! A transaction whose statements run where they are asked for.

use std::{
    future::Future,
    sync::{Arc, Weak},
};

use async_trait::async_trait;
use rusqlite::{CachedStatement, Connection};
use sqlx::{Any, pool::PoolConnection};
use tokio::{runtime::Handle, task::spawn_blocking};

use super::{
    Shared,
    errors::error,
    row::{Row, Table},
};
use crate::{
    db::{
        Sql,
        given::Cell,
        session::{Session, Transaction, ended},
        sql::{Answer, Arg, Steps},
    },
    error::{Error, Result},
};

/// A transaction that has the file to itself. It waits for the disk where it is used, so that is a thread of
/// its own: see [`Alone::aside`].
pub struct Alone {
    /// Until it ends.
    open: Option<Open>,
    shared: Arc<Shared>,
    asker: Asker,
    runtime: Handle,
}

struct Open {
    /// Once it has begun.
    connection: Option<Connection>,
    turn: PoolConnection<Any>,
}

/// Who wants to hear what comes of a transaction.
enum Asker {
    /// The task that runs its statements.
    Here,
    Elsewhere(Weak<()>),
}

impl Asker {
    fn is_gone(&self) -> bool {
        match self {
            Self::Here => false,
            Self::Elsewhere(asker) => asker.strong_count() == 0,
        }
    }
}

impl Alone {
    /// On this runtime.
    pub(super) fn on(turn: PoolConnection<Any>, shared: Arc<Shared>) -> Self {
        let connection = None;
        Self {
            open: Some(Open { connection, turn }),
            shared,
            asker: Asker::Here,
            runtime: Handle::current(),
        }
    }

    /// Does all of this work on one thread, which may wait for a disk. If nobody waits for it any more, it
    /// ends at the next statement and writes nothing.
    pub async fn aside<T, W>(mut self, work: impl FnOnce(Self) -> W + Send + 'static) -> Result<T>
    where
        T: Send + 'static,
        W: Future<Output = Result<T>>,
    {
        let asker = Arc::new(());
        self.asker = Asker::Elsewhere(Arc::downgrade(&asker));
        let runtime = self.runtime.clone();
        let done = spawn_blocking(move || runtime.block_on(work(self))).await;
        drop(asker);
        done.unwrap_or_else(|error| {
            Err(Error::Invariant(format!(
                "a batch failed on its thread: {error}"
            )))
        })
    }

    /// Its connection, with the transaction begun.
    fn begun(&mut self) -> Result<&Connection> {
        let Some(Open { connection, .. }) = &mut self.open else {
            return Err(ended());
        };
        if self.asker.is_gone() {
            return Err(Error::Busy);
        }
        match connection {
            // What breaks the machine ends it by itself: no statement may be written without it.
            Some(connection) if connection.is_autocommit() => Err(ended()),
            Some(connection) => Ok(connection),
            None => {
                let fresh = self.shared.connection()?;
                match execute(&fresh, "BEGIN IMMEDIATE") {
                    Ok(()) => Ok(connection.insert(fresh)),
                    Err(error) => {
                        self.shared.take_back(fresh);
                        Err(error)
                    }
                }
            }
        }
    }

    fn end(&mut self, how: End) -> Result<()> {
        // The turn is given back by a task.
        let _inside = self.runtime.enter();
        let Some(Open { connection, turn }) = self.open.take() else {
            return Err(ended());
        };
        let Some(connection) = connection else {
            return Ok(());
        };
        let committed = match how {
            End::Commit if self.asker.is_gone() => Err(Error::Busy),
            End::Commit => execute(&connection, "COMMIT"),
            End::Rollback => Ok(()),
        };
        let undone = match connection.is_autocommit() {
            true => Ok(()),
            false => execute(&connection, "ROLLBACK"),
        };
        self.shared.take_back(connection);
        drop(turn);
        if how == End::Commit && committed.is_ok() {
            self.shared.checkpoints.wanted();
        }
        committed.and(undone)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Commit,
    Rollback,
}

#[async_trait]
impl Session for Alone {
    type Row = Row;

    async fn run(&mut self, statements: Vec<Sql>) -> Result<Vec<Answer<Row>>> {
        let mut answers = Vec::with_capacity(statements.len());
        for sql in statements {
            answers.push(ask(self.begun()?, sql.in_steps()?)?);
        }
        Ok(answers)
    }
}

#[async_trait]
impl Transaction for Alone {
    async fn commit(mut self) -> Result<()> {
        self.end(End::Commit)
    }

    async fn rollback(mut self) -> Result<()> {
        self.end(End::Rollback)
    }

    /// Its thread does so.
    async fn see_through<T: Send + 'static>(
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        work.await
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        if self.open.is_some()
            && let Err(error) = self.end(End::Rollback)
        {
            tracing::warn!(%error, "a transaction of orders could not be undone");
        }
    }
}

fn execute(connection: &Connection, text: &str) -> Result<()> {
    let mut statement = connection.prepare_cached(text).map_err(error)?;
    statement.raw_execute().map_err(error)?;
    Ok(())
}

fn ask(connection: &Connection, steps: Steps) -> Result<Answer<Row>> {
    let Steps { text, args, rows } = steps;
    let mut statement = connection.prepare_cached(&text).map_err(error)?;
    let mut asking = Asking {
        numbers: numbers(&statement),
        answered: Table::of(names(&statement)),
        changed: 0,
    };
    match rows {
        None => asking.once(connection, &mut statement, &args, &[])?,
        Some(rows) => {
            rows.each(|row| asking.once(connection, &mut statement, &args, row))?;
        }
    }
    Ok(Answer {
        rows: asking.answered.into_rows(),
        changed: asking.changed,
    })
}

/// SQLite numbers parameters by where they are first, so `$2` may be its first.
fn numbers(statement: &CachedStatement<'_>) -> Vec<usize> {
    let names = (1..=statement.parameter_count()).map(|at| statement.parameter_name(at));
    let number = |name: Option<&str>| name?.strip_prefix('$')?.parse().ok();
    names.map(|name| number(name).unwrap_or_default()).collect()
}

fn names(statement: &CachedStatement<'_>) -> Vec<String> {
    let names = statement.column_names().into_iter();
    names.map(str::to_owned).collect()
}

/// A statement that is run once or more often.
struct Asking {
    /// What its parameters are called in its text.
    numbers: Vec<usize>,
    answered: Table,
    changed: u64,
}

impl Asking {
    /// With these parameters, and behind them the cells of a row.
    fn once(
        &mut self,
        connection: &Connection,
        statement: &mut CachedStatement<'_>,
        args: &[Arg],
        row: &[Option<Cell<'_>>],
    ) -> Result<()> {
        for (at, number) in (1..).zip(&self.numbers) {
            let nth = number.checked_sub(1).ok_or_else(|| unknown(at))?;
            let bound = match args.get(nth) {
                Some(Arg::Text(text)) => statement.raw_bind_parameter(at, text),
                Some(Arg::Int(int)) => statement.raw_bind_parameter(at, int),
                None => match row.get(nth - args.len()).ok_or_else(|| unknown(at))? {
                    Some(Cell::Text(text)) => statement.raw_bind_parameter(at, text),
                    Some(Cell::Int(int)) => statement.raw_bind_parameter(at, int),
                    None => statement.raw_bind_parameter(at, None::<i64>),
                },
            };
            bound.map_err(error)?;
        }
        let width = statement.column_count();
        let only_reads = statement.readonly();
        let mut found = statement.raw_query();
        while let Some(row) = found.next().map_err(error)? {
            for column in 0..width {
                self.answered.put(row.get_ref(column).map_err(error)?);
            }
        }
        drop(found);
        if !only_reads {
            self.changed += connection.changes();
        }
        Ok(())
    }
}

fn unknown(at: usize) -> Error {
    Error::Invariant(format!("parameter {at} of a statement is given nothing"))
}
