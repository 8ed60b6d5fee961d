//! What tokio-postgres says went wrong, in the words of sqlx: everything else tells errors apart by those.

use std::{borrow::Cow, error::Error as StdError, fmt, io};

use sqlx::error::{DatabaseError, ErrorKind};
use tokio_postgres::{Error as Driver, error::DbError};

use crate::error::Error;

/// What a server says that takes no connection yet.
const STARTING: &str = "57P03";

/// What the server said.
#[derive(Debug)]
struct Said(DbError);

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Said {}

impl DatabaseError for Said {
    fn message(&self) -> &str {
        self.0.message()
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self.0.code().code()))
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

    fn constraint(&self) -> Option<&str> {
        self.0.constraint()
    }

    fn table(&self) -> Option<&str> {
        self.0.table()
    }

    fn kind(&self) -> ErrorKind {
        match self.0.code().code() {
            "23505" => ErrorKind::UniqueViolation,
            "23503" => ErrorKind::ForeignKeyViolation,
            "23502" => ErrorKind::NotNullViolation,
            "23514" => ErrorKind::CheckViolation,
            _ => ErrorKind::Other,
        }
    }
}

/// The same as sqlx would have said it. A connection that broke off is one that is not there, whether or not
/// what was sent last came through.
pub(super) fn error(error: Driver) -> Error {
    if error.is_closed() {
        let gone = io::Error::new(io::ErrorKind::ConnectionAborted, error);
        return Error::Database(sqlx::Error::Io(gone));
    }
    let told = error.to_string();
    let Some(cause) = error.into_source() else {
        return Error::Database(sqlx::Error::Protocol(told));
    };
    let cause = match cause.downcast::<DbError>() {
        Ok(said) => return Error::Database(sqlx::Error::Database(Box::new(Said(*said)))),
        Err(cause) => cause,
    };
    Error::Database(match cause.downcast::<io::Error>() {
        Ok(error) => sqlx::Error::Io(*error),
        // Of the handshake, the password and the protocol.
        Err(cause) => sqlx::Error::Protocol(format!("{told}: {cause}")),
    })
}

/// Whether a server that could not be reached may be there in a moment: it is starting, or about to.
pub(super) fn may_come(error: &Error) -> bool {
    match error {
        Error::Database(sqlx::Error::Io(error)) => error.kind() == io::ErrorKind::ConnectionRefused,
        Error::Database(sqlx::Error::Database(error)) => error.code().as_deref() == Some(STARTING),
        _ => false,
    }
}
