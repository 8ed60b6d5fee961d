//! Stripe's objects, as far as the shop reads them. Fields that the shop does not know are ignored,
//! and words that it does not know are kept apart from those that it does.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::payment::port::AttemptId;

pub(super) type Metadata = BTreeMap<String, String>;

/// In the metadata of sessions and payments.
pub(super) const ORDER_ID: &str = "order_id";
pub(super) const ORDER_NUMBER: &str = "order_number";
pub(super) const ATTEMPT: &str = "attempt";
/// In the metadata of refunds.
pub(super) const REFUND_ID: &str = "refund_id";

/// Another object, or its id alone unless it was asked for whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Expandable<T> {
    Id(String),
    Object(Box<T>),
}

impl<T: Identified> Expandable<T> {
    pub fn id(&self) -> &str {
        match self {
            Self::Id(id) => id,
            Self::Object(object) => object.id(),
        }
    }
}

impl<T> Expandable<T> {
    pub fn object(&self) -> Option<&T> {
        match self {
            Self::Id(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

pub(super) trait Identified {
    fn id(&self) -> &str;
}

#[derive(Debug, Deserialize)]
pub(super) struct List<T> {
    pub data: Vec<T>,
    pub has_more: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Session {
    pub id: String,
    pub status: Option<SessionStatus>,
    pub payment_intent: Option<Expandable<Intent>>,
    pub url: Option<String>,
    /// In seconds since 1970, as all times of Stripe's.
    pub expires_at: i64,
    pub created: i64,
    pub currency: Option<String>,
    pub metadata: Option<Metadata>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SessionStatus {
    Open,
    Complete,
    Expired,
    #[serde(other)]
    Unknown,
}

/// A PaymentIntent.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Intent {
    pub id: String,
    pub status: IntentStatus,
    pub amount: i64,
    #[serde(default)]
    pub amount_capturable: i64,
    #[serde(default)]
    pub amount_received: i64,
    pub currency: String,
    pub created: i64,
    pub metadata: Option<Metadata>,
    pub latest_charge: Option<Expandable<Charge>>,
    pub last_payment_error: Option<LastPaymentError>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum IntentStatus {
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Processing,
    RequiresCapture,
    Canceled,
    Succeeded,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct LastPaymentError {
    pub message: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Charge {
    pub id: String,
    pub status: Option<ChargeStatus>,
    #[serde(default)]
    pub amount_refunded: i64,
    pub payment_method_details: Option<PaymentMethodDetails>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ChargeStatus {
    Succeeded,
    Pending,
    Failed,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct PaymentMethodDetails {
    #[serde(rename = "type")]
    pub kind: String,
    pub card: Option<Card>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Card {
    pub brand: Option<String>,
    pub last4: Option<String>,
    pub fingerprint: Option<String>,
    pub capture_before: Option<i64>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Refund {
    pub id: String,
    pub amount: i64,
    pub status: Option<RefundStatus>,
    pub failure_reason: Option<String>,
    pub metadata: Option<Metadata>,
    #[serde(default)]
    pub created: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RefundStatus {
    Pending,
    RequiresAction,
    Succeeded,
    Failed,
    Canceled,
    #[serde(other)]
    Unknown,
}

/// A dispute as a bank has filed it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Disputed {
    pub id: String,
    pub amount: i64,
    pub currency: String,
    pub payment_intent: Option<Expandable<Intent>>,
    pub charge: Expandable<Charge>,
    pub reason: String,
    pub status: DisputeStatus,
    pub evidence_details: Option<EvidenceDetails>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum DisputeStatus {
    NeedsResponse,
    WarningNeedsResponse,
    AppealNeedsResponse,
    UnderReview,
    WarningUnderReview,
    AppealUnderReview,
    Won,
    Lost,
    WarningClosed,
    Prevented,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct EvidenceDetails {
    pub due_by: Option<i64>,
}

/// An address of ours that Stripe sends events to.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct WebhookEndpoint {
    pub id: String,
    pub url: String,
    pub status: String,
    pub enabled_events: Vec<String>,
    pub api_version: Option<String>,
}

/// What the account holds. Only whether it can be read is of interest.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Balance {
    pub livemode: bool,
}

impl Identified for Intent {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Identified for Charge {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Identified for Refund {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Identified for Disputed {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Identified for WebhookEndpoint {
    fn id(&self) -> &str {
        &self.id
    }
}

/// The attempt that we have named in an object's metadata.
pub(super) fn attempt_of(metadata: Option<&Metadata>) -> Option<AttemptId> {
    let metadata = metadata?;
    Some(AttemptId {
        order_id: metadata.get(ORDER_ID)?.clone(),
        attempt: metadata.get(ATTEMPT)?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_read_whole_or_by_its_id() {
        let whole = r#"{"id":"pi_1","status":"requires_capture","amount":4900,
            "amount_capturable":4900,"amount_received":0,"currency":"eur","created":1790000000,
            "metadata":{"order_id":"o1","attempt":"2"},"latest_charge":"ch_1",
            "last_payment_error":null,"object":"payment_intent","unknown":{"to":"us"}}"#;
        let intent: Expandable<Intent> = serde_json::from_str(whole).unwrap();
        assert_eq!(intent.id(), "pi_1");
        let intent = intent.object().unwrap();
        assert_eq!(intent.status, IntentStatus::RequiresCapture);
        assert_eq!(
            attempt_of(intent.metadata.as_ref()),
            Some(AttemptId {
                order_id: "o1".to_owned(),
                attempt: 2
            })
        );
        let id: Expandable<Intent> = serde_json::from_str("\"pi_1\"").unwrap();
        assert_eq!(id.id(), "pi_1");
        assert!(id.object().is_none());
    }

    #[test]
    fn a_status_of_a_later_version_is_not_taken_for_one_we_know() {
        let status: IntentStatus = serde_json::from_str("\"requires_patience\"").unwrap();
        assert_eq!(status, IntentStatus::Unknown);
        let status: DisputeStatus = serde_json::from_str("\"warning_needs_response\"").unwrap();
        assert_eq!(status, DisputeStatus::WarningNeedsResponse);
    }

    #[test]
    fn payments_of_others_have_no_attempt() {
        assert_eq!(attempt_of(None), None);
        for metadata in [
            vec![],
            vec![(ORDER_ID, "o1")],
            vec![(ORDER_ID, "o1"), (ATTEMPT, "first")],
        ] {
            let metadata: Metadata = metadata
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            assert_eq!(attempt_of(Some(&metadata)), None, "{metadata:?}");
        }
    }
}
