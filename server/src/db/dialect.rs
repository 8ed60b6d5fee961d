use crate::error::{Error, Result};

/// What differs between the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// Type of a column of [`Dialect::rows`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Text,
    Int,
}

impl Dialect {
    pub fn of(url: &str) -> Result<Self> {
        if url.starts_with("sqlite:") {
            Ok(Self::Sqlite)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Ok(Self::Postgres)
        } else {
            let scheme = url.split(':').next().unwrap_or_default();
            Err(Error::Setting(format!(
                "DATABASE_URL begins with {scheme:?}; it must be sqlite://FILE or postgres://…"
            )))
        }
    }

    /// Locks the selected rows until the end of the transaction; a SQLite transaction that writes
    /// is alone anyway.
    pub const fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE",
        }
    }

    /// Keeps the selected rows as they are until the end of the transaction, beside others who do.
    pub const fn for_share(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR SHARE",
        }
    }

    /// Gives the statements of this transaction as much time as a request that changes every price
    /// has: what nobody waits for any more does not keep its rows from orders. Where writers are
    /// alone there is no limit.
    pub const fn with_time_for_every_price(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("SET LOCAL statement_timeout = '5min'"),
        }
    }

    /// A statement with one parameter, a name: until the transaction ends nobody else gets past it
    /// with the same name. For what has no row to be locked; not needed where writers are alone.
    pub const fn advisory_lock(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => {
                Some("SELECT CAST(pg_advisory_xact_lock(hashtextextended($1, 0)) AS TEXT) AS turn")
            }
        }
    }

    /// The time of the database's clock while a statement runs, in milliseconds since 1970; not that at which
    /// its transaction began.
    pub const fn time(self) -> &'static str {
        match self {
            Self::Sqlite => "CAST(ROUND(unixepoch('subsec') * 1000) AS INTEGER)",
            Self::Postgres => "CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT)",
        }
    }

    /// Behind [`Dialect::for_update`]: leaves out rows that others have locked.
    pub const fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " SKIP LOCKED",
        }
    }

    /// Behind a table: takes this index, which is of no more than the rows that are meant. SQLite would take one of
    /// a single value for a better one; Postgres knows how many rows each finds.
    pub fn indexed_by(self, index: &str) -> String {
        match self {
            Self::Sqlite => format!(" INDEXED BY {index}"),
            Self::Postgres => String::new(),
        }
    }

    /// A table made from one parameter: a JSON array of objects. Any number of rows goes into a
    /// statement that stays the same, so it is prepared once.
    pub fn rows(self, parameter: usize, columns: &[(&str, Column)]) -> String {
        let list = |column: &dyn Fn(&(&str, Column)) -> String| {
            columns.iter().map(column).collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Sqlite => format!(
                "(SELECT {} FROM json_each(${parameter}))",
                list(&|(name, _)| format!("json_extract(value, '$.{name}') AS {name}"))
            ),
            Self::Postgres => format!(
                "(SELECT * FROM jsonb_to_recordset(CAST(${parameter} AS jsonb)) AS r({}))",
                list(&|(name, kind)| {
                    let kind = match kind {
                        Column::Text => "TEXT",
                        Column::Int => "BIGINT",
                    };
                    format!("{name} {kind}")
                })
            ),
        }
    }

    /// A JSON object with one of its keys set to a text: a parameter or a column.
    pub fn json_with(self, object: &str, key: &str, text: &str) -> String {
        match self {
            Self::Sqlite => format!("json_set({object}, '$.{key}', {text})"),
            Self::Postgres => format!(
                "CAST(jsonb_set(CAST({object} AS jsonb), '{{{key}}}', \
                 to_jsonb(CAST({text} AS TEXT))) AS TEXT)"
            ),
        }
    }

    /// ` IN` the values of one text parameter, a JSON array of strings.
    ///
    /// On Postgres as an array: of a subquery it would guess a hundred values, and rather read a
    /// whole table of carts than look up three of them.
    pub fn in_json_array(self, parameter: usize) -> String {
        match self {
            Self::Sqlite => format!(" IN (SELECT value FROM json_each(${parameter}))"),
            Self::Postgres => format!(
                " = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST(${parameter} AS jsonb))))"
            ),
        }
    }
}
