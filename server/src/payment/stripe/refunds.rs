//! What Stripe's refunds say.

use super::{
    amounts::Amounts,
    failure::shortened,
    objects::{REFUND_ID, Refund, RefundStatus},
};
use crate::{
    error::ProviderError,
    payment::port::{FaultCause, RefundFault, RefundMade, RefundState, Sum},
};

pub(super) fn refund_state(refund: &Refund) -> RefundState {
    let provider_id = refund.id.clone();
    match refund.status {
        Some(RefundStatus::Succeeded) => RefundState::Sent { provider_id },
        Some(RefundStatus::Failed | RefundStatus::Canceled) => RefundState::Failed {
            provider_id,
            fault: refund_fault(refund.failure_reason.as_deref().unwrap_or("unknown")),
        },
        Some(RefundStatus::Pending | RefundStatus::RequiresAction | RefundStatus::Unknown)
        | None => RefundState::Pending { provider_id },
    }
}

pub(super) fn refund_made(refund: &Refund, currency: &str) -> Result<RefundMade, ProviderError> {
    let metadata = refund.metadata.as_ref();
    Ok(RefundMade {
        provider_id: refund.id.clone(),
        refund_id: metadata
            .and_then(|metadata| metadata.get(REFUND_ID))
            .cloned(),
        amount_minor: Amounts::of(currency).shops(refund.amount)?,
        state: refund_state(refund),
        created_at: refund.created * 1000,
    })
}

fn refund_fault(reason: &str) -> RefundFault {
    RefundFault {
        cause: match reason {
            "charge_for_pending_refund_disputed" => FaultCause::Dispute,
            _ => FaultCause::Other,
        },
        reason: shortened(reason),
    }
}

/// What they come to.
pub(super) fn refunded(amounts: &Amounts<'_>, refunds: &[Refund]) -> Result<Sum, ProviderError> {
    let mut sum = Sum::default();
    for refund in refunds {
        let amount = amounts.shops(refund.amount)?;
        match refund_state(refund) {
            RefundState::Sent { .. } => sum.minor += amount,
            RefundState::Pending { .. } => sum.pending_minor += amount,
            RefundState::Failed { .. } | RefundState::ByHand => {}
        }
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_refund_that_failed_says_why() {
        let failed = json!({
            "id": "re_3", "amount": 30, "status": "failed", "failure_reason": "declined"
        });
        let failed: Refund = serde_json::from_value(failed).unwrap();
        assert_eq!(
            refund_state(&failed),
            RefundState::Failed {
                provider_id: "re_3".to_owned(),
                fault: RefundFault {
                    cause: FaultCause::Other,
                    reason: "declined".to_owned()
                }
            }
        );
    }
}
