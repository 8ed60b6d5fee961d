//! What can go wrong inside, and how little of it is told outside.

use std::{borrow::Cow, time::Duration};

use app::{
    error::{ErrorKind, ShopError},
    faults::text::Text,
    locale::locale,
};
use desk::admin::jobs::told::JobText;
use sqlx::error::DatabaseError;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A refusal that the visitor is told of as it is.
    #[error(transparent)]
    Refused(#[from] ShopError),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("migration: {0}")]
    Migration(sqlx::migrate::MigrateError),
    /// The database was migrated by a newer server than this one.
    #[error(
        "the database has schema version {found}, but this server knows versions up to {known} only: \
         start the newer server, or restore the backup from before the upgrade. Nothing was changed"
    )]
    NewerSchema { found: i64, known: i64 },
    #[error("stored JSON cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    #[error("file: {0}")]
    Io(#[from] std::io::Error),
    /// Too much is asked for at once: another try may well succeed.
    #[error("too much at once")]
    Busy,
    /// Told of work that failed because the database was away, which is in the log already.
    #[error("the database was out of reach")]
    Unavailable,
    /// Something that must hold does not; the text says what.
    #[error("broken invariant: {0}")]
    Invariant(String),
    /// A setting that cannot be right.
    #[error("{0}")]
    Setting(String),
    #[error(transparent)]
    Payment(#[from] ProviderError),
    /// Work in the background that does not go on, with what its page says.
    #[error("{0}")]
    Stopped(JobText),
}

/// Why a payment provider did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It may have done it all the same: ask what became of it before anything else is tried.
    #[error("the payment provider failed: {0}")]
    Interrupted(String),
    /// The card or its bank refuses. The text is for the shopper.
    #[error("the payment was declined: {reason}")]
    Declined { reason: String },
    /// Nothing was done: there were too many requests.
    #[error("the payment provider takes no more requests for now")]
    RateLimited { retry_after: Option<Duration> },
    /// Nothing was done: it is down, or out of reach.
    #[error("the payment provider is out of reach: {0}")]
    Unavailable(String),
    /// Nothing was done, and nothing will be before someone changes a setting.
    #[error("the payment provider is not set up right: {0}")]
    Misconfigured(String),
    /// Nothing was done: something prevents it for now.
    #[error("the payment provider refuses for now: {words}")]
    NotNow { hindrance: Hindrance, words: String },
    /// Nothing was done: it cannot be done, or not any more. `code` is the provider's word for why.
    #[error("the payment provider refuses ({code}): {message}")]
    Refused { code: String, message: String },
}

impl ProviderError {
    /// In how many seconds it may go better, for who waits for it.
    pub fn retry_after(&self) -> u32 {
        match self {
            Self::RateLimited {
                retry_after: Some(wait),
            } => u32::try_from(wait.as_secs().max(1)).unwrap_or(u32::MAX),
            Self::RateLimited { retry_after: None }
            | Self::Interrupted(_)
            | Self::Declined { .. }
            | Self::Unavailable(_)
            | Self::Misconfigured(_)
            | Self::NotNow { .. }
            | Self::Refused { .. } => 60,
        }
    }

    /// The same where something was done before, or may have been: "nothing was done" would not be the whole story.
    #[must_use]
    pub fn after_effect(self) -> Self {
        match self {
            error @ (Self::RateLimited { .. } | Self::Unavailable(_) | Self::Misconfigured(_)) => {
                Self::Interrupted(format!("something may be done already; then: {error}"))
            }
            error @ (Self::Interrupted(_)
            | Self::Declined { .. }
            | Self::NotNow { .. }
            | Self::Refused { .. }) => error,
        }
    }
}

/// What prevents something for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// A bank has the money.
    Disputed,
    Other,
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// SQLite's primary result codes that concern the machine and not the statement: out of memory,
/// read-only, disk error, disk full, cannot open. They end a transaction by themselves.
const SQLITE_BROKEN: [i32; 5] = [7, 8, 10, 13, 14];
/// Busy and locked.
const SQLITE_BUSY: [i32; 2] = [5, 6];
const SQLITE_INTERRUPT: i32 = 9;

/// Postgres' codes of a database that is not there for us: 08 connection, 53 out of resources (disk
/// and memory among them), 57P shutting down or starting up, 58 errors of the machine, 25006 a standby
/// that only reads, 25P03 a transaction that was left standing for too long.
const POSTGRES_UNAVAILABLE: [&str; 6] = ["08", "53", "57P", "58", "25006", "25P03"];

impl Error {
    /// Whether the database could not be reached at all, cannot write, or is going away.
    pub fn is_unavailable(&self) -> bool {
        use sqlx::Error as Sqlx;
        match self {
            // A connection that breaks while it is opened, in whatever phase, is one that is not there.
            Self::Database(
                Sqlx::PoolTimedOut
                | Sqlx::PoolClosed
                | Sqlx::WorkerCrashed
                | Sqlx::Io(_)
                | Sqlx::Tls(_)
                | Sqlx::Protocol(_),
            ) => true,
            Self::Database(Sqlx::Database(error)) => match Code::of(&**error) {
                Some(Code::Sqlite(code)) => SQLITE_BROKEN.contains(&code),
                Some(Code::Postgres(code)) => {
                    POSTGRES_UNAVAILABLE.iter().any(|c| code.starts_with(c))
                }
                None => false,
            },
            _ => false,
        }
    }

    /// Whether the same transaction may well succeed if it is tried again.
    pub fn is_transient(&self) -> bool {
        match self.code() {
            Some(Code::Sqlite(code)) => SQLITE_BUSY.contains(&code),
            // Serialisation, deadlock.
            Some(Code::Postgres(code)) => ["40001", "40P01"].contains(&&*code),
            None => false,
        }
    }

    /// Whether a statement was ended because it took too long, or waited too long for a row.
    pub fn is_timeout(&self) -> bool {
        match self.code() {
            Some(Code::Sqlite(code)) => code == SQLITE_INTERRUPT,
            // Lock not available, query cancelled.
            Some(Code::Postgres(code)) => ["55P03", "57014"].contains(&&*code),
            None => false,
        }
    }

    /// Whether the database had no room for all that a transaction wanted at once, most likely locks: one that wants
    /// less may succeed.
    pub fn is_too_much(&self) -> bool {
        matches!(self.code(), Some(Code::Postgres(code)) if code == "53200")
    }

    /// See [`ProviderError::after_effect`].
    #[must_use]
    pub fn after_effect(self) -> Self {
        match self {
            Self::Payment(error) => Self::Payment(error.after_effect()),
            error => error,
        }
    }

    fn code(&self) -> Option<Code<'_>> {
        match self {
            Self::Database(sqlx::Error::Database(error)) => Code::of(&**error),
            _ => None,
        }
    }

    /// Whether a value was sent that no text or number of the database can hold, such as a NUL
    /// character, which Postgres refuses.
    fn is_bad_data(&self) -> bool {
        // Class 22: data exception.
        matches!(self.code(), Some(Code::Postgres(code)) if code.starts_with("22"))
    }

    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}

/// What a database calls an error.
enum Code<'a> {
    /// The primary result code, which is the low byte: <https://sqlite.org/rescode.html>.
    Sqlite(i32),
    /// Five letters and digits: SQLSTATE.
    Postgres(Cow<'a, str>),
}

impl<'a> Code<'a> {
    fn of(error: &'a dyn DatabaseError) -> Option<Self> {
        let code = error.code()?;
        if code.len() == 5 {
            return Some(Self::Postgres(code));
        }
        let code: i32 = code.parse().ok()?;
        Some(Self::Sqlite(code & 0xff))
    }
}

/// For who asked the provider for something by hand.
impl From<ProviderError> for ShopError {
    fn from(error: ProviderError) -> Self {
        tracing::warn!(%error, "a payment provider did not do what someone asked for");
        let text = Text::from(locale());
        let seconds = error.retry_after();
        match error {
            ProviderError::Interrupted(_) => Self::of(ErrorKind::PaymentUnclear),
            ProviderError::Unavailable(_) => Self::of(ErrorKind::PaymentAway),
            ProviderError::RateLimited { .. } => {
                let words = text.payment_limited(seconds.div_ceil(60).into());
                Self::new(ErrorKind::PaymentAway, words).after(seconds)
            }
            ProviderError::Misconfigured(_) => {
                Self::new(ErrorKind::PaymentAway, text.payment_not_set_up())
            }
            ProviderError::NotNow { words, .. } => {
                Self::new(ErrorKind::Conflict, text.payment_not_now(&words))
            }
            ProviderError::Declined { reason: words }
            | ProviderError::Refused { message: words, .. } => {
                Self::new(ErrorKind::Conflict, text.payment_refused(&words))
            }
        }
    }
}

impl From<Error> for ShopError {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => refusal,
            Error::Busy => Self::of(ErrorKind::Busy),
            Error::Unavailable => Self::unavailable(),
            Error::Payment(error) => error.into(),
            Error::Stopped(told) => Self::new(ErrorKind::Conflict, told.words(locale())),
            error if error.is_unavailable() => {
                tracing::warn!(%error, "the database is out of reach");
                Self::unavailable()
            }
            error if error.is_bad_data() => Self::of(ErrorKind::Invalid),
            error if error.is_transient() || error.is_timeout() => {
                tracing::warn!(%error, "gave up after a conflict between transactions");
                Self::of(ErrorKind::Busy)
            }
            error => {
                tracing::error!(%error, "request failed");
                Self::internal()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a driver says of a statement.
    #[derive(Debug)]
    struct Coded(&'static str);

    impl std::fmt::Display for Coded {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.0)
        }
    }

    impl std::error::Error for Coded {}

    impl DatabaseError for Coded {
        fn message(&self) -> &str {
            self.0
        }

        fn code(&self) -> Option<Cow<'_, str>> {
            Some(Cow::Borrowed(self.0))
        }

        fn as_error(&self) -> &(dyn std::error::Error + Send + Sync + 'static) {
            self
        }

        fn as_error_mut(&mut self) -> &mut (dyn std::error::Error + Send + Sync + 'static) {
            self
        }

        fn into_error(self: Box<Self>) -> Box<dyn std::error::Error + Send + Sync + 'static> {
            self
        }

        fn kind(&self) -> sqlx::error::ErrorKind {
            sqlx::error::ErrorKind::Other
        }
    }

    fn told(error: sqlx::Error) -> ErrorKind {
        ShopError::from(Error::from(error)).kind
    }

    fn told_of(code: &'static str) -> ErrorKind {
        told(sqlx::Error::Database(Box::new(Coded(code))))
    }

    #[test]
    fn a_connection_that_breaks_in_any_phase_is_a_database_that_is_away() {
        for error in [
            sqlx::Error::Protocol("unexpected response from SSLRequest: 0x00".to_owned()),
            sqlx::Error::Tls("the handshake was cut off".into()),
            sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into()),
            sqlx::Error::PoolTimedOut,
            sqlx::Error::WorkerCrashed,
        ] {
            let words = error.to_string();
            assert_eq!(told(error), ErrorKind::Unavailable, "{words}");
        }
    }

    #[test]
    fn a_database_that_cannot_serve_is_told_from_one_that_is_busy_and_from_a_fault_of_ours() {
        let away = [
            "08006", "25006", "25P03", "53100", "53200", "53300", "57P01", "57P02", "57P03",
            "58030",
            // SQLite: no memory, read-only, disk error and two of its kinds, full, cannot open.
            "7", "8", "10", "778", "4874", "13", "14",
        ];
        for code in away {
            assert_eq!(told_of(code), ErrorKind::Unavailable, "{code}");
        }
        // SQLite: busy, locked, busy with a snapshot, interrupted.
        for code in ["40001", "40P01", "55P03", "57014", "5", "6", "517", "9"] {
            assert_eq!(told_of(code), ErrorKind::Busy, "{code}");
        }
        assert_eq!(told_of("22021"), ErrorKind::Invalid);
        let is_too_much = |code: &'static str| {
            Error::Database(sqlx::Error::Database(Box::new(Coded(code)))).is_too_much()
        };
        assert!(is_too_much("53200") && !is_too_much("53100"));
        for code in ["23505", "42P01", "2067", "1", "19"] {
            assert_eq!(told_of(code), ErrorKind::Internal, "{code}");
        }
    }
}
