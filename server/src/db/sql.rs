use std::fmt::Display;

use app::answers::Tally;
use sqlx::{
    Any, AssertSqlSafe, Database, Encode, Sqlite, SqliteConnection, Type, any::AnyRow,
    query::Query, sqlite::SqliteRow,
};

use super::{Dialect, FromRow, Get};
use crate::error::Result;

/// A text for `LIKE … ESCAPE '\'` that finds `text` anywhere in a key.
pub fn containing(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    format!("%{escaped}%")
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Arg {
    Text(String),
    Int(i64),
}

/// A statement put together at run time. Values get in as parameters only.
#[derive(Debug, Clone, Default)]
pub struct Sql {
    text: String,
    args: Vec<Arg>,
}

impl Sql {
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            args: Vec::new(),
        }
    }

    /// Adds our own SQL, never a visitor's text.
    pub fn push(&mut self, sql: impl Display) -> &mut Self {
        self.text.push_str(&sql.to_string());
        self
    }

    /// Adds a parameter and its placeholder.
    pub fn text(&mut self, value: impl Into<String>) -> &mut Self {
        self.args.push(Arg::Text(value.into()));
        self.placeholder()
    }

    pub fn int(&mut self, value: i64) -> &mut Self {
        self.args.push(Arg::Int(value));
        self.placeholder()
    }

    fn placeholder(&mut self) -> &mut Self {
        self.text.push_str(&format!("${}", self.args.len()));
        self
    }

    /// Counts its rows instead, as `n`, no further than a [`Tally`] goes.
    pub fn tallied(mut self) -> Self {
        self.text.insert_str(0, "SELECT COUNT(*) AS n FROM (");
        self.push(" LIMIT ").int(Tally::MOST + 1);
        self.push(") AS counted");
        self
    }

    pub async fn tally(self, executor: impl sqlx::Executor<'_, Database = Any>) -> Result<Tally> {
        let counted = self.tallied().fetch_one(executor).await?;
        Ok(Tally::of(counted.int("n")?))
    }

    /// Number that the next parameter will have.
    pub fn next(&self) -> usize {
        self.args.len() + 1
    }

    /// Binds the one parameter of a statement that already names it `$1`.
    pub fn bind_only(mut self, value: String) -> Self {
        self.args = vec![Arg::Text(value)];
        self
    }

    /// Binds a parameter whose placeholder was written with [`Sql::next`].
    pub fn bind(&mut self, value: impl Into<String>) -> &mut Self {
        self.args.push(Arg::Text(value.into()));
        self
    }

    /// Asks SQLite how it would go about it instead.
    #[cfg(test)]
    pub fn explained(self) -> Self {
        Self {
            text: format!("EXPLAIN QUERY PLAN {}", self.text),
            ..self
        }
    }

    /// Asks the database how it would go about it instead: for tests of plans.
    #[must_use]
    pub fn planned(self, dialect: Dialect) -> Self {
        let explain = match dialect {
            Dialect::Sqlite => "EXPLAIN QUERY PLAN",
            Dialect::Postgres => "EXPLAIN",
        };
        Self {
            text: format!("{explain} {}", self.text),
            ..self
        }
    }

    fn query<DB: Database>(self) -> Query<'static, DB, DB::Arguments>
    where
        String: Encode<'static, DB> + Type<DB>,
        i64: Encode<'static, DB> + Type<DB>,
    {
        // Safe: `push` takes our own text, values are parameters.
        let mut query = sqlx::query::<DB>(AssertSqlSafe(self.text));
        for arg in self.args {
            query = match arg {
                Arg::Text(text) => query.bind(text),
                Arg::Int(int) => query.bind(int),
            };
        }
        query
    }

    pub async fn fetch_all(
        self,
        executor: impl sqlx::Executor<'_, Database = Any>,
    ) -> Result<Vec<AnyRow>> {
        Ok(self.query::<Any>().fetch_all(executor).await?)
    }

    pub(super) async fn fetch_all_of_sqlite(
        self,
        connection: &mut SqliteConnection,
    ) -> Result<Vec<SqliteRow>> {
        Ok(self.query::<Sqlite>().fetch_all(connection).await?)
    }

    pub async fn fetch_optional(
        self,
        executor: impl sqlx::Executor<'_, Database = Any>,
    ) -> Result<Option<AnyRow>> {
        Ok(self.query::<Any>().fetch_optional(executor).await?)
    }

    pub async fn fetch_one(
        self,
        executor: impl sqlx::Executor<'_, Database = Any>,
    ) -> Result<AnyRow> {
        Ok(self.query::<Any>().fetch_one(executor).await?)
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

    /// Number of rows changed.
    pub async fn execute(self, executor: impl sqlx::Executor<'_, Database = Any>) -> Result<u64> {
        Ok(self.query::<Any>().execute(executor).await?.rows_affected())
    }
}
