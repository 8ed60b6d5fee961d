//! The key by which the shop knows its tickets again.

use app::tickets::Tickets;

use super::ticket::{Bound, Key, Ticket, read_all};
use crate::{
    db::Db,
    error::Result,
    facts::{Fact, SecretKey},
    text::mailbox,
};

/// The same on all nodes; a node reads it once.
pub struct TicketKey(SecretKey);

impl Default for TicketKey {
    fn default() -> Self {
        Self(SecretKey::of(Fact::TicketKey))
    }
}

/// Tickets for an order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ForOrder {
    /// Those that this customer may use.
    pub theirs: Vec<Ticket>,
    /// Those that are bound to other mailboxes.
    pub of_others: Vec<Ticket>,
}

impl TicketKey {
    pub async fn get(&self, db: &Db) -> Result<Key> {
        Key::of(self.0.get(db).await?)
    }

    /// What the shop has signed of what is shown.
    pub async fn read(&self, db: &Db, tickets: &Tickets) -> Result<Vec<Ticket>> {
        match &tickets.signed {
            Some(signed) => Ok(read_all(&self.get(db).await?, signed)),
            None => Ok(Vec::new()),
        }
    }

    /// The same for an order with this address: a ticket that is bound is for its mailbox, whether the order or the
    /// account has it.
    pub async fn for_order(&self, db: &Db, tickets: &Tickets, email: &str) -> Result<ForOrder> {
        let Some(signed) = &tickets.signed else {
            return Ok(ForOrder::default());
        };
        let key = self.get(db).await?;
        let account = tickets.account.as_ref();
        let emails = [Some(email), account.map(|account| account.email.as_str())];
        let mailboxes: Vec<String> = emails.into_iter().flatten().map(mailbox).collect();
        let (theirs, of_others) = read_all(&key, signed).into_iter().partition(|ticket| {
            ticket.bound == Bound::Nobody
                || mailboxes
                    .iter()
                    .any(|mailbox| key.ticket_of(&ticket.drop_id, mailbox) == ticket.id)
        });
        Ok(ForOrder { theirs, of_others })
    }
}
