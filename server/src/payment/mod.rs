//! Paying: what the shop asks of a payment provider, and the providers there are.

pub mod bank_transfer;
mod cash;
pub mod port;
pub mod stripe;
mod test_card;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/payment_text.rs"));
}

use std::sync::Arc;

use app::{checkout::types::PaymentChoice, error::ShopError, locale::locale};
use async_trait::async_trait;

pub use cash::CashOnDelivery;
pub use test_card::{ChargeStatus, TestCard};
use text::Text;

pub use crate::error::ProviderError;

/// What became of an attempt to charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Charge {
    /// The money is there.
    Captured {
        reference: String,
    },
    /// It will be paid when the parcel is handed over.
    Due,
    Declined {
        reason: Decline,
    },
}

/// Why a provider refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decline {
    /// The bank does not pay.
    Card,
    /// The payment was given up before.
    Abandoned,
    /// Nothing was charged that could be taken in.
    NotCharged,
}

impl Decline {
    /// For the shopper, in the language of the request at hand.
    pub fn words(self) -> &'static str {
        let text = Text::from(locale());
        match self {
            Self::Card => text.card_declined(),
            Self::Abandoned => text.payment_abandoned(),
            Self::NotCharged => text.not_charged(),
        }
    }
}

/// What became of money that is to go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refunded {
    /// The provider sends it.
    Sent,
    /// Somebody has to pay it back: the provider cannot.
    ByHand,
}

/// When an order counts as paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// Nothing has to be asked of anybody: the order is good as soon as it is written.
    OnDelivery,
    /// A charge has to succeed first.
    Online,
}

/// A payment provider. Every call is named by the order's id, the idempotency key: repeating a
/// call does not repeat its effect.
#[async_trait]
pub trait PaymentProvider: Send + Sync {
    /// As in forms and in the database.
    fn method(&self) -> &'static str;

    fn settlement(&self) -> Settlement;

    /// Turns what was typed into something that may be stored, named in the language of the request
    /// at hand. `kept` is the choice made before.
    fn choose(
        &self,
        card_number: &str,
        kept: Option<&PaymentChoice>,
    ) -> Result<PaymentChoice, ShopError>;

    async fn charge(
        &self,
        order_id: &str,
        amount_minor: i64,
        token: &str,
    ) -> Result<Charge, ProviderError>;

    /// Makes sure that the order is not charged any more. If it has been charged already, that
    /// stands and is returned.
    async fn abandon(&self, order_id: &str) -> Result<Option<Charge>, ProviderError>;

    /// Takes in what is due on delivery: `amount_minor` was handed over.
    async fn capture(&self, order_id: &str, amount_minor: i64) -> Result<Charge, ProviderError>;

    /// Gives back `amount_minor` of what was charged for the order. Besides the order's id this is
    /// named by the refund's: repeating a refund does not repeat its effect, and all refunds of an
    /// order together are never more than what it was charged.
    async fn refund(
        &self,
        order_id: &str,
        refund_id: &str,
        amount_minor: i64,
    ) -> Result<Refunded, ProviderError>;
}

/// The providers of this shop.
#[derive(Clone)]
pub struct Payments(Vec<Arc<dyn PaymentProvider>>);

impl Payments {
    pub fn new(providers: Vec<Arc<dyn PaymentProvider>>) -> Self {
        Self(providers)
    }

    /// The ways to pay there are.
    pub fn methods(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|provider| provider.method())
    }

    pub fn by_method(&self, method: &str) -> Option<&Arc<dyn PaymentProvider>> {
        self.0.iter().find(|provider| provider.method() == method)
    }

    pub fn of_form(&self, method: &str) -> Result<&Arc<dyn PaymentProvider>, ShopError> {
        self.by_method(method)
            .ok_or_else(|| ShopError::field("payment", Text::from(locale()).choose_payment()))
    }
}
