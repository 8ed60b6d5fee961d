//! Passwords: Argon2id through password-auth.

use std::{num::NonZeroUsize, sync::LazyLock};

use app::{
    account::types::{MAX_PASSWORD, MIN_PASSWORD},
    error::FieldError,
};
use tokio::sync::Semaphore;

use super::turns::in_turn;
use crate::error::Result;

/// Hashing takes 19 MiB and a core each time: no more at once than there are cores.
static HASHING: LazyLock<Semaphore> = LazyLock::new(|| {
    Semaphore::new(std::thread::available_parallelism().map_or(2, NonZeroUsize::get))
});

/// Hash of a password nobody has: checking it takes as long as checking a real one, so the time
/// does not tell whether an account exists.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What is wrong with a password somebody wants to have; `field` is what it is called in the form.
pub fn check(field: &str, password: &str) -> Option<FieldError> {
    let message = if password.chars().count() < MIN_PASSWORD {
        format!("Use at least {MIN_PASSWORD} characters.")
    } else if password.len() > MAX_PASSWORD {
        format!("Use at most {MAX_PASSWORD} characters.")
    } else {
        return None;
    };
    Some(FieldError {
        field: field.to_owned(),
        message,
    })
}

/// Hashing takes tens of milliseconds of a core: it must not hold up other requests.
pub async fn hash(password: String) -> Result<String> {
    apart(move || password_auth::generate_hash(password)).await
}

/// Whether the password is right. Without a hash it takes as long, and is not.
pub async fn matches(password: String, hash: Option<String>) -> Result<bool> {
    if password.len() > MAX_PASSWORD {
        return Ok(false);
    }
    let known = hash.is_some();
    let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
    let right = apart(move || password_auth::verify_password(password, &hash).is_ok()).await?;
    Ok(right && known)
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    in_turn(&HASHING, work).await
}
