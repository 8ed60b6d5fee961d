//! What the shop asks of a payment provider, and what it is told.
//!
//! The order is placed with its units before anything is asked. Money is authorised while the order
//! holds them and captured only then; an authorisation whose order ended is voided. Each call may
//! be made again after a failure: none takes effect twice. All amounts are in the shop's minor units
//! (ISO 4217); an implementation turns them into the provider's with [`Units`].

mod choice;
mod hook;
mod units;

use std::time::Duration;

use async_trait::async_trait;

pub use crate::error::ProviderError;
pub use choice::{Choice, Countries, Unfit};
pub use hook::{About, Dispute, DisputeState, HookError, Notice};
pub use units::{Units, UnitsError};

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// In minor units of ISO 4217: cents for EUR, yen for JPY, fils for KWD.
    pub minor: i64,
    /// ISO 4217, in capital letters.
    pub currency: String,
}

/// Which attempt to pay which order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AttemptId {
    pub order_id: String,
    /// 1 for the first.
    pub attempt: u32,
}

/// An attempt to pay an order that is placed with its units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub id: AttemptId,
    /// `HF-7K3MQ-9Q2XA`, for people.
    pub order_number: String,
    pub total: Money,
    pub email: String,
    /// Where the shopper comes back to after paying, an absolute address.
    pub return_url: String,
    /// Where the shopper comes back to without paying, an absolute address.
    pub cancel_url: String,
    /// When the attempt was written down, in milliseconds since 1970. A repeat tells the same.
    pub began_at: i64,
    /// Until when the order holds its units, in milliseconds since 1970.
    pub until: i64,
    /// The shopper's language, such as `de`; the provider's page falls back to the browser's.
    pub locale: Option<String>,
}

/// What became of the start of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// It is decided already.
    Settled(Box<Payment>),
    /// The shopper pays on a page of the provider's, which is there until `until` (milliseconds
    /// since 1970). That may be later than the order's hold: void the attempt when the hold ends.
    Redirect {
        reference: String,
        url: String,
        until: i64,
    },
    /// The shopper is told how to pay, and the money comes by itself or not at all.
    Awaited { reference: String },
}

/// The state of an attempt at the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaymentState {
    /// The shopper has not paid, and still may.
    Open,
    /// The provider or the shopper's bank is at it; nothing can be done but to look again.
    Processing,
    /// The money is set aside: it can be captured or voided.
    Authorised,
    /// The money was taken.
    Captured,
    /// Given up before anything was taken: nothing can be paid or captured any more.
    Voided,
}

/// A sum, and what is under way to be added to it. In minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    pub minor: i64,
    pub pending_minor: i64,
}

/// What was paid with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// `Visa ending 4242`, for people.
    pub label: String,
    /// The same for the same card or account, no matter who pays with it.
    pub fingerprint: Option<String>,
}

/// All that a provider tells of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The provider's name for the attempt. Any of the calls takes it.
    pub reference: String,
    /// The provider's name for the money, once there is any. Any of the calls takes it, too, and
    /// some answer faster than with the other.
    pub payment_id: Option<String>,
    /// `None` if the payment is not this shop's.
    pub attempt: Option<AttemptId>,
    pub state: PaymentState,
    pub currency: String,
    /// Set aside and not captured yet.
    pub authorised: Sum,
    pub captured: Sum,
    pub refunded: Sum,
    pub instrument: Option<Instrument>,
    /// Why the last try of the shopper's failed, in words for the shopper.
    pub declined: Option<String>,
    /// The provider's name for that try: the next one that fails has another. Those before it are told by
    /// [`Provider::declines`].
    pub declined_try: Option<String>,
    /// Until when an authorisation can be captured, in milliseconds since 1970.
    pub capture_until: Option<i64>,
    /// Where staff sees the payment at the provider.
    pub link: Option<String>,
    /// In milliseconds since 1970.
    pub created_at: i64,
}

/// A try of the shopper's to pay that was declined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclinedTry {
    /// The provider's name for it.
    pub provider_id: String,
    /// The same for the same card; none if the provider does not tell.
    pub card: Option<String>,
}

/// Money that is to go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRequest {
    /// The attempt's reference, or the payment's.
    pub reference: String,
    /// The shop's id of the refund. Two requests with one id send the money once, however long
    /// after the first the second is made.
    pub refund_id: String,
    pub amount: Money,
}

/// What became of money that is to go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundState {
    /// It is on its way, and may still fail.
    Pending {
        provider_id: String,
    },
    Sent {
        provider_id: String,
    },
    /// It did not arrive. The money is the shop's again, and someone has to send it another way.
    Failed {
        provider_id: String,
        fault: RefundFault,
    },
    /// The provider cannot send it: someone has to.
    ByHand,
}

/// Why money that was to go back did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundFault {
    pub cause: FaultCause,
    /// In the provider's words.
    pub reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultCause {
    /// A bank has taken the money meanwhile.
    Dispute,
    Other,
}

/// A refund of a payment, no matter who has made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundMade {
    pub provider_id: String,
    /// The shop's id of it, unless it was made elsewhere.
    pub refund_id: Option<String>,
    pub amount_minor: i64,
    pub state: RefundState,
    /// In milliseconds since 1970.
    pub created_at: i64,
}

/// How long someone is kept waiting by a provider that hangs. Two such waits and all else are to be over before their
/// request is given up, which would tell them nothing.
pub const PATIENCE: Duration = Duration::from_secs(12);

/// A payment provider.
#[async_trait]
pub trait Provider: Send + Sync {
    /// As in forms, in the database and in `/hooks/{name}`.
    fn name(&self) -> &'static str;

    /// How the payment step shows this provider to someone who pays in a currency; `None` if the
    /// provider does not take it.
    fn choice(&self, currency: &str) -> Option<Choice>;

    /// Where a form of the shop may lead, besides the shop: an origin such as
    /// `https://checkout.stripe.com`, for the security policy of its pages.
    fn page_origin(&self) -> Option<&str>;

    /// How long someone waits for what is asked of it.
    fn patience(&self) -> Duration {
        PATIENCE
    }

    /// Where staff sees a payment at the provider, by the provider's name of the money.
    fn link(&self, _payment_id: &str) -> Option<String> {
        None
    }

    /// Starts an attempt. Repeated with the same id, it answers the same while the provider
    /// remembers it.
    async fn begin(&self, attempt: &Attempt) -> Result<Begun, ProviderError>;

    /// The state of an attempt. Changes nothing.
    async fn look(&self, reference: &str) -> Result<Payment, ProviderError>;

    /// All tries of an attempt that were declined, the oldest first: several may have come between two looks. Later
    /// there are more of them, never others. Changes nothing.
    async fn declines(&self, reference: &str) -> Result<Vec<DeclinedTry>, ProviderError>;

    /// Takes `amount` of what is authorised, and lets go of the rest. What was captured or voided
    /// before stays as it is: the answer tells which.
    async fn capture(&self, reference: &str, amount: &Money) -> Result<Payment, ProviderError>;

    /// Makes sure that nothing is taken any more. What was captured before stays: the answer tells.
    async fn void(&self, reference: &str) -> Result<Payment, ProviderError>;

    /// [`ProviderError::Refused`] means that it is never sent; what may be sent later fails otherwise.
    async fn refund(&self, refund: &RefundRequest) -> Result<RefundState, ProviderError>;

    /// The state of a refund that was sent of a payment, by the shop's id of it: some fail weeks later.
    /// Changes nothing; `None` if there is no such refund.
    async fn refund_sent(
        &self,
        reference: &str,
        refund_id: &str,
    ) -> Result<Option<RefundState>, ProviderError>;

    /// All refunds of a payment in this currency, the oldest first: some are made at the provider itself.
    async fn refunds(
        &self,
        reference: &str,
        currency: &str,
    ) -> Result<Vec<RefundMade>, ProviderError>;

    /// All payments that began at `since` (milliseconds since 1970) or later.
    async fn list(&self, since: i64) -> Result<Vec<Payment>, ProviderError>;

    /// The state of a dispute: the notice of it may be old.
    async fn dispute(&self, id: &str) -> Result<Dispute, ProviderError>;

    /// All disputes of a payment, the oldest first: the notice of one may be lost.
    async fn disputes(&self, reference: &str) -> Result<Vec<Dispute>, ProviderError>;

    /// All disputes that began at `since` (milliseconds since 1970) or later, the oldest first.
    async fn disputes_since(&self, since: i64) -> Result<Vec<Dispute>, ProviderError>;

    /// Whether what begins with these headers at `now` may be the provider's. All that is refused here is refused by
    /// [`Provider::read_hook`], too, once its body has come.
    fn may_be_hook(&self, _headers: &http::HeaderMap, _now: i64) -> Result<(), HookError> {
        Ok(())
    }

    /// Reads what the provider sent to `/hooks/{name}` at `now`, after checking that it did.
    fn read_hook(
        &self,
        headers: &http::HeaderMap,
        body: &[u8],
        now: i64,
    ) -> Result<Notice, HookError>;
}
