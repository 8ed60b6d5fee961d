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
mod transaction;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::{
    sync::Semaphore,
    task::JoinHandle,
    time::{sleep, timeout},
};
use tokio_postgres::{Client, Statement};

use self::{connect::Address, errors::error};
use super::{PoolUse, sql::Parameter};
use crate::error::{Error, Result};

pub use transaction::Pipeline;

/// How long a batch waits for a connection, as with the other pools.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long one may be idle before it is asked whether it still is one: a server that went away by falling
/// over said nothing.
const FRESH: Duration = Duration::from_secs(1);
const ASKED: Duration = Duration::from_secs(1);
/// Between tries to reach a server that is not there yet.
const AGAIN: Duration = Duration::from_millis(50);
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
        Ok(Pipeline::on(connection, turn, self.0.clone()))
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
    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
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
                // It is starting: the batch that waits has a limit of its own.
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
