//! What can go wrong inside, and how little of it is told outside.

use app::error::{ErrorKind, ShopError};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A refusal that the visitor is told of as it is.
    #[error(transparent)]
    Refused(#[from] ShopError),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("migration: {0}")]
    Migration(sqlx::migrate::MigrateError),
    #[error("stored JSON cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    #[error("file: {0}")]
    Io(#[from] std::io::Error),
    /// Something that must hold does not; the text says what.
    #[error("broken invariant: {0}")]
    Invariant(String),
    /// A setting that cannot be right.
    #[error("{0}")]
    Setting(String),
    #[error(transparent)]
    Payment(#[from] crate::checkout::payment::ProviderError),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Whether the database could not be reached at all, or is going away.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Database(
                sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_),
            ) => true,
            // 08: connection, 53: out of resources, 57P: shutting down or starting up.
            Self::Database(sqlx::Error::Database(error)) => error
                .code()
                .is_some_and(|code| ["08", "53", "57P"].iter().any(|c| code.starts_with(c))),
            _ => false,
        }
    }

    /// Whether the same transaction may well succeed if it is tried again.
    pub fn is_transient(&self) -> bool {
        match self {
            // 40001: serialisation, 40P01: deadlock, 5 and 517: SQLite busy.
            Self::Database(sqlx::Error::Database(error)) => error
                .code()
                .is_some_and(|code| ["40001", "40P01", "5", "517"].contains(&code.as_ref())),
            _ => false,
        }
    }

    /// Whether a value was sent that no text or number of the database can hold, such as a NUL
    /// character, which Postgres refuses.
    fn is_bad_data(&self) -> bool {
        match self {
            // Class 22: data exception.
            Self::Database(sqlx::Error::Database(error)) => error
                .code()
                .is_some_and(|code| code.len() == 5 && code.starts_with("22")),
            _ => false,
        }
    }

    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}

impl From<Error> for ShopError {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => refusal,
            error if error.is_unavailable() => {
                tracing::warn!(%error, "the database is out of reach");
                Self::unavailable()
            }
            error if error.is_bad_data() => Self::new(
                ErrorKind::Invalid,
                "Some of what was sent cannot be stored as text.",
            ),
            error if error.is_transient() => {
                tracing::warn!(%error, "gave up after a conflict between transactions");
                Self::new(ErrorKind::Busy, "The shop is very busy. Please try again.")
            }
            error => {
                tracing::error!(%error, "request failed");
                Self::internal()
            }
        }
    }
}
