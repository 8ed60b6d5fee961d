//! Paying: what the shop asks of a payment provider, and the providers there are.

pub mod bank_transfer;
pub mod cash;
pub mod events;
mod hosted;
pub mod methods;
pub mod port;
pub mod reach;
pub mod stripe;
mod test_card;
pub mod told;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/payment_text.rs"));
}

use std::sync::Arc;

use app::{
    checkout::types::{PaymentChoice, PaymentOffer},
    error::ShopError,
    locale::locale,
};
use async_trait::async_trait;

pub use bank_transfer::BankTransfer;
pub use cash::CashOnDelivery;
pub use hosted::Hosted;
use port::{Dispute, Money, PATIENCE, Provider, RefundFault, RefundMade, Unfit};
pub use test_card::{ChargeStatus, TestCard, test_card_was_used};
use text::Text;
use tokio::time::timeout;
use told::Told;

use crate::error::Error;
pub use crate::error::{Hindrance, ProviderError};

/// What became of an attempt to charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Charge {
    /// The money is there.
    Captured {
        reference: String,
    },
    /// It will be paid when the parcel is handed over.
    Due,
    /// The shopper has not paid yet, and still may.
    Awaited,
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
    /// As much as one buyer gets was bought with this card before.
    SameCard,
}

impl Decline {
    /// For the shopper, in the language of the request at hand.
    pub fn words(self) -> &'static str {
        let text = Text::from(locale());
        match self {
            Self::Card => text.card_declined(),
            Self::Abandoned => text.payment_abandoned(),
            Self::NotCharged => text.not_charged(),
            Self::SameCard => text.card_limit(),
        }
    }
}

/// What became of money that is to go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refunded {
    /// The provider has taken it over. It has not arrived, and may still fail.
    Pending,
    /// The provider has sent it.
    Sent,
    /// Someone has to pay it back: the provider cannot.
    ByHand,
    /// The same, against what was expected: the provider has refused, or it did not arrive.
    Failed(RefundFault),
}

/// What became of money that is set aside and to be let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Released {
    Released,
    /// It was taken before.
    Captured,
    /// There was none.
    Nothing,
}

/// When an order counts as paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// Nothing has to be asked of anybody: the order is good as soon as it is written.
    OnDelivery,
    /// A charge has to succeed first.
    Online,
    /// The shopper sends the money by themselves, within some days.
    Transfer,
}

/// How a provider goes about an order that is to be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// It is charged at once.
    Charge,
    /// The shopper pays at this address of the provider's.
    Page { url: String },
    /// The shopper knows how to pay, and the money comes by itself or not at all.
    Awaited,
}

/// An order that is to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToPay<'a> {
    pub order_id: &'a str,
    /// Where the shopper comes back to after paying, an absolute address.
    pub return_url: &'a str,
    /// Where the shopper comes back to without paying, an absolute address.
    pub cancel_url: &'a str,
    /// How long an order holds its units, in milliseconds.
    pub hold_ms: i64,
}

/// A payment provider, as orders know it. Every call is named by the order's id, the idempotency
/// key: repeating a call does not repeat its effect. Providers with pages of their own are behind
/// [`Hosted`], which knows what they call the order.
#[async_trait]
pub trait PaymentProvider: Send + Sync {
    /// As in forms and in the database.
    fn method(&self) -> &'static str;

    fn settlement(&self) -> Settlement;

    /// How the payment step shows it to someone who pays in a currency, in the language of the
    /// request at hand; `None` if it does not take it.
    fn offer(&self, currency: &str) -> Option<PaymentOffer>;

    /// Whether an order of this total can be paid in this way by someone in this country.
    fn fits(&self, _total: &Money, _country: &str) -> Result<(), Unfit> {
        Ok(())
    }

    /// The provider whose events come to `/hooks/{method}`, if it sends any.
    fn provider(&self) -> Option<&dyn Provider> {
        None
    }

    /// Starts paying for an order that waits for it, or goes on with what was started.
    async fn begin(&self, _order: ToPay<'_>) -> Result<Start, ProviderError> {
        Ok(Start::Charge)
    }

    /// Turns what was typed into something that may be stored, named in the language of the request
    /// at hand. `kept` is the choice made before.
    fn choose(
        &self,
        card_number: &str,
        kept: Option<&PaymentChoice>,
    ) -> Result<PaymentChoice, ShopError>;

    /// Takes the money: of a card, or what the shopper set aside on the provider's page. An order
    /// that does not hold its units any more is never charged.
    async fn charge(
        &self,
        order_id: &str,
        amount_minor: i64,
        token: &str,
    ) -> Result<Charge, ProviderError>;

    /// The same of what the shopper set aside, of an order whose payment was read a moment ago.
    async fn take(&self, told: &Told) -> Result<Charge, ProviderError> {
        self.charge(&told.order_id, told.total_minor, "").await
    }

    /// Makes sure that the order is not charged any more. If it has been charged already, that
    /// stays and is returned.
    async fn abandon(&self, order_id: &str) -> Result<Option<Charge>, ProviderError>;

    /// Makes sure that nothing is set aside or paid by an attempt that another has taken the place of.
    async fn end_earlier(&self, _order_id: &str, _attempt: u32) -> Result<(), ProviderError> {
        Ok(())
    }

    /// Lets go of what is set aside for an order that goes on waiting for its payment, if it is written down that this
    /// is wanted: its next attempt begins again. What was taken stays.
    async fn release(&self, _order_id: &str) -> Result<Released, ProviderError> {
        Ok(Released::Nothing)
    }

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

    /// What became of a refund that was sent. Changes nothing; `None` if there is nothing to ask.
    async fn refund_sent(
        &self,
        _order_id: &str,
        _refund_id: &str,
    ) -> Result<Option<Refunded>, ProviderError> {
        Ok(None)
    }

    /// Sends back what was taken for an order and is not what it costs, as far as it is not back. Repeated, it sends
    /// nothing twice.
    async fn return_other_sums(&self, _order_id: &str) -> Result<(), ProviderError> {
        Ok(())
    }

    /// All refunds of what was charged, those included that were made at the provider itself. Changes nothing.
    async fn refunds_made(&self, _order_id: &str) -> Result<Vec<RefundMade>, ProviderError> {
        Ok(Vec::new())
    }

    /// What banks ask back of what was charged, the oldest first. Changes nothing.
    async fn disputes(&self, _order_id: &str) -> Result<Vec<Dispute>, ProviderError> {
        Ok(Vec::new())
    }
}

/// The providers of this shop.
#[derive(Clone)]
pub struct Payments {
    offered: Vec<Arc<dyn PaymentProvider>>,
    /// Not offered any more: they settle and refund the orders they have.
    retired: Vec<Arc<dyn PaymentProvider>>,
}

impl Payments {
    pub fn new(
        offered: Vec<Arc<dyn PaymentProvider>>,
        retired: Vec<Arc<dyn PaymentProvider>>,
    ) -> Self {
        Self { offered, retired }
    }

    /// The ways to pay there are.
    pub fn offered(&self) -> impl Iterator<Item = &Arc<dyn PaymentProvider>> {
        self.offered.iter()
    }

    /// The provider of an order, offered or not.
    pub fn by_method(&self, method: &str) -> Option<&Arc<dyn PaymentProvider>> {
        let mut all = self.offered.iter().chain(&self.retired);
        all.find(|provider| provider.method() == method)
    }

    /// The provider that a form names, for a new order.
    pub fn of_form(&self, method: &str) -> Result<&Arc<dyn PaymentProvider>, ShopError> {
        self.offered
            .iter()
            .find(|provider| provider.method() == method)
            .ok_or_else(not_offered)
    }

    /// Waits for what someone has asked of an order's provider, and no longer than people do. What was begun then is
    /// found by the next look: each step is safe to break off and to repeat.
    pub async fn patiently<T>(
        &self,
        method: &str,
        asked: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let provider = self.by_method(method);
        let provider = provider.and_then(|provider| provider.provider());
        let patience = provider.map_or(PATIENCE, Provider::patience);
        let answer = timeout(patience, asked).await;
        answer.unwrap_or_else(|_| Err(took_too_long().into()))
    }

    /// The providers that keep books of their own.
    pub fn with_books(&self) -> Vec<&dyn Provider> {
        let all = self.offered.iter().chain(&self.retired);
        all.filter_map(|provider| provider.provider()).collect()
    }

    /// Where forms of the shop may lead besides the shop itself.
    pub fn page_origins(&self) -> Vec<String> {
        let all = self.offered.iter().chain(&self.retired);
        all.filter_map(|provider| provider.provider()?.page_origin())
            .map(str::to_owned)
            .collect()
    }
}

/// Of what nobody waits for any longer: it may be done all the same.
pub fn took_too_long() -> ProviderError {
    ProviderError::Interrupted("it took too long".to_owned())
}

/// For the shopper, in the language of the request at hand.
pub fn not_offered() -> ShopError {
    ShopError::field("payment", Text::from(locale()).choose_payment())
}

/// For who has as many orders that wait for a bank transfer as one may have.
pub fn too_many_transfers(most: i64) -> ShopError {
    ShopError::field("payment", too_many_transfers_words(most))
}

pub fn too_many_transfers_words(most: i64) -> String {
    Text::from(locale()).transfers_too_many_open(most)
}

/// For the shopper of an order that its provider does not take.
pub fn unfit(reason: Unfit) -> ShopError {
    ShopError::field("payment", unfit_words(reason))
}

pub fn unfit_words(reason: Unfit) -> &'static str {
    let text = Text::from(locale());
    match reason {
        Unfit::TooLow => text.total_too_low(),
        Unfit::TooHigh => text.total_too_high(),
        Unfit::Step => text.total_not_exact(),
        Unfit::Country => text.not_in_country(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_that_is_not_offered_any_more_still_has_its_provider() {
        let payments = Payments::new(Vec::new(), vec![Arc::new(CashOnDelivery)]);
        assert!(payments.of_form("cash_on_delivery").is_err());
        assert!(payments.by_method("cash_on_delivery").is_some());
        assert_eq!(payments.offered().count(), 0);
        assert!(payments.by_method("stripe").is_none());
    }
}
