//! The provider's books: sessions, payments, charges, refunds and disputes, what can be done with
//! them, and the events that follow.

mod records;
mod returns;

use std::collections::BTreeMap;

use serde_json::Value;

pub use self::records::{
    Capture, Charge, Consent, Dispute, DisputeStatus, Endpoint, Event, Intent, IntentStatus,
    Metadata, Order, Refund, RefundStatus, Session, SessionStatus, Step,
};
use super::{
    cards::{Answer, Behaviour, Card, DECLINED},
    params::Expand,
    refusal::Refusal,
};

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
                    && charge.is_some_and(|charge| charge.capture_before() <= now)
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
}
