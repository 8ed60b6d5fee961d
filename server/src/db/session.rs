//! What statements run on, whichever driver it belongs to: a port with sqlx's connections on one side and
//! those that orders have on the other.

use std::future::Future;

use async_trait::async_trait;
use sqlx::{Any, AnyConnection, any::AnyRow, pool::PoolConnection};

use super::{Columns, FromRow, Sql, sql::Answer};
use crate::error::{Error, Result};

/// Runs statements in the order in which it is given them.
#[async_trait]
pub trait Session: Send {
    type Row: Columns + Send + Sync + 'static;

    /// Runs these one after another, and ends at the first that fails. Where they are pipelined, all are on their
    /// way before the first is answered: so none may be made of what another answers.
    async fn run(&mut self, statements: Vec<Sql>) -> Result<Vec<Answer<Self::Row>>>;

    /// The rows that each of these answers.
    async fn ask<const N: usize>(&mut self, statements: [Sql; N]) -> Result<[Vec<Self::Row>; N]> {
        let answers = self.run(statements.into()).await?;
        let rows: Vec<Vec<Self::Row>> = answers.into_iter().map(|one| one.rows).collect();
        let unanswered = |_| Error::Invariant("every statement has an answer".to_owned());
        rows.try_into().map_err(unanswered)
    }

    async fn rows(&mut self, sql: Sql) -> Result<Vec<Self::Row>> {
        let answers = self.run(vec![sql]).await?;
        Ok(answers.into_iter().flat_map(|answer| answer.rows).collect())
    }

    /// All rows, each as a struct.
    async fn rows_as<T: FromRow<Self::Row> + Send>(&mut self, sql: Sql) -> Result<Vec<T>> {
        let rows = self.rows(sql).await?;
        rows.iter().map(T::from_row).collect()
    }

    /// Number of rows changed.
    async fn changed(&mut self, sql: Sql) -> Result<u64> {
        let answers = self.run(vec![sql]).await?;
        Ok(answers.iter().map(|answer| answer.changed).sum())
    }
}

/// Of a statement after the commit.
pub(super) fn ended() -> Error {
    Error::Invariant("the transaction has ended".to_owned())
}

/// A session that is a transaction.
#[async_trait]
pub trait Transaction: Session + Sized + 'static {
    async fn commit(self) -> Result<()>;

    async fn rollback(self) -> Result<()>;

    /// Does what begins with the commit to its end, even if the one who asked stops waiting.
    async fn see_through<T: Send + 'static>(
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        let done = tokio::spawn(work).await;
        done.unwrap_or_else(|error| Err(Error::Invariant(format!("a commit failed: {error}"))))
    }
}

#[async_trait]
impl<S: Session> Session for &mut S {
    type Row = S::Row;

    async fn run(&mut self, statements: Vec<Sql>) -> Result<Vec<Answer<Self::Row>>> {
        S::run(self, statements).await
    }
}

#[async_trait]
impl Session for AnyConnection {
    type Row = AnyRow;

    async fn run(&mut self, statements: Vec<Sql>) -> Result<Vec<Answer<AnyRow>>> {
        let mut answers = Vec::with_capacity(statements.len());
        for sql in statements {
            answers.push(sql.run(&mut *self).await?);
        }
        Ok(answers)
    }
}

#[async_trait]
impl Session for PoolConnection<Any> {
    type Row = AnyRow;

    async fn run(&mut self, statements: Vec<Sql>) -> Result<Vec<Answer<AnyRow>>> {
        Session::run(&mut **self, statements).await
    }
}

/// Each statement on whichever of its connections is free.
#[async_trait]
impl Session for &sqlx::Pool<Any> {
    type Row = AnyRow;

    async fn run(&mut self, statements: Vec<Sql>) -> Result<Vec<Answer<AnyRow>>> {
        let mut answers = Vec::with_capacity(statements.len());
        for sql in statements {
            answers.push(sql.run(*self).await?);
        }
        Ok(answers)
    }
}

#[async_trait]
impl Session for sqlx::Transaction<'_, Any> {
    type Row = AnyRow;

    async fn run(&mut self, statements: Vec<Sql>) -> Result<Vec<Answer<AnyRow>>> {
        Session::run(&mut **self, statements).await
    }
}

#[async_trait]
impl Transaction for sqlx::Transaction<'static, Any> {
    async fn commit(self) -> Result<()> {
        Ok(sqlx::Transaction::commit(self).await?)
    }

    async fn rollback(self) -> Result<()> {
        Ok(sqlx::Transaction::rollback(self).await?)
    }
}
