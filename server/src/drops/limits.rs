//! How many reminders and codes strangers may ask for. Each node counts by itself.

use std::time::Duration;

use app::error::{ErrorKind, ShopError};

use super::said;
use crate::{quotas::Quotas, text::mailbox};

pub struct Limits {
    clients: Quotas,
    mailboxes: Quotas,
}

/// So many at once, and one more each so many seconds.
fn at_once(burst: u32, seconds: u64) -> Quotas {
    Quotas::at_once(burst, Duration::from_secs(seconds))
}

impl Limits {
    pub fn new() -> Self {
        Self {
            clients: at_once(30, 10),
            mailboxes: at_once(5, 10 * 60),
        }
    }

    /// Before a mail is promised: 30 from one network and one more each ten seconds, which is enough for an
    /// office; 5 to one mailbox and one more every ten minutes.
    pub fn reminder(&self, client: &str, email: &str) -> Result<(), ShopError> {
        match self.clients.take(client) && self.mailboxes.take(&mailbox(email)) {
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
    clients: Quotas,
    mailboxes: Quotas,
    tries_of_clients: Quotas,
    tries_of_mailboxes: Quotas,
}

impl RoomLimits {
    pub fn new() -> Self {
        Self {
            clients: at_once(100, 2),
            mailboxes: at_once(4, 5 * 60),
            tries_of_clients: at_once(200, 2),
            tries_of_mailboxes: at_once(8, 2 * 60),
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
        clients: &Quotas,
        client: &str,
        mailboxes: &Quotas,
        mailbox: &str,
    ) -> Result<(), ShopError> {
        match clients.take(client) && mailboxes.take(mailbox) {
            true => Ok(()),
            false => Err(ShopError::new(
                ErrorKind::TooManyRequests,
                said().too_many_codes(),
            )),
        }
    }
}
