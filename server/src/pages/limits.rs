//! How many messages strangers may send through the contact form. Each node counts by itself.

use std::{num::NonZeroU32, time::Duration};

use app::error::{ErrorKind, ShopError};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

use super::said;
use crate::{quotas::Quotas, text::email_key};

const MINUTE: Duration = Duration::from_secs(60);
/// Of all, at once.
const OF_ALL: NonZeroU32 = NonZeroU32::new(200).expect("more than none");

pub struct Limits {
    clients: Quotas,
    mailboxes: Quotas,
    all: DefaultDirectRateLimiter,
}

impl Limits {
    pub fn new() -> Self {
        Self {
            clients: Quotas::at_once(10, MINUTE),
            mailboxes: Quotas::at_once(3, 10 * MINUTE),
            all: RateLimiter::direct(Quota::per_minute(NonZeroU32::MIN).allow_burst(OF_ALL)),
        }
    }

    /// Before a message is taken: 10 from one network and one more a minute, 3 from one mailbox and
    /// one more every ten minutes, 200 from all and one more a minute.
    pub fn message(&self, client: &str, email: &str) -> Result<(), ShopError> {
        let is_allowed = self.clients.take(client)
            && self.mailboxes.take(&email_key(email))
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
