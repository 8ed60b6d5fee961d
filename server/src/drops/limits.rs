//! How many reminders and codes strangers may ask for. Each node counts by itself.

use std::{num::NonZeroU32, time::Duration};

use app::error::{ErrorKind, ShopError};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::said;
use crate::text::mailbox;

/// Clients and mailboxes that are remembered before those are forgotten that have asked for nothing for a
/// while.
const REMEMBERED: usize = 10_000;

pub struct Limits {
    clients: DefaultKeyedRateLimiter<String>,
    mailboxes: DefaultKeyedRateLimiter<String>,
}

/// So many at once, and one more each so many seconds.
fn at_once(burst: u32, seconds: u64) -> Quota {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(Duration::from_secs(seconds))
        .unwrap_or(Quota::per_hour(NonZeroU32::MIN))
        .allow_burst(burst)
}

impl Limits {
    pub fn new() -> Self {
        Self {
            clients: RateLimiter::keyed(at_once(30, 10)),
            mailboxes: RateLimiter::keyed(at_once(5, 10 * 60)),
        }
    }

    /// Before a mail is promised: 30 from one network and one more each ten seconds, which is enough for an
    /// office; 5 to one mailbox and one more every ten minutes.
    pub fn reminder(&self, client: &str, email: &str) -> Result<(), ShopError> {
        forget_some(&self.clients);
        forget_some(&self.mailboxes);
        let is_allowed = self.clients.check_key(&client.to_owned()).is_ok()
            && self.mailboxes.check_key(&mailbox(email)).is_ok();
        match is_allowed {
            true => Ok(()),
            false => Err(ShopError::new(
                ErrorKind::TooManyRequests,
                said().too_many_reminders(),
            )),
        }
    }
}

/// How many codes of waiting rooms strangers may ask for, and try.
pub struct RoomLimits {
    clients: DefaultKeyedRateLimiter<String>,
    mailboxes: DefaultKeyedRateLimiter<String>,
    tries_of_clients: DefaultKeyedRateLimiter<String>,
    tries_of_mailboxes: DefaultKeyedRateLimiter<String>,
}

impl RoomLimits {
    pub fn new() -> Self {
        Self {
            clients: RateLimiter::keyed(at_once(100, 2)),
            mailboxes: RateLimiter::keyed(at_once(4, 5 * 60)),
            tries_of_clients: RateLimiter::keyed(at_once(200, 2)),
            tries_of_mailboxes: RateLimiter::keyed(at_once(8, 2 * 60)),
        }
    }

    /// Before a code is mailed: 100 from one network and one more each two seconds, which is enough for people behind
    /// one address before a start; 4 to one mailbox and one more every five minutes.
    pub fn send_code(&self, client: &str, mailbox: &str) -> Result<(), ShopError> {
        Self::pass(&self.clients, client, &self.mailboxes, mailbox)
    }

    /// Before an account gets a place: those that it takes on one device after the other are all counted.
    pub fn take_place(&self, client: &str, mailbox: &str) -> Result<(), ShopError> {
        self.try_code(client, mailbox)
    }

    /// Before a code is compared: of a million, 8 can be tried and one more every two minutes.
    pub fn try_code(&self, client: &str, mailbox: &str) -> Result<(), ShopError> {
        Self::pass(
            &self.tries_of_clients,
            client,
            &self.tries_of_mailboxes,
            mailbox,
        )
    }

    fn pass(
        clients: &DefaultKeyedRateLimiter<String>,
        client: &str,
        mailboxes: &DefaultKeyedRateLimiter<String>,
        mailbox: &str,
    ) -> Result<(), ShopError> {
        forget_some(clients);
        forget_some(mailboxes);
        let is_allowed = clients.check_key(&client.to_owned()).is_ok()
            && mailboxes.check_key(&mailbox.to_owned()).is_ok();
        match is_allowed {
            true => Ok(()),
            false => Err(ShopError::new(
                ErrorKind::TooManyRequests,
                said().too_many_codes(),
            )),
        }
    }
}

fn forget_some(limiter: &DefaultKeyedRateLimiter<String>) {
    if limiter.len() > REMEMBERED {
        limiter.retain_recent();
    }
}
