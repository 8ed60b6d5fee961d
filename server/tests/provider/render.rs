//! The books' objects as Stripe's API shows them, as far as a shop reads them.

use serde_json::{Value, json};

use super::{
    API_VERSION,
    books::{
        Books, Charge, Dispute, Endpoint, Event, Intent, IntentStatus, Refund, RefundStatus,
        Session, SessionStatus,
    },
    cards::Card,
    params::Expand,
};

impl Books {
    pub fn session_json(&self, session: &Session, expand: &Expand) -> Value {
        let intent = session.intent.as_ref().map(|id| &self.intents[id]);
        let is_open = session.status == SessionStatus::Open;
        let is_paid = intent.is_some_and(|intent| intent.status == IntentStatus::Succeeded);
        json!({
            "id": session.id,
            "object": "checkout.session",
            "adaptive_pricing": {"enabled": false},
            "allowed_payment_method_types": ["card"],
            "amount_subtotal": session.order.amount,
            "amount_total": session.order.amount,
            "cancel_url": session.cancel_url,
            "client_reference_id": session.client_reference_id,
            "created": session.created,
            "currency": session.order.currency,
            "customer": null,
            "customer_email": session.customer_email,
            "expires_at": session.expires_at,
            "livemode": false,
            "locale": session.locale,
            "metadata": session.metadata,
            "mode": "payment",
            "payment_intent": intent.map(|intent| match expand.below("payment_intent") {
                Some(inner) => self.intent_json(intent, &inner),
                None => json!(intent.id),
            }),
            "payment_method_types": ["card"],
            "payment_status": if is_paid { "paid" } else { "unpaid" },
            "status": session.status.as_str(),
            "submit_type": "pay",
            "success_url": session.success_url,
            "ui_mode": "hosted_page",
            "url": is_open.then(|| format!("{}/pay/{}", self.url, session.id)),
        })
    }

    pub fn intent_json(&self, intent: &Intent, expand: &Expand) -> Value {
        let capturable = match intent.status {
            IntentStatus::RequiresCapture => intent.order.amount,
            _ => 0,
        };
        let charge = intent.charge.as_ref().map(|id| &self.charges[id]);
        json!({
            "id": intent.id,
            "object": "payment_intent",
            "amount": intent.order.amount,
            "amount_capturable": capturable,
            "amount_received": intent.received,
            "canceled_at": null,
            "cancellation_reason": null,
            "capture_method": intent.order.capture.as_str(),
            "client_secret": format!("{}_secret_rig", intent.id),
            "confirmation_method": "automatic",
            "created": intent.created,
            "currency": intent.order.currency,
            "customer": null,
            "description": intent.order.description,
            "last_payment_error": intent.last_error.map(|(code, message)| json!({
                "code": code, "message": message, "type": "card_error",
            })),
            "latest_charge": charge.map(|charge| match expand.below("latest_charge") {
                Some(_) => self.charge_json(charge),
                None => json!(charge.id),
            }),
            "livemode": false,
            "metadata": intent.order.metadata,
            "next_action": (intent.status == IntentStatus::RequiresAction)
                .then(|| json!({"type": "use_stripe_sdk"})),
            "payment_method": intent.card.as_ref().map(|card| format!("pm_{}", card.fingerprint())),
            "payment_method_types": ["card"],
            "status": intent.status.as_str(),
        })
    }

    pub fn charge_json(&self, charge: &Charge) -> Value {
        let intent = &self.intents[&charge.intent];
        let refunded: i64 = self
            .refunds
            .values()
            .filter(|refund| refund.charge == charge.id && refund.status != RefundStatus::Failed)
            .map(|refund| refund.amount)
            .sum();
        let refunded = refunded + charge.released;
        json!({
            "id": charge.id,
            "object": "charge",
            "amount": charge.amount,
            "amount_captured": charge.captured,
            "amount_refunded": refunded,
            "captured": charge.is_captured,
            "created": charge.created,
            "currency": intent.order.currency,
            "description": intent.order.description,
            "disputed": charge.is_disputed,
            "failure_code": charge.is_declined.then_some("card_declined"),
            "livemode": false,
            "metadata": intent.order.metadata,
            "paid": !charge.is_declined,
            "payment_intent": charge.intent,
            "payment_method": format!("pm_{}", charge.card.fingerprint()),
            "payment_method_details": {
                "type": "card",
                "card": {
                    "brand": charge.card.brand(),
                    "capture_before": (!charge.is_captured && !charge.is_declined)
                        .then(|| charge.capture_before()),
                    "country": "DE",
                    "exp_month": 12,
                    "exp_year": 2040,
                    "fingerprint": charge.card.fingerprint(),
                    "funding": "credit",
                    "last4": charge.card.last4(),
                    "wallet": null,
                },
            },
            "refunded": refunded >= charge.amount,
            "status": if charge.is_declined { "failed" } else { "succeeded" },
        })
    }

    pub fn refund_json(&self, refund: &Refund) -> Value {
        let mut object = json!({
            "id": refund.id,
            "object": "refund",
            "amount": refund.amount,
            "charge": refund.charge,
            "created": refund.created,
            "currency": self.intents[&refund.intent].order.currency,
            "metadata": refund.metadata,
            "payment_intent": refund.intent,
            "reason": refund.reason,
            "status": refund.status.as_str(),
        });
        if refund.status == RefundStatus::Failed {
            let is_disputed = self.charges[&refund.charge].is_disputed;
            object["failure_reason"] = json!(match is_disputed {
                true => "charge_for_pending_refund_disputed",
                false => "expired_or_canceled_card",
            });
        }
        object
    }

    pub fn dispute_json(&self, dispute: &Dispute) -> Value {
        json!({
            "id": dispute.id,
            "object": "dispute",
            "amount": dispute.amount,
            "charge": dispute.charge,
            "created": dispute.created,
            "currency": self.intents[&dispute.intent].order.currency,
            "evidence_details": {
                "due_by": dispute.due_by, "has_evidence": false, "past_due": false,
                "submission_count": 0,
            },
            "is_charge_refundable": false,
            "livemode": false,
            "metadata": {},
            "payment_intent": dispute.intent,
            "reason": dispute.reason,
            "status": dispute.status.as_str(),
        })
    }
}

impl Endpoint {
    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "object": "webhook_endpoint",
            "api_version": API_VERSION,
            "created": self.created,
            "description": null,
            "enabled_events": self.events,
            "livemode": false,
            "metadata": {},
            "status": "enabled",
            "url": self.url,
        })
    }
}

impl Event {
    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "object": "event",
            "api_version": API_VERSION,
            "created": self.created,
            "data": {"object": self.object},
            "livemode": false,
            "pending_webhooks": 1,
            "request": {"id": null, "idempotency_key": null},
            "type": self.kind,
        })
    }
}

pub fn method_json(id: &str, card: &Card, now: i64) -> Value {
    json!({
        "id": id,
        "object": "payment_method",
        "card": {
            "brand": card.brand(), "fingerprint": card.fingerprint(), "last4": card.last4(),
        },
        "created": now,
        "livemode": false,
        "metadata": {},
        "type": "card",
    })
}
