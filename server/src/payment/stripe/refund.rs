//! Money that goes back, once: Stripe may forget a key of idempotency after a day, and a refund may
//! be tried again later than that.

use super::{
    Stripe, begin,
    failure::Failure,
    form::Form,
    objects::{REFUND_ID, Refund},
    state,
};
use crate::{
    error::ProviderError,
    payment::port::{RefundRequest, RefundState},
};

/// How many keys one refund may use up. A new one is needed when Stripe answers an old one with its
/// own failure again and again, for as long as it remembers it.
const KEYS: u32 = 4;

pub(super) async fn send(
    stripe: &Stripe,
    request: &RefundRequest,
) -> Result<RefundState, ProviderError> {
    let counted = begin::units(&request.amount.currency)?
        .to_provider(&request.amount)
        .map_err(|error| begin::refused(&error))?;
    let Some(intent_id) = stripe.intent_id(&request.reference).await? else {
        return Err(ProviderError::Refused {
            code: "not_paid".to_owned(),
            message: "nothing was paid, so nothing can be refunded".to_owned(),
        });
    };
    let form = Form::new()
        .with("payment_intent", &intent_id)
        .with("amount", counted)
        .with("reason", "requested_by_customer")
        .with(&format!("metadata[{REFUND_ID}]"), &request.refund_id);
    for key in 1..=KEYS {
        if let Some(sent) = sent_before(stripe, &intent_id, &request.refund_id).await? {
            return Ok(state::refund_state(&sent));
        }
        let key = format!("refund:{}:{key}", request.refund_id);
        let answer = stripe
            .client
            .post::<Refund>("v1/refunds", &form, &key)
            .await;
        let failure = match answer {
            Ok(refund) => return Ok(state::refund_state(&refund)),
            Err(failure) => failure,
        };
        if is_old_failure(&failure) {
            continue;
        }
        return match failure.error {
            // Perhaps because another node has just sent the very same.
            refusal @ ProviderError::Refused { .. } => {
                match sent_before(stripe, &intent_id, &request.refund_id).await? {
                    Some(sent) => Ok(state::refund_state(&sent)),
                    None => Err(refusal),
                }
            }
            error => Err(error),
        };
    }
    Err(ProviderError::Interrupted(
        "Stripe keeps failing to send the refund".to_owned(),
    ))
}

/// The request of a key has come to its end, and the end was a failure of Stripe's. What it has done
/// or not done is to be seen in the list.
fn is_old_failure(failure: &Failure) -> bool {
    failure.is_replay && matches!(failure.error, ProviderError::Interrupted(_))
}

/// What Stripe has of a refund of ours.
async fn sent_before(
    stripe: &Stripe,
    intent_id: &str,
    refund_id: &str,
) -> Result<Option<Refund>, ProviderError> {
    let refunds = stripe.refunds(intent_id).await?;
    Ok(refunds.into_iter().find(|refund| {
        let metadata = refund.metadata.as_ref();
        metadata
            .and_then(|metadata| metadata.get(REFUND_ID))
            .is_some_and(|id| id == refund_id)
    }))
}
