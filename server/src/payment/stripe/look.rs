//! Payments as Stripe has them now.

use super::{
    Stripe,
    form::Form,
    objects::{Expandable, Intent, List, Session},
    provider::checked,
    state,
};
use crate::{
    error::ProviderError,
    payment::port::{Payment, PaymentState},
};

pub(super) async fn payment(stripe: &Stripe, reference: &str) -> Result<Payment, ProviderError> {
    let mode = stripe.settings.mode;
    if is_session(reference) {
        let session = stripe.session(reference).await?;
        let payment = state::of_session(&session, None, mode)?;
        stripe.told(payment, Read::Session(Box::new(session))).await
    } else {
        let intent = stripe.intent(reference).await?;
        let payment = state::of_intent(&intent, None, mode)?;
        stripe.told(payment, Read::Intent(Box::new(intent))).await
    }
}

impl Stripe {
    async fn session(&self, id: &str) -> Result<Session, ProviderError> {
        let query = Form::new().with("expand[0]", "payment_intent.latest_charge");
        let path = format!("v1/checkout/sessions/{}", checked(id)?);
        Ok(self.client.get(&path, &query).await?.value)
    }

    async fn intent(&self, id: &str) -> Result<Intent, ProviderError> {
        let query = Form::new().with("expand[0]", "latest_charge");
        let path = format!("v1/payment_intents/{}", checked(id)?);
        Ok(self.client.get(&path, &query).await?.value)
    }

    /// The page that a payment was begun with, by the name of either.
    pub(super) async fn session_of(
        &self,
        reference: &str,
    ) -> Result<Option<String>, ProviderError> {
        if is_session(reference) {
            return Ok(Some(reference.to_owned()));
        }
        let query = Form::new()
            .with("payment_intent", reference)
            .with("limit", 1);
        let found: List<Session> = self.client.get("v1/checkout/sessions", &query).await?.value;
        Ok(found.data.into_iter().next().map(|session| session.id))
    }

    /// The payment's own name; `None` while nothing was paid.
    pub(super) async fn intent_id(&self, reference: &str) -> Result<Option<String>, ProviderError> {
        if !is_session(reference) {
            return Ok(Some(checked(reference)?.to_owned()));
        }
        let session = self.session(reference).await?;
        Ok(session.payment_intent.map(|intent| intent.id().to_owned()))
    }

    /// With its refunds one by one, if there are any.
    async fn told(&self, payment: Payment, read: Read) -> Result<Payment, ProviderError> {
        let may_be_any = payment.state == PaymentState::Captured && read.notes_refunds();
        let Some(intent_id) = payment.payment_id.clone().filter(|_| may_be_any) else {
            return Ok(payment);
        };
        let refunds = self.refunds_of(&intent_id).await?;
        let mode = self.settings.mode;
        match read {
            Read::Session(session) => state::of_session(&session, Some(&refunds), mode),
            Read::Intent(intent) => state::of_intent(&intent, Some(&refunds), mode),
        }
    }
}

/// What a payment was read from.
enum Read {
    Session(Box<Session>),
    Intent(Box<Intent>),
}

impl Read {
    /// Whether Stripe notes anything as refunded, be it a refund or what was let go with the capture of less.
    fn notes_refunds(&self) -> bool {
        let intent = match self {
            Self::Session(session) => session.payment_intent.as_ref().and_then(Expandable::object),
            Self::Intent(intent) => Some(&**intent),
        };
        let charge = intent.and_then(|intent| intent.latest_charge.as_ref()?.object());
        charge.is_some_and(|charge| charge.amount_refunded > 0)
    }
}

fn is_session(reference: &str) -> bool {
    reference.starts_with("cs_")
}
