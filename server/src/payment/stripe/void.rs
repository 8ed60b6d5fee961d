//! Giving up a payment that is not captured.

use super::{
    Stripe,
    failure::Failure,
    form::Form,
    objects::{Intent, Session},
    provider::checked,
};
use crate::{
    error::ProviderError,
    ids::new_id,
    payment::port::{Payment, PaymentState, Provider},
};

/// How often a payment that changes under our hands is looked at again.
const ROUNDS: usize = 4;

pub(super) async fn send(stripe: &Stripe, reference: &str) -> Result<Payment, ProviderError> {
    for round in 0..ROUNDS {
        match stripe.try_to_void(reference).await {
            Ok(Voiding::Over(payment)) => return Ok(*payment),
            Ok(Voiding::Asked) => {}
            Err(error) if round == 0 => return Err(error),
            Err(error) => return Err(error.after_effect()),
        }
    }
    Err(ProviderError::Interrupted(
        "the payment keeps changing while it is voided".to_owned(),
    ))
}

impl Stripe {
    /// Ends the page, so that nobody can pay on it. That it has ended is no failure.
    async fn expire(&self, session_id: &str) -> Result<(), ProviderError> {
        let path = format!("v1/checkout/sessions/{}/expire", checked(session_id)?);
        let ended = self
            .client
            .post::<Session>(&path, &Form::new(), &new_id())
            .await;
        unless_moved_on(ended)
    }

    /// One look, and the one step that it asks for.
    async fn try_to_void(&self, reference: &str) -> Result<Voiding, ProviderError> {
        let payment = self.look(reference).await?;
        match (payment.state, payment.payment_id.clone()) {
            // While the bank is at it, nothing can be done but to come back later.
            (PaymentState::Captured | PaymentState::Voided | PaymentState::Processing, _) => {
                return Ok(Voiding::Over(Box::new(payment)));
            }
            (PaymentState::Authorised, Some(intent_id)) => self.cancel(&intent_id).await?,
            // Of a page's payment, Stripe lets nothing be cancelled before it is authorised: the
            // page is ended instead.
            (PaymentState::Open | PaymentState::Authorised, intent_id) => {
                let session_id = self.session_of(reference).await?;
                match (session_id, intent_id) {
                    (Some(session_id), _) => self.expire(&session_id).await?,
                    (None, Some(intent_id)) => self.cancel(&intent_id).await?,
                    (None, None) => return Ok(Voiding::Over(Box::new(payment))),
                }
            }
        }
        Ok(Voiding::Asked)
    }

    async fn cancel(&self, intent_id: &str) -> Result<(), ProviderError> {
        let path = format!("v1/payment_intents/{}/cancel", checked(intent_id)?);
        let form = Form::new().with("cancellation_reason", "abandoned");
        let cancelled = self.client.post::<Intent>(&path, &form, &new_id()).await;
        unless_moved_on(cancelled)
    }
}

/// How far voiding has come.
enum Voiding {
    /// Nothing more can be done about it.
    Over(Box<Payment>),
    /// A step was taken: the next look tells.
    Asked,
}

/// Refusals of a step that was taken before, or that has become impossible: the next look tells.
fn unless_moved_on<T>(answer: Result<T, Failure>) -> Result<(), ProviderError> {
    match answer.map_err(ProviderError::from) {
        Ok(_) | Err(ProviderError::Refused { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}
