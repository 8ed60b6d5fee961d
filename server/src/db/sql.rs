//! Statements that are put together while the server runs. [`run`] runs them.

mod run;

use std::fmt::Display;

use app::answers::Tally;
pub use run::Answer;

use super::{
    Dialect,
    given::{Cells, Given, Rows, Texts, What, one_row},
};
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
pub(super) enum Arg {
    Text(String),
    Int(i64),
}

/// A statement on SQLite's own connection.
pub(super) struct Steps {
    pub text: String,
    pub args: Vec<Arg>,
    /// It is run for each of these, whose cells are parameters behind the others; without them, once.
    pub rows: Option<Rows>,
}

/// A parameter of a statement on the pipelined connection.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Parameter {
    Text(String),
    Int(i64),
    Array(Cells),
}

/// A statement put together at run time. Values get in as parameters only.
#[derive(Debug, Clone, Default)]
pub struct Sql {
    text: String,
    args: Vec<Arg>,
    /// In the order of the text. Their parameters come after all others.
    given: Vec<Given>,
}

impl Sql {
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
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

    /// Inserts these rows.
    pub fn insert(dialect: Dialect, table: &str, rows: Rows) -> Self {
        let names = rows.names();
        let mut sql = Self::new(&format!("INSERT INTO {table} ({names}) "));
        sql.give(dialect, What::Inserted(rows));
        sql
    }

    /// Adds a table of these rows.
    pub fn given(&mut self, dialect: Dialect, rows: Rows) -> &mut Self {
        self.give(dialect, What::Rows(rows))
    }

    /// Compares the column before it with these names: it has to be one of them.
    pub fn among<T: AsRef<str>>(
        &mut self,
        dialect: Dialect,
        names: impl IntoIterator<Item = T>,
    ) -> &mut Self {
        let names: Texts = names.into_iter().collect();
        self.give(dialect, What::Among(names))
    }

    /// The same where there is mostly one name: that one is looked up by itself.
    pub fn one_or_among(&mut self, dialect: Dialect, names: &[&str]) -> &mut Self {
        match names {
            [name] => self.push(" = ").text(*name),
            names => self.among(dialect, names),
        }
    }

    /// Says again that a column is one of these names, which a join with given rows says already. Postgres looks rows up by
    /// that, and not by the join. SQLite looks them up by the join; told this, it would look at all given rows once for each.
    pub fn and_among<T: AsRef<str>>(
        &mut self,
        dialect: Dialect,
        column: &str,
        names: impl IntoIterator<Item = T>,
    ) -> &mut Self {
        match dialect {
            Dialect::Sqlite => self,
            Dialect::Postgres => self.push(" AND ").push(column).among(dialect, names),
        }
    }

    /// What these names stand for, looked up by the one in a column; on Postgres alone.
    ///
    /// A join with given rows does the same, and a statement that is planned once for any number of them expects ten: if it
    /// also expects that hardly a row of its table is to be changed, it compares each with each. SQLite begins with what
    /// it is given.
    pub fn named<N: AsRef<str>, T: AsRef<str>>(
        &mut self,
        names: impl IntoIterator<Item = N>,
        meant: impl IntoIterator<Item = T>,
        column: &str,
    ) -> &mut Self {
        let what = What::Named {
            names: names.into_iter().collect(),
            meant: meant.into_iter().collect(),
        };
        self.give(Dialect::Postgres, what)
            .push(" ->> ")
            .push(column)
    }

    fn give(&mut self, dialect: Dialect, what: What) -> &mut Self {
        self.given.push(Given {
            at: self.text.len(),
            dialect,
            what,
        });
        self
    }

    /// Text and parameters for sqlx's `Any` driver.
    fn with_json(self) -> Result<(String, Vec<Arg>)> {
        let Self {
            mut text,
            mut args,
            given,
        } = self;
        // From behind, so that what is before stays where it is.
        for given in given.iter().rev() {
            let (sql, json) = given.json(args.len() + 1)?;
            text.insert_str(given.at, &sql);
            args.push(Arg::Text(json));
        }
        Ok((text, args))
    }

    /// What SQLite's own connection runs. A row by itself goes straight into its table: as JSON, it would be
    /// taken apart once for every column.
    pub(super) fn in_steps(self) -> Result<Steps> {
        let Self {
            mut text,
            mut args,
            given,
        } = self;
        let inserted = |given: &&Given| matches!(given.what, What::Inserted(_));
        let others = given.len() - given.iter().filter(inserted).count();
        let behind = args.len() + others + 1;
        let mut rows = None;
        for given in given.into_iter().rev() {
            let at = given.at;
            match given.what {
                What::Inserted(inserted) => {
                    debug_assert!(rows.is_none(), "a statement inserts once");
                    text.insert_str(at, &one_row(behind, &inserted));
                    rows = Some(inserted);
                }
                What::Rows(_) | What::Among(_) | What::Named { .. } => {
                    let (sql, json) = given.json(args.len() + 1)?;
                    text.insert_str(at, &sql);
                    args.push(Arg::Text(json));
                }
            }
        }
        Ok(Steps { text, args, rows })
    }

    /// Text and parameters for the pipelined connection.
    pub(super) fn with_arrays(self) -> (String, Vec<Parameter>) {
        let Self {
            mut text,
            args,
            given,
        } = self;
        let mut parameters: Vec<Parameter> = args
            .into_iter()
            .map(|arg| match arg {
                Arg::Text(text) => Parameter::Text(text),
                Arg::Int(int) => Parameter::Int(int),
            })
            .collect();
        for given in given.into_iter().rev() {
            let at = given.at;
            let (sql, arrays) = given.into_arrays(parameters.len() + 1);
            text.insert_str(at, &sql);
            parameters.extend(arrays.into_iter().map(Parameter::Array));
        }
        (text, parameters)
    }

    /// Counts its rows instead, as `n`, no further than a [`Tally`] goes.
    pub fn tallied(mut self) -> Self {
        self = self.behind("SELECT COUNT(*) AS n FROM (");
        self.push(" LIMIT ").int(Tally::MOST + 1);
        self.push(") AS counted");
        self
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

    /// Asks the database how it would go about it instead: for tests of plans.
    #[must_use]
    pub fn planned(self, dialect: Dialect) -> Self {
        let explain = match dialect {
            Dialect::Sqlite => "EXPLAIN QUERY PLAN ",
            Dialect::Postgres => "EXPLAIN ",
        };
        self.behind(explain)
    }

    fn behind(mut self, words: &str) -> Self {
        self.text.insert_str(0, words);
        for given in &mut self.given {
            given.at += words.len();
        }
        self
    }
}
