//! Money that goes back: refunds and disputes.

use super::super::{cards, refusal::Refusal};
use super::{Books, Charge, Dispute, DisputeStatus, IntentStatus, Metadata, Refund, RefundStatus};

/// How long a dispute can be answered, in seconds.
const ANSWER_WITHIN: i64 = 10 * 24 * 60 * 60;

impl Books {
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
        if self.is_charged_back(&charge.id) {
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
        let is_slow = charge.card.number == cards::REFUNDS_SLOWLY;
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
                (RefundStatus::Succeeded, cards::LOSES_REFUNDS) => {
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

    /// Refunds that are on their way do not arrive; `of` an amount alone, if one is named.
    pub fn fail_refunds(&mut self, of: Option<i64>, now: i64) {
        let pending = self.refunds.values_mut();
        let pending = pending.filter(|refund| refund.status == RefundStatus::Pending);
        let pending = pending.filter(|refund| of.is_none_or(|amount| refund.amount == amount));
        let mut failed = Vec::new();
        for refund in pending {
            refund.status = RefundStatus::Failed;
            failed.push(refund.id.clone());
        }
        for id in failed {
            self.tell_refund("refund.failed", &id, now);
        }
    }

    /// Whether a bank has money of a charge, or has given it back. One that only asks has not.
    fn is_charged_back(&self, charge_id: &str) -> bool {
        let mut disputes = self.disputes.values();
        disputes.any(|dispute| {
            dispute.charge == charge_id
                && match dispute.status {
                    DisputeStatus::NeedsResponse
                    | DisputeStatus::AppealNeedsResponse
                    | DisputeStatus::Lost => true,
                    DisputeStatus::WarningNeedsResponse
                    | DisputeStatus::WarningClosed
                    | DisputeStatus::Won => false,
                }
        })
    }

    /// The card's owner wants the money back from the bank.
    pub fn dispute(&mut self, intent_id: &str, reason: &str, now: i64) -> String {
        let id = self.ask_back(intent_id, reason, DisputeStatus::NeedsResponse, now);
        self.take_for(&id, now);
        self.tell_dispute("charge.dispute.created", &id, now);
        self.tell_dispute("charge.dispute.funds_withdrawn", &id, now);
        id
    }

    /// The same of a part of it.
    pub fn dispute_part(&mut self, intent_id: &str, amount: i64, now: i64) -> String {
        let id = self.ask_back(intent_id, "general", DisputeStatus::NeedsResponse, now);
        let dispute = self.disputes.get_mut(&id).expect("it is in the books");
        dispute.amount = amount;
        self.take_for(&id, now);
        self.tell_dispute("charge.dispute.created", &id, now);
        id
    }

    /// The shop does not agree with what the bank has decided.
    pub fn appeal(&mut self, id: &str, now: i64) {
        let dispute = self.disputes.get_mut(id).expect("it is in the books");
        dispute.status = DisputeStatus::AppealNeedsResponse;
        self.tell_dispute("charge.dispute.updated", id, now);
    }

    /// The bank asks about a payment, and takes nothing.
    pub fn inquire(&mut self, intent_id: &str, reason: &str, now: i64) -> String {
        let id = self.ask_back(intent_id, reason, DisputeStatus::WarningNeedsResponse, now);
        self.tell_dispute("charge.dispute.created", &id, now);
        id
    }

    /// The bank that has asked takes the money.
    pub fn escalate(&mut self, id: &str, now: i64) {
        let dispute = self.disputes.get_mut(id).expect("it is in the books");
        dispute.status = DisputeStatus::NeedsResponse;
        self.take_for(id, now);
        self.tell_dispute("charge.dispute.updated", id, now);
        self.tell_dispute("charge.dispute.funds_withdrawn", id, now);
    }

    /// Refunds that are still on their way do not arrive: the bank has the money.
    fn take_for(&mut self, id: &str, now: i64) {
        let charge_id = self.disputes[id].charge.clone();
        self.charge_mut(&charge_id).is_disputed = true;
        let on_their_way = self
            .refunds
            .values_mut()
            .filter(|refund| refund.charge == charge_id && refund.status == RefundStatus::Pending);
        let mut failed = Vec::new();
        for refund in on_their_way {
            refund.status = RefundStatus::Failed;
            failed.push(refund.id.clone());
        }
        for id in failed {
            self.tell_refund("refund.failed", &id, now);
        }
    }

    fn ask_back(
        &mut self,
        intent_id: &str,
        reason: &str,
        status: DisputeStatus,
        now: i64,
    ) -> String {
        let charge_id = self.intent_mut(intent_id).charge.clone();
        let charge_id = charge_id.expect("what is disputed was paid");
        let charge = self.charge_mut(&charge_id);
        let amount = charge.captured;
        let id = self.name("dp_");
        let dispute = Dispute {
            id: id.clone(),
            intent: intent_id.to_owned(),
            charge: charge_id,
            amount,
            reason: reason.to_owned(),
            status,
            created: now,
            due_by: now + ANSWER_WITHIN,
        };
        self.disputes.insert(id.clone(), dispute);
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
