//! What Stripe's disputes say.

use super::{
    amounts::Amounts,
    failure::shortened,
    objects::{DisputeStatus, Disputed},
    settings::Mode,
    state::payment_link,
};
use crate::{
    error::ProviderError,
    payment::port::{Dispute, DisputeState, Money},
};

pub(super) fn dispute(disputed: &Disputed, mode: Mode) -> Result<Dispute, ProviderError> {
    let currency = disputed.currency.to_ascii_uppercase();
    let intent = disputed.payment_intent.as_ref();
    let reference = match intent {
        Some(intent) => intent.id(),
        None => disputed.charge.id(),
    };
    Ok(Dispute {
        id: disputed.id.clone(),
        reference: reference.to_owned(),
        amount: Money {
            minor: Amounts::of(&currency).shops(disputed.amount)?,
            currency,
        },
        reason: shortened(&disputed.reason),
        state: match disputed.status {
            // An inquiry: no money is taken, and a refund may settle it.
            DisputeStatus::WarningNeedsResponse | DisputeStatus::WarningUnderReview => {
                DisputeState::Asked
            }
            DisputeStatus::NeedsResponse | DisputeStatus::AppealNeedsResponse => {
                DisputeState::NeedsAnswer
            }
            DisputeStatus::UnderReview
            | DisputeStatus::AppealUnderReview
            | DisputeStatus::Unknown => DisputeState::UnderReview,
            DisputeStatus::Won => DisputeState::Won,
            DisputeStatus::Lost => DisputeState::Lost,
            DisputeStatus::WarningClosed | DisputeStatus::Prevented => DisputeState::Closed,
        },
        answer_until: disputed
            .evidence_details
            .as_ref()
            .and_then(|details| details.due_by)
            .map(|seconds| seconds * 1000),
        link: payment_link(reference, mode),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_dispute_names_its_payment_and_its_deadline() {
        let disputed: Disputed = serde_json::from_value(json!({
            "id": "dp_1", "object": "dispute", "amount": 4900, "currency": "eur",
            "payment_intent": "pi_1", "charge": "ch_1", "reason": "product_not_received",
            "status": "needs_response", "evidence_details": {"due_by": 1_790_700_000}
        }))
        .unwrap();
        let dispute = dispute(&disputed, Mode::Live).unwrap();
        assert_eq!(dispute.reference, "pi_1");
        assert_eq!(dispute.state, DisputeState::NeedsAnswer);
        assert_eq!(dispute.answer_until, Some(1_790_700_000_000));
        assert_eq!(dispute.link, "https://dashboard.stripe.com/payments/pi_1");
    }

    #[test]
    fn a_bank_that_only_asks_has_taken_nothing() {
        for (status, state) in [
            ("warning_needs_response", DisputeState::Asked),
            ("warning_under_review", DisputeState::Asked),
            ("warning_closed", DisputeState::Closed),
            ("under_review", DisputeState::UnderReview),
        ] {
            let disputed: Disputed = serde_json::from_value(json!({
                "id": "dp_1", "object": "dispute", "amount": 4900, "currency": "eur",
                "payment_intent": "pi_1", "charge": "ch_1", "reason": "general", "status": status
            }))
            .unwrap();
            assert_eq!(
                dispute(&disputed, Mode::Live).unwrap().state,
                state,
                "{status}"
            );
        }
    }
}
