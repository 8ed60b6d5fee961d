//! The provider's books: sessions, payments, charges, refunds and disputes, what can be done with
//! them, and the events that follow.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    cards::{Answer, Behaviour, Card, DECLINED},
    params::Expand,
    refusal::Refusal,
};

/// How long an authorisation can be captured, in seconds.
const CAPTURE_WITHIN: i64 = 7 * 24 * 60 * 60;
/// How long a dispute can be answered, in seconds.
const ANSWER_WITHIN: i64 = 10 * 24 * 60 * 60;

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
    NeedsResponse,
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

#[derive(Debug, Default)]
pub struct Books {
    pub url: String,
    pub sessions: BTreeMap<String, Session>,
    pub intents: BTreeMap<String, Intent>,
    pub charges: BTreeMap<String, Charge>,
    pub refunds: BTreeMap<String, Refund>,
    pub disputes: BTreeMap<String, Dispute>,
    pub endpoints: BTreeMap<String, Endpoint>,
    /// Cards that were told before they are used.
    pub methods: BTreeMap<String, Card>,
    pub events: BTreeMap<String, Event>,
    unsent: Vec<Event>,
    /// In all names, so that those of two providers differ.
    salt: String,
    names: u64,
}

impl Books {
    pub fn new(salt: String) -> Self {
        Self {
            salt,
            ..Self::default()
        }
    }

    /// Names of one kind are in the order in which they were given.
    pub fn name(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}{:08}", self.salt, self.names)
    }

    pub fn take_unsent(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.unsent)
    }

    fn tell(&mut self, kind: &'static str, object: Value, now: i64) {
        let event = Event {
            id: self.name("evt_"),
            kind,
            created: now,
            object,
        };
        self.events.insert(event.id.clone(), event.clone());
        self.unsent.push(event);
    }

    fn tell_session(&mut self, kind: &'static str, id: &str, now: i64) {
        let object = self.session_json(&self.sessions[id], &Expand::default());
        self.tell(kind, object, now);
    }

    fn tell_intent(&mut self, kind: &'static str, id: &str, now: i64) {
        let object = self.intent_json(&self.intents[id], &Expand::default());
        self.tell(kind, object, now);
    }

    fn tell_charge(&mut self, kind: &'static str, id: &str, now: i64) {
        let object = self.charge_json(&self.charges[id]);
        self.tell(kind, object, now);
    }

    fn tell_refund(&mut self, kind: &'static str, id: &str, now: i64) {
        let object = self.refund_json(&self.refunds[id]);
        self.tell(kind, object, now);
    }

    fn tell_dispute(&mut self, kind: &'static str, id: &str, now: i64) {
        let object = self.dispute_json(&self.disputes[id]);
        self.tell(kind, object, now);
    }

    pub fn session(&self, id: &str) -> Result<&Session, Refusal> {
        let found = self.sessions.get(id);
        found.ok_or_else(|| Refusal::not_found("checkout.session", id))
    }

    pub fn intent(&self, id: &str) -> Result<&Intent, Refusal> {
        let found = self.intents.get(id);
        found.ok_or_else(|| Refusal::not_found("payment_intent", id))
    }

    fn intent_mut(&mut self, id: &str) -> &mut Intent {
        self.intents
            .get_mut(id)
            .expect("the intent is in the books")
    }

    fn charge_mut(&mut self, id: &str) -> &mut Charge {
        self.charges
            .get_mut(id)
            .expect("the charge is in the books")
    }

    /// Ends what has become too old.
    pub fn sweep(&mut self, now: i64) {
        let old: Vec<_> = self
            .sessions
            .values()
            .filter(|session| session.status == SessionStatus::Open && session.expires_at <= now)
            .map(|session| session.id.clone())
            .collect();
        for id in old {
            self.end_session(&id, now);
        }
        let old: Vec<_> = self
            .intents
            .values()
            .filter(|intent| {
                let charge = intent.charge.as_ref().map(|id| &self.charges[id]);
                intent.status == IntentStatus::RequiresCapture
                    && charge.is_some_and(|charge| charge.created + CAPTURE_WITHIN <= now)
            })
            .map(|intent| intent.id.clone())
            .collect();
        for id in old {
            self.end_intent(&id, now);
        }
    }

    fn end_session(&mut self, id: &str, now: i64) {
        let session = self.sessions.get_mut(id).expect("it is in the books");
        session.status = SessionStatus::Expired;
        if let Some(intent) = session.intent.clone() {
            self.end_intent(&intent, now);
        }
        self.tell_session("checkout.session.expired", id, now);
    }

    fn end_intent(&mut self, id: &str, now: i64) {
        let intent = self.intent_mut(id);
        intent.status = IntentStatus::Canceled;
        if let Some(charge_id) = intent.charge.clone() {
            let charge = self.charge_mut(&charge_id);
            if !charge.is_declined {
                charge.released = charge.amount - charge.captured;
                self.tell_charge("charge.refunded", &charge_id, now);
            }
        }
        self.tell_intent("payment_intent.canceled", id, now);
    }

    pub fn expire_session(&mut self, id: &str, now: i64) -> Result<(), Refusal> {
        let status = self.session(id)?.status;
        if status != SessionStatus::Open {
            return Err(Refusal::state(
                "checkout_session_not_open",
                format!(
                    "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout \
                     Session has a status of `{}`.",
                    status.as_str()
                ),
            ));
        }
        self.end_session(id, now);
        Ok(())
    }

    pub fn add_intent(&mut self, order: Order, session: Option<String>, now: i64) -> String {
        let id = self.name("pi_");
        let intent = Intent {
            id: id.clone(),
            status: IntentStatus::RequiresPaymentMethod,
            order,
            card: None,
            charge: None,
            received: 0,
            last_error: None,
            session,
            created: now,
        };
        self.intents.insert(id.clone(), intent);
        self.tell_intent("payment_intent.created", &id, now);
        id
    }

    /// A card is given on the page.
    pub fn pay(&mut self, session_id: &str, card: Card, now: i64) -> Result<Step, Refusal> {
        let session = self.session(session_id)?;
        if session.status != SessionStatus::Open {
            return Err(Refusal::state("session_closed", "The page has ended."));
        }
        let intent = match session.intent.clone() {
            Some(intent) => intent,
            None => {
                let order = session.order.clone();
                let intent = self.add_intent(order, Some(session_id.to_owned()), now);
                let session = self.sessions.get_mut(session_id);
                session.expect("it is in the books").intent = Some(intent.clone());
                intent
            }
        };
        Ok(self.confirm(&intent, card, now))
    }

    /// The card's owner has answered on the page.
    pub fn answer(
        &mut self,
        session_id: &str,
        consent: Consent,
        now: i64,
    ) -> Result<Step, Refusal> {
        let session = self.session(session_id)?;
        let is_open = session.status == SessionStatus::Open;
        let asked = session.intent.clone().filter(|intent| {
            is_open && self.intents[intent].status == IntentStatus::RequiresAction
        });
        let Some(intent) = asked else {
            return Err(Refusal::state("session_closed", "Nothing is asked."));
        };
        Ok(self.consent(&intent, consent, now))
    }

    pub fn confirm(&mut self, intent_id: &str, card: Card, now: i64) -> Step {
        let behaviour = card.behaviour();
        self.intent_mut(intent_id).card = Some(card);
        match behaviour {
            Behaviour::Approves => {
                self.authorise(intent_id, now);
                Step::Paid
            }
            Behaviour::Declines(code, message) => self.decline(intent_id, code, message, now),
            Behaviour::Asks(_) => {
                self.intent_mut(intent_id).status = IntentStatus::RequiresAction;
                self.tell_intent("payment_intent.requires_action", intent_id, now);
                Step::Asked
            }
        }
    }

    fn consent(&mut self, intent_id: &str, consent: Consent, now: i64) -> Step {
        let card = self.intent_mut(intent_id).card.clone();
        let behaviour = card.map(|card| card.behaviour());
        match (consent, behaviour) {
            (Consent::Refused, _) => {
                let intent = self.intent_mut(intent_id);
                let error = (
                    "payment_intent_authentication_failure",
                    "The provided PaymentMethod has failed authentication.",
                );
                intent.status = IntentStatus::RequiresPaymentMethod;
                intent.last_error = Some(error);
                intent.card = None;
                self.tell_intent("payment_intent.payment_failed", intent_id, now);
                Step::Declined(error.0, error.1)
            }
            (Consent::Given, Some(Behaviour::Asks(Answer::Declines))) => {
                self.decline(intent_id, DECLINED.0, DECLINED.1, now)
            }
            (Consent::Given, _) => {
                self.authorise(intent_id, now);
                Step::Paid
            }
        }
    }

    fn add_charge(&mut self, intent_id: &str, now: i64) -> String {
        let id = self.name("ch_");
        let intent = self.intent_mut(intent_id);
        intent.charge = Some(id.clone());
        let charge = Charge {
            id: id.clone(),
            intent: intent_id.to_owned(),
            amount: intent.order.amount,
            captured: 0,
            is_captured: false,
            released: 0,
            is_declined: false,
            is_disputed: false,
            card: intent.card.clone().expect("a card was given"),
            created: now,
        };
        self.charges.insert(id.clone(), charge);
        id
    }

    fn decline(
        &mut self,
        intent_id: &str,
        code: &'static str,
        message: &'static str,
        now: i64,
    ) -> Step {
        let charge = self.add_charge(intent_id, now);
        self.charge_mut(&charge).is_declined = true;
        let intent = self.intent_mut(intent_id);
        intent.status = IntentStatus::RequiresPaymentMethod;
        intent.last_error = Some(("card_declined", message));
        intent.card = None;
        self.tell_charge("charge.failed", &charge, now);
        self.tell_intent("payment_intent.payment_failed", intent_id, now);
        Step::Declined(code, message)
    }

    fn authorise(&mut self, intent_id: &str, now: i64) {
        let charge = self.add_charge(intent_id, now);
        let intent = self.intent_mut(intent_id);
        intent.status = IntentStatus::RequiresCapture;
        intent.last_error = None;
        let (capture, amount) = (intent.order.capture, intent.order.amount);
        let session = intent.session.clone();
        self.tell_charge("charge.succeeded", &charge, now);
        match capture {
            Capture::Manual => {
                self.tell_intent("payment_intent.amount_capturable_updated", intent_id, now);
            }
            Capture::Automatic => self.take(intent_id, amount, now),
        }
        if let Some(session_id) = session {
            let session = self.sessions.get_mut(&session_id);
            session.expect("it is in the books").status = SessionStatus::Complete;
            self.tell_session("checkout.session.completed", &session_id, now);
        }
    }

    fn take(&mut self, intent_id: &str, amount: i64, now: i64) {
        let intent = self.intent_mut(intent_id);
        intent.status = IntentStatus::Succeeded;
        intent.received = amount;
        let charge_id = intent.charge.clone().expect("it was authorised");
        let charge = self.charge_mut(&charge_id);
        charge.captured = amount;
        charge.is_captured = true;
        charge.released = charge.amount - amount;
        let is_disputed = charge.card.number == super::cards::DISPUTES;
        self.tell_charge("charge.captured", &charge_id, now);
        self.tell_intent("payment_intent.succeeded", intent_id, now);
        if is_disputed {
            self.dispute(intent_id, "fraudulent", now);
        }
    }

    pub fn capture(
        &mut self,
        intent_id: &str,
        amount: Option<i64>,
        now: i64,
    ) -> Result<(), Refusal> {
        let intent = self.intent(intent_id)?;
        if intent.status != IntentStatus::RequiresCapture {
            return Err(Refusal::state(
                "payment_intent_unexpected_state",
                format!(
                    "This PaymentIntent could not be captured because it has a status of {}. Only a \
                     PaymentIntent with one of the following statuses may be captured: \
                     requires_capture.",
                    intent.status.as_str()
                ),
            ));
        }
        let most = intent.order.amount;
        let amount = amount.unwrap_or(most);
        if amount > most {
            return Err(Refusal::state(
                "amount_too_large",
                format!("The requested capture amount is greater than {most}."),
            ));
        }
        if amount < 1 {
            return Err(Refusal::invalid(
                "amount_to_capture",
                "This value must be greater than or equal to 1.",
            ));
        }
        self.take(intent_id, amount, now);
        Ok(())
    }

    pub fn cancel(&mut self, intent_id: &str, now: i64) -> Result<(), Refusal> {
        let intent = self.intent(intent_id)?;
        let status = intent.status;
        let is_over = matches!(status, IntentStatus::Succeeded | IntentStatus::Canceled);
        if is_over {
            return Err(Refusal::state(
                "payment_intent_unexpected_state",
                format!(
                    "You cannot cancel this PaymentIntent because it has a status of {}.",
                    status.as_str()
                ),
            ));
        }
        if intent.session.is_some() && status != IntentStatus::RequiresCapture {
            return Err(Refusal::state(
                "payment_intent_unexpected_state",
                "This PaymentIntent belongs to a Checkout Session: expire the Checkout Session \
                 instead.",
            ));
        }
        self.end_intent(intent_id, now);
        Ok(())
    }

    /// What can still be refunded of a charge.
    fn refundable(&self, charge: &Charge) -> i64 {
        let refunded: i64 = self
            .refunds
            .values()
            .filter(|refund| refund.charge == charge.id && refund.status != RefundStatus::Failed)
            .map(|refund| refund.amount)
            .sum();
        charge.captured - refunded
    }

    pub fn refund(
        &mut self,
        intent_id: &str,
        amount: Option<i64>,
        reason: Option<String>,
        metadata: Metadata,
        now: i64,
    ) -> Result<String, Refusal> {
        let intent = self.intent(intent_id)?;
        let charge_id = intent.charge.clone();
        let charge = charge_id.and_then(|id| self.charges.get(&id));
        let charge = charge.filter(|charge| charge.is_captured).ok_or_else(|| {
            Refusal::state(
                "payment_intent_unexpected_state",
                format!(
                    "This PaymentIntent ({intent_id}) does not have a successful charge to refund."
                ),
            )
        })?;
        if charge.is_disputed {
            return Err(Refusal::state(
                "charge_disputed",
                format!("Charge {} has been charged back.", charge.id),
            ));
        }
        let left = self.refundable(charge);
        if left == 0 {
            return Err(Refusal::state(
                "charge_already_refunded",
                format!("Charge {} has already been refunded.", charge.id),
            ));
        }
        let amount = amount.unwrap_or(left);
        if amount < 1 || amount > left {
            return Err(Refusal::invalid(
                "amount",
                format!("Refund amount ({amount}) is greater than unrefunded amount ({left})."),
            ));
        }
        let is_slow = charge.card.number == super::cards::REFUNDS_SLOWLY;
        let charge_id = charge.id.clone();
        let id = self.name("re_");
        let refund = Refund {
            id: id.clone(),
            intent: intent_id.to_owned(),
            charge: charge_id.clone(),
            amount,
            status: if is_slow {
                RefundStatus::Pending
            } else {
                RefundStatus::Succeeded
            },
            reason,
            metadata,
            created: now,
        };
        self.refunds.insert(id.clone(), refund);
        self.tell_charge("charge.refunded", &charge_id, now);
        self.tell_refund("refund.created", &id, now);
        Ok(id)
    }

    /// Slow refunds arrive, and those that get lost are found to be.
    pub fn settle_refunds(&mut self, now: i64) {
        let ids: Vec<_> = self.refunds.keys().cloned().collect();
        for id in ids {
            let refund = &self.refunds[&id];
            let (status, number) = (refund.status, &self.charges[&refund.charge].card.number);
            let becomes = match (status, number.as_str()) {
                (RefundStatus::Pending, _) => (RefundStatus::Succeeded, "refund.updated"),
                (RefundStatus::Succeeded, super::cards::LOSES_REFUNDS) => {
                    (RefundStatus::Failed, "refund.failed")
                }
                _ => continue,
            };
            if let Some(refund) = self.refunds.get_mut(&id) {
                refund.status = becomes.0;
            }
            self.tell_refund(becomes.1, &id, now);
        }
    }

    /// The card's owner wants the money back from the bank.
    pub fn dispute(&mut self, intent_id: &str, reason: &str, now: i64) -> String {
        let charge_id = self.intent_mut(intent_id).charge.clone();
        let charge_id = charge_id.expect("what is disputed was paid");
        let charge = self.charge_mut(&charge_id);
        charge.is_disputed = true;
        let amount = charge.captured;
        let id = self.name("dp_");
        let dispute = Dispute {
            id: id.clone(),
            intent: intent_id.to_owned(),
            charge: charge_id,
            amount,
            reason: reason.to_owned(),
            status: DisputeStatus::NeedsResponse,
            created: now,
            due_by: now + ANSWER_WITHIN,
        };
        self.disputes.insert(id.clone(), dispute);
        self.tell_dispute("charge.dispute.created", &id, now);
        self.tell_dispute("charge.dispute.funds_withdrawn", &id, now);
        id
    }

    pub fn close_dispute(&mut self, id: &str, status: DisputeStatus, now: i64) {
        let dispute = self.disputes.get_mut(id).expect("it is in the books");
        dispute.status = status;
        self.tell_dispute("charge.dispute.closed", id, now);
        if status == DisputeStatus::Won {
            self.tell_dispute("charge.dispute.funds_reinstated", id, now);
        }
    }
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
            Self::NeedsResponse => "needs_response",
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
