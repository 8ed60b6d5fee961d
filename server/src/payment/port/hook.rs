//! What providers tell by themselves.

pub use app::orders::payment::DisputeState;

use super::{AttemptId, Money};

/// One event of a provider's. It may come late, twice, out of order or never, so it only says what
/// to look at; what is so now is asked of the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The provider's id of the event: the same one takes effect once.
    pub id: String,
    /// The provider's word for what happened, such as `checkout.session.completed`.
    pub kind: String,
    /// In milliseconds since 1970.
    pub created_at: i64,
    pub about: About,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    Payment {
        reference: String,
        /// If the event names it.
        attempt: Option<AttemptId>,
    },
    /// A refund of a payment.
    Refund {
        reference: String,
    },
    Dispute(Dispute),
    /// Nothing that this shop acts on. It is kept all the same.
    Other,
}

/// A payment that its payer wants back through the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    pub id: String,
    /// Of the payment.
    pub reference: String,
    pub amount: Money,
    /// The provider's word, such as `product_not_received`.
    pub reason: String,
    pub state: DisputeState,
    /// Until when the owner may answer, in milliseconds since 1970.
    pub answer_until: Option<i64>,
    /// Where staff answers it.
    pub link: String,
}

/// Why nothing is taken from what was sent to `/hooks/{provider}`. All are answered 400, and nothing
/// is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HookError {
    #[error("no hooks are expected from this provider")]
    NotExpected,
    #[error("the signature is missing, malformed or wrong")]
    Signature,
    #[error("the signature is from another time")]
    Time,
    #[error("it is of live mode and the key is a test key, or the other way round")]
    Mode,
    #[error("it is not an event")]
    Malformed,
}
