//! Statements on sqlx's connections, and what comes of them.

use app::answers::Tally;
use futures_util::TryStreamExt as _;
use sqlx::{
    Any, AssertSqlSafe, Database, Either, Encode, Sqlite, SqliteConnection, Type, any::AnyRow,
    query::Query, sqlite::SqliteRow,
};

use super::{Arg, Sql};
use crate::{
    db::{FromColumn, FromRow, only},
    error::Result,
};

/// What came of a statement.
pub struct Answer<R> {
    pub rows: Vec<R>,
    /// Number of rows changed.
    pub changed: u64,
}

impl Sql {
    fn query<DB: Database>(self) -> Result<Query<'static, DB, DB::Arguments>>
    where
        String: Encode<'static, DB> + Type<DB>,
        i64: Encode<'static, DB> + Type<DB>,
    {
        let (text, args) = self.with_json()?;
        // Safe: `push` takes our own text, values are parameters.
        let mut query = sqlx::query::<DB>(AssertSqlSafe(text));
        for arg in args {
            query = match arg {
                Arg::Text(text) => query.bind(text),
                Arg::Int(int) => query.bind(int),
            };
        }
        Ok(query)
    }

    /// What comes of it, whatever it is.
    pub(in crate::db) async fn run(
        self,
        executor: impl sqlx::Executor<'_, Database = Any>,
    ) -> Result<Answer<AnyRow>> {
        let mut answer = Answer {
            rows: Vec::new(),
            changed: 0,
        };
        let mut steps = executor.fetch_many(self.query::<Any>()?);
        while let Some(step) = steps.try_next().await? {
            match step {
                Either::Left(done) => answer.changed += done.rows_affected(),
                Either::Right(row) => answer.rows.push(row),
            }
        }
        Ok(answer)
    }

    pub async fn fetch_all(
        self,
        executor: impl sqlx::Executor<'_, Database = Any>,
    ) -> Result<Vec<AnyRow>> {
        Ok(self.query::<Any>()?.fetch_all(executor).await?)
    }

    pub(in crate::db) async fn fetch_all_of_sqlite(
        self,
        connection: &mut SqliteConnection,
    ) -> Result<Vec<SqliteRow>> {
        Ok(self.query::<Sqlite>()?.fetch_all(connection).await?)
    }

    pub async fn fetch_optional(
        self,
        executor: impl sqlx::Executor<'_, Database = Any>,
    ) -> Result<Option<AnyRow>> {
        Ok(self.query::<Any>()?.fetch_optional(executor).await?)
    }

    pub async fn fetch_one(
        self,
        executor: impl sqlx::Executor<'_, Database = Any>,
    ) -> Result<AnyRow> {
        Ok(self.query::<Any>()?.fetch_one(executor).await?)
    }

    /// All rows, each as a struct.
    pub async fn fetch_all_as<T: FromRow>(
        self,
        executor: impl sqlx::Executor<'_, Database = Any>,
    ) -> Result<Vec<T>> {
        let rows = self.fetch_all(executor).await?;
        rows.iter().map(T::from_row).collect()
    }

    pub async fn fetch_optional_as<T: FromRow>(
        self,
        executor: impl sqlx::Executor<'_, Database = Any>,
    ) -> Result<Option<T>> {
        let row = self.fetch_optional(executor).await?;
        row.as_ref().map(T::from_row).transpose()
    }

    pub async fn fetch_one_as<T: FromRow>(
        self,
        executor: impl sqlx::Executor<'_, Database = Any>,
    ) -> Result<T> {
        T::from_row(&self.fetch_one(executor).await?)
    }

    /// The values of rows that have one column alone.
    pub async fn fetch_values<T: FromColumn>(
        self,
        executor: impl sqlx::Executor<'_, Database = Any>,
    ) -> Result<Vec<T>> {
        let rows = self.fetch_all(executor).await?;
        rows.iter().map(only).collect()
    }

    pub async fn fetch_optional_value<T: FromColumn>(
        self,
        executor: impl sqlx::Executor<'_, Database = Any>,
    ) -> Result<Option<T>> {
        let row = self.fetch_optional(executor).await?;
        row.as_ref().map(only).transpose()
    }

    pub async fn fetch_value<T: FromColumn>(
        self,
        executor: impl sqlx::Executor<'_, Database = Any>,
    ) -> Result<T> {
        only(&self.fetch_one(executor).await?)
    }

    pub async fn tally(self, executor: impl sqlx::Executor<'_, Database = Any>) -> Result<Tally> {
        Ok(Tally::of(self.tallied().fetch_value(executor).await?))
    }

    /// Number of rows changed.
    pub async fn execute(self, executor: impl sqlx::Executor<'_, Database = Any>) -> Result<u64> {
        Ok(self
            .query::<Any>()?
            .execute(executor)
            .await?
            .rows_affected())
    }
}
