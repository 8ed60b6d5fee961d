//! How many messages strangers may send through the contact form. Each node counts by itself.

use std::{num::NonZeroU32, time::Duration};

use app::error::{ErrorKind, ShopError};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::said;
use crate::text::email_key;

/// Clients and mailboxes that are remembered before those are forgotten that have sent nothing for a
/// while.
const REMEMBERED: usize = 10_000;

pub struct Limits {
    clients: DefaultKeyedRateLimiter<String>,
    mailboxes: DefaultKeyedRateLimiter<String>,
    all: DefaultDirectRateLimiter,
}

/// So many at once, and one more each so many minutes.
fn at_once(burst: u32, minutes: u64) -> Quota {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(Duration::from_secs(60 * minutes))
        .unwrap_or(Quota::per_hour(NonZeroU32::MIN))
        .allow_burst(burst)
}

impl Limits {
    pub fn new() -> Self {
        Self {
            clients: RateLimiter::keyed(at_once(10, 1)),
            mailboxes: RateLimiter::keyed(at_once(3, 10)),
            all: RateLimiter::direct(at_once(200, 1)),
        }
    }

    /// Before a message is taken: 10 from one network and one more a minute, 3 from one mailbox and
    /// one more every ten minutes, 200 from all and one more a minute.
    pub fn message(&self, client: &str, email: &str) -> Result<(), ShopError> {
        forget_some(&self.clients);
        forget_some(&self.mailboxes);
        let is_allowed = self.clients.check_key(&client.to_owned()).is_ok()
            && self.mailboxes.check_key(&email_key(email)).is_ok()
            && self.all.check().is_ok();
        match is_allowed {
            true => Ok(()),
            false => Err(ShopError::new(
                ErrorKind::TooManyRequests,
                said().too_many_messages(),
            )),
        }
    }
}

fn forget_some(limiter: &DefaultKeyedRateLimiter<String>) {
    if limiter.len() > REMEMBERED {
        limiter.retain_recent();
    }
}
