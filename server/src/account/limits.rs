//! How often a client may try, and how often strangers may try at one account.
//!
//! What counts for an account as a whole holds only for clients from where it was never signed in,
//! or anybody could lock its owner out. The owner in a new place gets past it with a mailed link.
//! Each node counts by itself.

use std::{num::NonZeroU32, time::Duration};

use app::{
    error::{ErrorKind, ShopError},
    locale::locale,
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::text::Text;

const fn times(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).expect("more than none")
}

/// Tries of one client in all, and of one client at one thing.
struct Limit {
    of_client: DefaultKeyedRateLimiter<String>,
    of_both: DefaultKeyedRateLimiter<String>,
}

impl Limit {
    fn per_minute(of_client: NonZeroU32, of_both: NonZeroU32) -> Self {
        Self {
            of_client: RateLimiter::keyed(Quota::per_minute(of_client)),
            of_both: RateLimiter::keyed(Quota::per_minute(of_both)),
        }
    }

    fn check(&self, client: &str, what: &str) -> Result<(), ShopError> {
        let too_many = self.of_client.check_key(&client.to_owned()).is_err()
            || self.of_both.check_key(&format!("{client} {what}")).is_err();
        if too_many {
            return Err(refused(Text::from(locale()).too_many_attempts()));
        }
        Ok(())
    }

    fn run_maintenance(&self) {
        self.of_client.retain_recent();
        self.of_both.retain_recent();
    }
}

pub struct Limits {
    sign_in: Limit,
    strangers: DefaultKeyedRateLimiter<String>,
    mails: Limit,
    passwords: DefaultKeyedRateLimiter<String>,
    codes: DefaultKeyedRateLimiter<String>,
    codes_of_strangers: DefaultKeyedRateLimiter<String>,
}

/// Wrong codes one after the other.
const CODES: NonZeroU32 = times(10);

/// Three of a million codes are good at a time: who tries one in this many minutes needs years.
fn one_more_each(minutes: u64) -> Quota {
    Quota::with_period(Duration::from_secs(60 * minutes))
        .unwrap_or(Quota::per_hour(times(1)))
        .allow_burst(CODES)
}

impl Limits {
    pub fn new() -> Self {
        Self {
            sign_in: Limit::per_minute(times(60), times(10)),
            strangers: RateLimiter::keyed(Quota::per_hour(times(60))),
            mails: Limit::per_minute(times(20), times(3)),
            passwords: RateLimiter::keyed(Quota::per_minute(times(10))),
            codes: RateLimiter::keyed(one_more_each(5)),
            codes_of_strangers: RateLimiter::keyed(one_more_each(10)),
        }
    }

    /// Before a password is looked at: 10 a minute for one account, 60 for all.
    pub fn sign_in(&self, client: &str, email: &str) -> Result<(), ShopError> {
        self.sign_in.check(client, email)
    }

    /// The same for clients from where this account was never signed in: 60 tries for all of them
    /// together, and one more each minute.
    pub fn stranger(&self, email: &str) -> Result<(), ShopError> {
        let tried = self.strangers.check_key(&email.to_owned());
        tried.map_err(|_| refused(Text::from(locale()).too_many_with_address()))
    }

    /// Before a mail is promised: 3 a minute to one address, 20 to all.
    pub fn mail(&self, client: &str, email: &str) -> Result<(), ShopError> {
        self.mails.check(client, email)
    }

    /// Before someone who is signed in has a password looked at, 10 a minute: who took over a
    /// session is not to guess it. Signing in is not touched by this. The same before a password is
    /// judged that someone with a one-time link wants to have: that costs as much as hashing.
    pub fn password(&self, what: &str) -> Result<(), ShopError> {
        let tried = self.passwords.check_key(&what.to_owned());
        tried.map_err(|_| refused(Text::from(locale()).too_many_attempts()))
    }

    /// Before a code of the account's second factor is looked at: 10 tries of one client, and one
    /// more every five minutes.
    pub fn code(&self, client: &str, account_id: &str) -> Result<(), ShopError> {
        let key = format!("{client} {account_id}");
        self.codes.check_key(&key).map_err(|_| too_many_codes())
    }

    /// The same for clients from where the account was never signed in, whose password they know: 10
    /// tries for all of them together, and one more every ten minutes.
    pub fn code_of_stranger(&self, account_id: &str) -> Result<(), ShopError> {
        let tried = self.codes_of_strangers.check_key(&account_id.to_owned());
        tried.map_err(|_| too_many_codes())
    }

    /// Forgets clients that have not tried for a while.
    pub fn run_maintenance(&self) {
        self.sign_in.run_maintenance();
        self.strangers.retain_recent();
        self.mails.run_maintenance();
        self.passwords.retain_recent();
        self.codes.retain_recent();
        self.codes_of_strangers.retain_recent();
    }
}

fn refused(words: &str) -> ShopError {
    ShopError::new(ErrorKind::TooManyRequests, words)
}

fn too_many_codes() -> ShopError {
    refused(Text::from(locale()).too_many_codes())
}
