//! How many links strangers may ask for. Each node counts by itself.

use std::time::Duration;

use app::{
    error::{ErrorKind, ShopError},
    locale::locale,
    waiting_list::text::Text,
};

use crate::quotas::Quotas;

pub struct Limits {
    clients: Quotas,
    mailboxes: Quotas,
}

impl Limits {
    pub fn new() -> Self {
        Self {
            clients: Quotas::at_once(30, Duration::from_secs(10)),
            mailboxes: Quotas::at_once(5, Duration::from_secs(10 * 60)),
        }
    }

    /// Before a link is promised: 30 from one network and one more each ten seconds; 5 to one mailbox and one more every
    /// ten minutes.
    pub fn ask(&self, client: &str, mailbox: &str) -> Result<(), ShopError> {
        match self.clients.take(client) && self.mailboxes.take(mailbox) {
            true => Ok(()),
            false => Err(ShopError::new(
                ErrorKind::TooManyRequests,
                Text::from(locale()).too_many_asked(),
            )),
        }
    }
}
