//! One order of a batch: what someone wants, and what came of it.

use app::{
    checkout::types::{PaymentChoice, Placed},
    contact::Contact,
    error::ShopError,
    locale::Locale,
    orders::{details::Particulars, types::OrderStatus},
};

use super::refusal::Refusal;
use crate::{
    admission::ticket::Ticket,
    orders::{awaiting::Payer, on_delivery::Buyer},
    payment::Settlement,
};

/// An order that someone wants to place. Ids are made by the caller, so that trying again is harmless.
#[derive(Debug, Clone)]
pub struct Intent {
    pub checkout_key: String,
    /// Hash of the cart's token: which cart that is, is read with the batch.
    pub cart_hash: String,
    /// Of the one who is signed in.
    pub account_id: Option<String>,
    /// What the shopper reads: the order's mails and documents are in it, too.
    pub locale: Locale,
    pub contact: Contact,
    /// Where it comes from, to count by; may be empty.
    pub network: String,
    pub particulars: Particulars,
    pub shipping: String,
    /// Why there is no way to pay, if there is none; a known key is answered all the same.
    pub payment: Result<PaymentChoice, ShopError>,
    pub method: &'static str,
    pub settlement: Settlement,
    pub expected_total_minor: i64,
    /// Under what it was worked out, if the shopper's form tells: see
    /// [`terms`](app::checkout::types::Totals::terms).
    pub terms: Option<String>,
    /// What its lines are to be called in, if that is not what the shop's texts are written in.
    pub names: Option<Locale>,
    /// Tickets of waiting rooms that its shopper may use.
    pub tickets: Vec<Ticket>,
    pub order_id: String,
    pub number: String,
    pub token: String,
}

impl Intent {
    pub fn buyer(&self) -> Buyer {
        Buyer::new(self.account_id.as_deref(), &self.contact.email)
    }

    pub fn payer(&self) -> Payer {
        Payer::new(self.account_id.as_deref(), &self.contact.email)
    }
}

/// An order that is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExistingOrder {
    pub id: String,
    pub number: String,
    pub token: String,
    /// What it was placed in; `None` if that is no language of ours any more.
    pub locale: Option<Locale>,
    pub total_minor: i64,
    pub status: OrderStatus,
    pub was_declined: bool,
    pub payment_method: String,
    pub payment_token: String,
}

impl ExistingOrder {
    pub fn placed(self) -> Placed {
        Placed {
            order_number: self.number,
            token: self.token,
            total_minor: self.total_minor,
            status: self.status,
            pay_at: None,
            pay_after: None,
        }
    }

    /// The same where the shopper goes on to pay at `url`.
    pub fn payable_at(self, url: String) -> Placed {
        Placed {
            pay_at: Some(url),
            ..self.placed()
        }
    }

    /// The same where the provider is out of reach for so many seconds.
    pub fn payable_after(self, seconds: u32) -> Placed {
        Placed {
            pay_after: Some(seconds),
            ..self.placed()
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The order of this key, new or from before.
    Placed(ExistingOrder),
    Refused(Refusal),
}
