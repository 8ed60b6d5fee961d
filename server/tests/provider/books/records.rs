//! What is in the books.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::cards::Card;

/// How long an authorisation can be captured, in seconds.
const CAPTURE_WITHIN: i64 = 7 * 24 * 60 * 60;

pub type Metadata = BTreeMap<String, String>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionStatus {
    Open,
    Complete,
    Expired,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntentStatus {
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    /// A bank is at it.
    Processing,
    RequiresCapture,
    Succeeded,
    Canceled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capture {
    Automatic,
    Manual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundStatus {
    Pending,
    Succeeded,
    Failed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisputeStatus {
    /// The bank only asks, and takes no money.
    WarningNeedsResponse,
    WarningClosed,
    NeedsResponse,
    /// What was lost is looked at once more.
    AppealNeedsResponse,
    Won,
    Lost,
}

/// What an intent is made of.
#[derive(Debug, Clone)]
pub struct Order {
    pub amount: i64,
    pub currency: String,
    pub capture: Capture,
    pub description: Option<String>,
    pub metadata: Metadata,
}

#[derive(Debug, Clone)]
pub struct Session {
    pub id: String,
    pub status: SessionStatus,
    pub intent: Option<String>,
    pub order: Order,
    pub metadata: Metadata,
    pub client_reference_id: Option<String>,
    pub customer_email: Option<String>,
    pub success_url: String,
    pub cancel_url: Option<String>,
    pub locale: Option<String>,
    pub name: String,
    pub created: i64,
    pub expires_at: i64,
}

#[derive(Debug, Clone)]
pub struct Intent {
    pub id: String,
    pub status: IntentStatus,
    pub order: Order,
    pub card: Option<Card>,
    pub charge: Option<String>,
    pub received: i64,
    /// Code and message of the last try that failed.
    pub last_error: Option<(&'static str, &'static str)>,
    pub session: Option<String>,
    pub created: i64,
}

#[derive(Debug, Clone)]
pub struct Charge {
    pub id: String,
    pub intent: String,
    pub amount: i64,
    pub captured: i64,
    pub is_captured: bool,
    /// Let go of without having been captured.
    pub released: i64,
    pub is_declined: bool,
    pub is_disputed: bool,
    pub card: Card,
    pub created: i64,
}

#[derive(Debug, Clone)]
pub struct Refund {
    pub id: String,
    pub intent: String,
    pub charge: String,
    pub amount: i64,
    pub status: RefundStatus,
    pub reason: Option<String>,
    pub metadata: Metadata,
    pub created: i64,
}

#[derive(Debug, Clone)]
pub struct Dispute {
    pub id: String,
    pub intent: String,
    pub charge: String,
    pub amount: i64,
    pub reason: String,
    pub status: DisputeStatus,
    pub created: i64,
    pub due_by: i64,
}

#[derive(Debug, Clone)]
pub struct Endpoint {
    pub id: String,
    pub url: String,
    pub secret: String,
    /// `*` for all.
    pub events: Vec<String>,
    pub created: i64,
}

#[derive(Debug, Clone)]
pub struct Event {
    pub id: String,
    pub kind: &'static str,
    pub created: i64,
    pub object: Value,
}

/// What a try to pay has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Paid,
    /// The card's owner is asked.
    Asked,
    Declined(&'static str, &'static str),
}

/// What the card's owner says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    Given,
    Refused,
}

impl SessionStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Complete => "complete",
            Self::Expired => "expired",
        }
    }
}

impl IntentStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RequiresPaymentMethod => "requires_payment_method",
            Self::RequiresConfirmation => "requires_confirmation",
            Self::RequiresAction => "requires_action",
            Self::Processing => "processing",
            Self::RequiresCapture => "requires_capture",
            Self::Succeeded => "succeeded",
            Self::Canceled => "canceled",
        }
    }
}

impl Capture {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Automatic => "automatic_async",
            Self::Manual => "manual",
        }
    }
}

impl RefundStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }
}

impl DisputeStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WarningNeedsResponse => "warning_needs_response",
            Self::WarningClosed => "warning_closed",
            Self::NeedsResponse => "needs_response",
            Self::AppealNeedsResponse => "appeal_needs_response",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }
}

impl Charge {
    pub fn capture_before(&self) -> i64 {
        self.created + CAPTURE_WITHIN
    }
}
