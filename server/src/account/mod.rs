//! Accounts, sessions and the making of the first admin.

pub mod store;

use std::{
    num::{NonZeroU32, NonZeroUsize},
    sync::Arc,
};

use app::{
    account::types::{Account, MAX_PASSWORD, MIN_PASSWORD, Role},
    checkout::types::is_email,
    error::{ErrorKind, FieldError, ShopError},
    ports::{Accounts, ShopResult},
};
use async_trait::async_trait;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::Semaphore;

use crate::{clock::Clock, db::Db, error::Result};

/// Wrong passwords per minute that one client may send for one account.
const TRIES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// Sign-ins per minute that one client may try in all.
const TRIES_OF_CLIENT: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// Longest e-mail address there can be, in bytes (RFC 5321).
const MAX_EMAIL: usize = 254;

pub struct AccountService {
    db: Db,
    clock: Arc<dyn Clock>,
    /// By client and account together: nobody can lock the owner out from elsewhere.
    tries: DefaultKeyedRateLimiter<String>,
    /// By client alone: nobody goes through many accounts.
    tries_of_client: DefaultKeyedRateLimiter<String>,
    /// Hashing takes 19 MiB and a core each time: no more at once than there are cores.
    hashing: Arc<Semaphore>,
}

impl AccountService {
    pub fn new(db: Db, clock: Arc<dyn Clock>) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, NonZeroUsize::get);
        Self {
            db,
            clock,
            tries: RateLimiter::keyed(Quota::per_minute(TRIES_PER_MINUTE)),
            tries_of_client: RateLimiter::keyed(Quota::per_minute(TRIES_OF_CLIENT)),
            hashing: Arc::new(Semaphore::new(cores)),
        }
    }

    /// Forgets clients that have not tried for a while.
    pub fn tidy(&self) {
        self.tries.retain_recent();
        self.tries_of_client.retain_recent();
    }

    async fn open_session(&self, account: Account) -> ShopResult<(String, Account)> {
        let token = store::open_session(&self.db, self.clock.now(), &account.id).await?;
        Ok((token, account))
    }
}

fn wrong_sign_in() -> ShopError {
    ShopError::new(
        ErrorKind::SignInFailed,
        "The e-mail address or the password is not right.",
    )
}

/// Checks what a new account is to be made of.
pub fn check_new(email: &str, password: &str) -> ShopResult<()> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: String| {
        errors.push(FieldError {
            field: field.to_owned(),
            message,
        });
    };
    if !is_email(email) {
        wrong(
            "email",
            "Enter an e-mail address, such as name@example.com.".to_owned(),
        );
    }
    if password.chars().count() < MIN_PASSWORD {
        wrong(
            "password",
            format!("Use at least {MIN_PASSWORD} characters."),
        );
    } else if password.len() > MAX_PASSWORD {
        wrong(
            "password",
            format!("Use at most {MAX_PASSWORD} characters."),
        );
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ShopError::fields(errors))
    }
}

/// Hashing takes tens of milliseconds of a core: it must not hold up other requests.
pub async fn hash_password(password: String) -> Result<String> {
    tokio::task::spawn_blocking(move || password_auth::generate_hash(password))
        .await
        .map_err(|error| crate::error::Error::Invariant(format!("hashing broke off: {error}")))
}

async fn password_matches(password: String, hash: String) -> Result<bool> {
    tokio::task::spawn_blocking(move || password_auth::verify_password(password, &hash).is_ok())
        .await
        .map_err(|error| crate::error::Error::Invariant(format!("hashing broke off: {error}")))
}

/// Hash of a password nobody has: checking it takes as long as checking a real one, so the time
/// does not tell whether an account exists.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[async_trait]
impl Accounts for AccountService {
    async fn sign_in(
        &self,
        client: &str,
        email: &str,
        password: &str,
    ) -> ShopResult<(String, Account)> {
        let email = email.trim().to_lowercase();
        if email.len() > MAX_EMAIL || password.len() > MAX_PASSWORD {
            return Err(wrong_sign_in());
        }
        let too_many = self.tries_of_client.check_key(&client.to_owned()).is_err()
            || self.tries.check_key(&format!("{client} {email}")).is_err();
        if too_many {
            return Err(ShopError::new(
                ErrorKind::TooManyRequests,
                "Too many tries. Please wait a minute.",
            ));
        }
        let found = store::by_email(&self.db, &email).await?;
        let hash = found.as_ref().map_or(NOBODY, |(_, hash)| hash).to_owned();
        let _turn = self.hashing.acquire().await;
        let matches = password_matches(password.to_owned(), hash).await?;
        match found {
            Some((account, _)) if matches => self.open_session(account).await,
            _ => Err(wrong_sign_in()),
        }
    }

    async fn sign_out(&self, session: &str) -> ShopResult<()> {
        Ok(store::close_session(&self.db, session).await?)
    }

    async fn setup_is_open(&self, token: &str) -> ShopResult<bool> {
        Ok(store::setup_is_open(&self.db, self.clock.now(), token).await?)
    }

    async fn set_up(
        &self,
        token: &str,
        email: &str,
        password: &str,
    ) -> ShopResult<(String, Account)> {
        let now = self.clock.now();
        let email = email.trim().to_lowercase();
        if !store::setup_is_open(&self.db, now, token).await? {
            return Err(ShopError::not_found());
        }
        check_new(&email, password)?;
        let hash = hash_password(password.to_owned()).await?;
        let account = store::set_up(&self.db, now, token, &email, &hash)
            .await?
            .ok_or_else(ShopError::not_found)?;
        self.open_session(account).await
    }
}

/// Makes an account with a role; for the command line.
pub async fn create(
    db: &Db,
    clock: &dyn Clock,
    email: &str,
    password: &str,
    role: Role,
) -> ShopResult<Account> {
    let email = email.trim().to_lowercase();
    check_new(&email, password)?;
    let hash = hash_password(password.to_owned()).await?;
    let mut tx = db.begin().await?;
    let account = store::insert(&mut tx, clock.now(), &email, &hash, role).await?;
    tx.commit().await.map_err(crate::error::Error::from)?;
    Ok(account)
}
