//! How many links strangers may ask for. Each node counts by itself.

use std::{num::NonZeroU32, time::Duration};

use app::{
    error::{ErrorKind, ShopError},
    locale::locale,
    waiting_list::text::Text,
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Clients and mailboxes that are remembered before those are forgotten that have asked for nothing for a while.
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

    /// Before a link is promised: 30 from one network and one more each ten seconds; 5 to one mailbox and one more every
    /// ten minutes.
    pub fn ask(&self, client: &str, mailbox: &str) -> Result<(), ShopError> {
        forget_some(&self.clients);
        forget_some(&self.mailboxes);
        let is_allowed = self.clients.check_key(&client.to_owned()).is_ok()
            && self.mailboxes.check_key(&mailbox.to_owned()).is_ok();
        match is_allowed {
            true => Ok(()),
            false => Err(ShopError::new(
                ErrorKind::TooManyRequests,
                Text::from(locale()).too_many_asked(),
            )),
        }
    }
}

fn forget_some(limiter: &DefaultKeyedRateLimiter<String>) {
    if limiter.len() > REMEMBERED {
        limiter.retain_recent();
    }
}
