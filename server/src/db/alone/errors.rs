//! What SQLite says went wrong, in the words of sqlx: everything else tells errors apart by those.

use std::{borrow::Cow, error::Error as StdError, ffi::c_int, fmt};

use rusqlite::ffi;
use sqlx::error::{DatabaseError, ErrorKind};

use crate::error::Error;

/// What SQLite said.
#[derive(Debug)]
struct Said {
    /// Extended: <https://sqlite.org/rescode.html>.
    code: c_int,
    message: String,
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "(code: {}) {}", self.code, self.message)
    }
}

impl StdError for Said {}

impl DatabaseError for Said {
    fn message(&self) -> &str {
        &self.message
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Owned(self.code.to_string()))
    }

    fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn StdError + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn StdError + Send + Sync + 'static> {
        self
    }

    fn kind(&self) -> ErrorKind {
        match self.code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
                ErrorKind::UniqueViolation
            }
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ErrorKind::ForeignKeyViolation,
            ffi::SQLITE_CONSTRAINT_NOTNULL => ErrorKind::NotNullViolation,
            ffi::SQLITE_CONSTRAINT_CHECK => ErrorKind::CheckViolation,
            _ => ErrorKind::Other,
        }
    }
}

/// The same as sqlx would have said it.
pub(super) fn error(error: rusqlite::Error) -> Error {
    match error {
        rusqlite::Error::SqliteFailure(code, message) => {
            let said = Said {
                code: code.extended_code,
                message: message.unwrap_or_else(|| code.to_string()),
            };
            Error::Database(sqlx::Error::Database(Box::new(said)))
        }
        // How it is used is wrong: no other try will do better.
        other => Error::Invariant(format!("a statement cannot be run: {other}")),
    }
}
