//! A transaction whose statements go off without waiting for one another.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    sync::Arc,
    task::Poll,
    time::Duration,
};

use async_trait::async_trait;
use futures_util::{TryStreamExt as _, future::maybe_done};
use tokio::{sync::OwnedSemaphorePermit, time::timeout};
use tokio_postgres::{Client, Row, Statement, types::ToSql};

use super::{Connection, Shared, errors::error};
use crate::{
    db::{
        Sql,
        session::{Session, Transaction, ended},
        sql::{Answer, Parameter},
    },
    error::Result,
};

/// How long a transaction that was dropped may take to be undone: longer than each of its statements may take.
const UNDOING: Duration = Duration::from_secs(5);

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
    pub(super) fn on(
        connection: Connection,
        turn: OwnedSemaphorePermit,
        shared: Arc<Shared>,
    ) -> Self {
        Self {
            open: Some(Open { connection, turn }),
            shared,
            stage: Stage::Fresh,
        }
    }

    /// Asks for rows outside of a transaction, and gives the connection back.
    pub async fn look(mut self, sql: Sql) -> Result<Vec<Row>> {
        let Some(Open { connection, .. }) = &mut self.open else {
            return Err(ended());
        };
        // Until it is answered there may be something to wait for, also if nobody does.
        self.stage = Stage::Touched;
        let (text, parameters) = sql.with_arrays();
        // Under the name by which sqlx tells of its own: how often a step asks the database is counted by it.
        tracing::debug!(target: "sqlx::query", summary = text.as_str());
        let statement = connection.prepare(text, &parameters).await?;
        let answer = ask(&connection.client, &statement, &parameters).await?;
        self.stage = Stage::Fresh;
        Ok(answer.rows)
    }

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
