//! Money that goes back, once: Stripe may forget a key of idempotency after a day, and a refund may
//! be tried again later than that.

use super::{
    Stripe, begin,
    failure::Failure,
    form::Form,
    objects::{REFUND_ID, Refund},
    refunds,
};
use crate::{
    error::{Hindrance, ProviderError},
    payment::port::{RefundRequest, RefundState},
};

/// How many keys one refund may use up. A new one is needed when Stripe answers an old one with its
/// own failure, or with a refusal of another time, again and again, for as long as it remembers it.
const KEYS: u32 = 4;

pub(super) async fn send(
    stripe: &Stripe,
    request: &RefundRequest,
) -> Result<RefundState, ProviderError> {
    match try_to_send(stripe, request).await {
        Err(ProviderError::Refused { code, message }) => Err(refusal(code, message)),
        answer => answer,
    }
}

async fn try_to_send(
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
    let mut last = None;
    for key in 1..=KEYS {
        // What was refused has sent nothing.
        if last.is_none()
            && let Some(sent) = sent_before(stripe, &intent_id, &request.refund_id).await?
        {
            return Ok(refunds::refund_state(&sent));
        }
        let key = format!("refund:{}:{key}", request.refund_id);
        let answer = stripe
            .client
            .post::<Refund>("v1/refunds", &form, &key)
            .await;
        let failure = match answer {
            Ok(refund) => return Ok(refunds::refund_state(&refund)),
            Err(failure) => failure,
        };
        if is_old_failure(&failure) || is_of_another_amount(&failure) {
            last = None;
            continue;
        }
        if is_old_refusal(&failure) {
            last = Some(failure.error);
            continue;
        }
        return match failure.error {
            // Perhaps because another node has just sent the very same.
            refusal @ ProviderError::Refused { .. } => {
                match sent_before(stripe, &intent_id, &request.refund_id).await? {
                    Some(sent) => Ok(refunds::refund_state(&sent)),
                    None => Err(refusal),
                }
            }
            error => Err(error),
        };
    }
    Err(last.unwrap_or_else(|| {
        ProviderError::Interrupted("Stripe keeps failing to send the refund".to_owned())
    }))
}

/// Refusals of something else than the refund: of the account's balance, which changes, of the key, or of a
/// payment that a bank has yet to decide about.
/// Stripe's words for them: <https://docs.stripe.com/error-codes>.
const NOT_FOR_GOOD: [&str; 10] = [
    "account_invalid",
    "api_key_expired",
    "balance_insufficient",
    "charge_disputed",
    "idempotency_error",
    "insufficient_funds",
    "livemode_mismatch",
    "lock_timeout",
    "resource_missing",
    "testmode_charges_only",
];

fn refusal(code: String, message: String) -> ProviderError {
    if !NOT_FOR_GOOD.contains(&code.as_str()) {
        return ProviderError::Refused { code, message };
    }
    ProviderError::NotNow {
        hindrance: match code.as_str() {
            "charge_disputed" => Hindrance::Disputed,
            _ => Hindrance::Other,
        },
        words: format!("{code}: {message}"),
    }
}

/// The state of a refund that was sent.
pub(super) async fn look(
    stripe: &Stripe,
    reference: &str,
    refund_id: &str,
) -> Result<Option<RefundState>, ProviderError> {
    let Some(intent_id) = stripe.intent_id(reference).await? else {
        return Ok(None);
    };
    let sent = sent_before(stripe, &intent_id, refund_id).await?;
    Ok(sent.as_ref().map(refunds::refund_state))
}

/// The request of a key has come to its end, and the end was a failure of Stripe's. What it has done
/// or not done is to be seen in the list.
fn is_old_failure(failure: &Failure) -> bool {
    failure.is_replay && matches!(failure.error, ProviderError::Interrupted(_))
}

/// The key was used when more was to go back. Whether that was sent is to be seen in the list.
fn is_of_another_amount(failure: &Failure) -> bool {
    matches!(&failure.error, ProviderError::Refused { code, .. } if code == "idempotency_error")
}

/// Something prevented it at another time: now it may be sent.
fn is_old_refusal(failure: &Failure) -> bool {
    match &failure.error {
        ProviderError::Refused { code, .. } => {
            failure.is_replay && NOT_FOR_GOOD.contains(&code.as_str())
        }
        ProviderError::Declined { .. }
        | ProviderError::Interrupted(_)
        | ProviderError::Misconfigured(_)
        | ProviderError::NotNow { .. }
        | ProviderError::RateLimited { .. }
        | ProviderError::Unavailable(_) => false,
    }
}

/// What Stripe has of a refund of ours.
async fn sent_before(
    stripe: &Stripe,
    intent_id: &str,
    refund_id: &str,
) -> Result<Option<Refund>, ProviderError> {
    let refunds = stripe.refunds_of(intent_id).await?;
    Ok(refunds.into_iter().find(|refund| {
        let metadata = refund.metadata.as_ref();
        metadata
            .and_then(|metadata| metadata.get(REFUND_ID))
            .is_some_and(|id| id == refund_id)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_concerns_the_account_is_tried_again_and_what_concerns_the_refund_is_not() {
        let refused = |code: &str| refusal(code.to_owned(), "why".to_owned());
        for code in [
            "balance_insufficient",
            "charge_disputed",
            "resource_missing",
        ] {
            let later = refused(code);
            assert!(matches!(later, ProviderError::NotNow { .. }), "{later}");
        }
        for code in ["charge_already_refunded", ""] {
            let never = refused(code);
            assert!(matches!(never, ProviderError::Refused { .. }), "{never}");
        }
    }
}
