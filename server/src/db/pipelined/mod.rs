//! Connections to Postgres for batches of orders, apart from sqlx's: statements go off one behind the other
//! without waiting for answers, and rows as binary arrays. sqlx waits for each statement, and a batch is a
//! dozen of them.
//!
//! A transaction that is dropped, for whatever reason, is undone by a task of its own. Only when the server has
//! said so is its connection there for another: no batch begins on one that still has an answer to come.

mod connect;
mod errors;
mod row;
mod tls;

use std::{
    collections::HashMap,
    future::{Future, poll_fn},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
    time::{Duration, Instant},
};

use async_trait::async_trait;
use futures_util::{TryStreamExt as _, future::maybe_done};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinHandle,
    time::{sleep, timeout},
};
use tokio_postgres::{Client, Row, Statement, types::ToSql};

use self::{connect::Address, errors::error};
use super::{
    PoolUse, Sql,
    session::{Session, Transaction},
    sql::{Answer, Parameter},
};
use crate::error::{Error, Result};

/// How long a batch waits for a connection, as with the other pools.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long one may be idle before it is asked whether it still is one: a server that went away by falling
/// over said nothing.
const FRESH: Duration = Duration::from_secs(1);
const ASKED: Duration = Duration::from_secs(1);
/// Between tries to reach a server that is not there yet.
const AGAIN: Duration = Duration::from_millis(50);
/// How long a transaction that was dropped may take to be undone: longer than each of its statements may take.
const UNDOING: Duration = Duration::from_secs(5);
/// Statements that are kept prepared; a batch has about 20.
const PREPARED: usize = 100;

/// The connections: as many as there may be at once, opened when they are needed.
#[derive(Clone)]
pub struct Pipelines(Arc<Shared>);

struct Shared {
    address: Address,
    most: u32,
    turns: Arc<Semaphore>,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    connection: Connection,
    since: Instant,
}

struct Connection {
    client: Client,
    /// By their text.
    prepared: HashMap<String, Statement>,
    /// Reads and writes what goes over the wire; ends with the client.
    driver: JoinHandle<()>,
}

impl Pipelines {
    /// Reads the address; nothing is opened yet. `settings` are of every connection.
    pub fn new(url: &str, most: u32, settings: &'static str) -> Result<Self> {
        Ok(Self(Arc::new(Shared {
            address: Address::new(url, settings)?,
            most,
            turns: Arc::new(Semaphore::new(most as usize)),
            idle: Mutex::default(),
        })))
    }

    /// A transaction: it begins with its first statement.
    pub async fn begin(&self) -> Result<Pipeline> {
        let given_up = || Error::Database(sqlx::Error::PoolTimedOut);
        let got = timeout(PATIENCE, async {
            let turn = self.0.turns.clone().acquire_owned().await;
            let turn = turn.map_err(|_| Error::Database(sqlx::Error::PoolClosed))?;
            Ok((turn, self.0.connection().await?))
        });
        let (turn, connection) = got.await.unwrap_or_else(|_| Err(given_up()))?;
        Ok(Pipeline {
            open: Some(Open { connection, turn }),
            shared: self.0.clone(),
            stage: Stage::Fresh,
        })
    }

    pub fn pool_use(&self, name: &'static str) -> PoolUse {
        let free = u32::try_from(self.0.turns.available_permits()).unwrap_or(u32::MAX);
        let idle = self.0.idle().len();
        PoolUse {
            name,
            used: self.0.most.saturating_sub(free),
            idle: u32::try_from(idle).unwrap_or(u32::MAX),
            max: self.0.most,
        }
    }

    /// Closes those that are idle, and the others as they come back.
    pub async fn close(&self) {
        self.0.turns.close();
        let idle = std::mem::take(&mut *self.0.idle());
        for Idle { connection, .. } in idle {
            let Connection { client, driver, .. } = connection;
            drop(client);
            let _ = timeout(ASKED, driver).await;
        }
    }
}

impl Shared {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One that answers.
    async fn connection(&self) -> Result<Connection> {
        while let Some(Idle { connection, since }) = self.pop() {
            if connection.client.is_closed() {
                continue;
            }
            if since.elapsed() < FRESH {
                return Ok(connection);
            }
            let asked = timeout(ASKED, connection.client.batch_execute(""));
            if matches!(asked.await, Ok(Ok(()))) {
                return Ok(connection);
            }
        }
        loop {
            match self.address.connect().await {
                Ok((client, driver)) => {
                    return Ok(Connection {
                        client,
                        prepared: HashMap::new(),
                        driver,
                    });
                }
                // It is starting: whoever waits has a limit of their own.
                Err(error) if errors::may_come(&error) => sleep(AGAIN).await,
                Err(error) => return Err(error),
            }
        }
    }

    fn pop(&self) -> Option<Idle> {
        self.idle().pop()
    }

    fn take_back(&self, connection: Connection) {
        if !self.turns.is_closed() && !connection.client.is_closed() {
            let since = Instant::now();
            self.idle().push(Idle { connection, since });
        }
    }
}

/// A transaction on a connection that is pipelined.
pub struct Pipeline {
    /// Until it ends.
    open: Option<Open>,
    shared: Arc<Shared>,
    stage: Stage,
}

/// Its connection, and what lets others have it.
struct Open {
    connection: Connection,
    turn: OwnedSemaphorePermit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing was sent.
    Fresh,
    /// Something was, but no transaction has begun.
    Touched,
    Begun,
}

impl Pipeline {
    /// Ends the transaction in one way or the other. A connection that did not answer is given up.
    async fn end(&mut self, how: &str) -> Result<()> {
        let Some(open) = self.open.take() else {
            return Err(ended());
        };
        if self.stage == Stage::Begun {
            let done = open.connection.client.batch_execute(how).await;
            done.map_err(error)?;
        }
        self.shared.take_back(open.connection);
        drop(open.turn);
        Ok(())
    }
}

fn ended() -> Error {
    Error::Invariant("the transaction has ended".to_owned())
}

#[async_trait]
impl Session for Pipeline {
    type Row = Row;

    async fn run(&mut self, statements: Vec<Sql>) -> Result<Vec<Answer<Row>>> {
        let Some(Open { connection, .. }) = &mut self.open else {
            return Err(ended());
        };
        // From here on there may be something to undo, also if nobody waits for the answers.
        let stage = self.stage;
        if stage == Stage::Fresh {
            self.stage = Stage::Touched;
        }
        // Before the first goes off: one that has to be prepared would come after those behind it.
        let mut ready = Vec::with_capacity(statements.len());
        for sql in statements {
            let (text, parameters) = sql.with_arrays();
            ready.push((connection.prepare(text, &parameters).await?, parameters));
        }
        let client = &connection.client;
        let begin = match stage {
            Stage::Fresh | Stage::Touched => Some(client.batch_execute("BEGIN")),
            Stage::Begun => None,
        };
        let mut begin = begin.map(Box::pin);
        self.stage = Stage::Begun;
        let mut sent: Vec<Pin<Box<_>>> = ready
            .iter()
            .map(|(statement, parameters)| Box::pin(maybe_done(ask(client, statement, parameters))))
            .collect();
        // A statement is written down for the connection at the first look at its answer: so all are on
        // their way now, in this order.
        let mut begun = None;
        poll_fn(|context| {
            if let Some(begin) = &mut begin
                && let Poll::Ready(done) = begin.as_mut().poll(context)
            {
                begun = Some(done);
            }
            for one in &mut sent {
                let _ = one.as_mut().poll(context);
            }
            Poll::Ready(())
        })
        .await;
        if let Some(begin) = begin {
            match begun {
                Some(done) => done.map_err(error)?,
                None => begin.await.map_err(error)?,
            }
        }
        let mut answers = Vec::with_capacity(sent.len());
        for mut one in sent {
            one.as_mut().await;
            let answer = one.as_mut().take_output().ok_or_else(ended)?;
            answers.push(answer?);
        }
        Ok(answers)
    }
}

#[async_trait]
impl Transaction for Pipeline {
    async fn commit(mut self) -> Result<()> {
        self.end("COMMIT").await
    }

    async fn rollback(mut self) -> Result<()> {
        self.end("ROLLBACK").await
    }
}

impl Drop for Pipeline {
    fn drop(&mut self) {
        let Some(Open { connection, turn }) = self.open.take() else {
            return;
        };
        if self.stage == Stage::Fresh {
            return self.shared.take_back(connection);
        }
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        let shared = self.shared.clone();
        runtime.spawn(async move {
            // Behind whatever is still on its way.
            let undone = timeout(UNDOING, connection.client.batch_execute("ROLLBACK"));
            if matches!(undone.await, Ok(Ok(()))) {
                shared.take_back(connection);
            }
            drop(turn);
        });
    }
}

impl Connection {
    async fn prepare(&mut self, text: String, parameters: &[Parameter]) -> Result<Statement> {
        if let Some(statement) = self.prepared.get(&text) {
            return Ok(statement.clone());
        }
        if self.prepared.len() >= PREPARED {
            self.prepared.clear();
        }
        let kinds: Vec<_> = parameters.iter().map(Parameter::kind).collect();
        let statement = self.client.prepare_typed(&text, &kinds).await;
        let statement = statement.map_err(error)?;
        self.prepared.insert(text, statement.clone());
        Ok(statement)
    }
}

async fn ask(
    client: &Client,
    statement: &Statement,
    parameters: &[Parameter],
) -> Result<Answer<Row>> {
    let parameters = parameters
        .iter()
        .map(|parameter| parameter as &(dyn ToSql + Sync));
    let rows = client.query_raw(statement, parameters).await;
    let mut answers = Box::pin(rows.map_err(error)?);
    let mut rows = Vec::new();
    while let Some(row) = answers.try_next().await.map_err(error)? {
        rows.push(row);
    }
    Ok(Answer {
        rows,
        changed: answers.rows_affected().unwrap_or(0),
    })
}
