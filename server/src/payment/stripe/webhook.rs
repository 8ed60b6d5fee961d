//! Events that Stripe sends: <https://docs.stripe.com/webhooks>.

use http::HeaderMap;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    disputes,
    objects::{Disputed, Expandable, Intent, Metadata, attempt_of},
    settings::{Mode, StripeSettings},
    signature::Signed,
};
use crate::payment::port::{About, AttemptId, HookError, Notice};

/// What the shop acts on. A webhook has to send these; what else it sends is kept and has no effect.
pub const EVENTS: &[&str] = &[
    "charge.captured",
    "charge.dispute.closed",
    "charge.dispute.created",
    "charge.dispute.funds_reinstated",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.updated",
    "charge.refunded",
    "checkout.session.async_payment_failed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.completed",
    "checkout.session.expired",
    "payment_intent.amount_capturable_updated",
    "payment_intent.canceled",
    "payment_intent.payment_failed",
    "payment_intent.succeeded",
    "refund.created",
    "refund.failed",
    "refund.updated",
];

pub(super) fn read(
    settings: &StripeSettings,
    headers: &HeaderMap,
    body: &[u8],
    now: i64,
) -> Result<Notice, HookError> {
    let signed = Signed::of(headers)?;
    signed.verify(body, &settings.webhook_secrets, now.div_euclid(1000))?;
    let event: Event = serde_json::from_slice(body).map_err(|_| HookError::Malformed)?;
    let is_live = settings.mode == Mode::Live;
    if event.livemode != is_live {
        return Err(HookError::Mode);
    }
    Ok(Notice {
        about: about(&event.kind, event.data.object, settings.mode)?,
        id: event.id,
        kind: event.kind,
        created_at: event.created * 1000,
    })
}

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    created: i64,
    livemode: bool,
    data: EventData,
}

#[derive(Deserialize)]
struct EventData {
    object: Value,
}

/// A session, as far as an event is about it.
#[derive(Deserialize)]
struct SessionName {
    id: String,
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct IntentName {
    id: String,
    metadata: Option<Metadata>,
}

/// Of a charge or a refund.
#[derive(Deserialize)]
struct IntentOf {
    payment_intent: Option<Expandable<Intent>>,
}

/// An event of those we act on that is not shaped as it should be is refused: Stripe sends it again
/// for days, and tells the owner.
fn about(kind: &str, object: Value, mode: Mode) -> Result<About, HookError> {
    if !EVENTS.contains(&kind) {
        return Ok(About::Other);
    }
    if kind.starts_with("charge.dispute.") {
        let disputed: Disputed = object_of(object)?;
        let dispute = disputes::dispute(&disputed, mode).map_err(|_| HookError::Malformed)?;
        return Ok(About::Dispute(dispute));
    }
    if kind.starts_with("checkout.session.") {
        let SessionName { id, metadata } = object_of(object)?;
        return Ok(payment(id, attempt_of(metadata.as_ref())));
    }
    if kind.starts_with("payment_intent.") {
        let IntentName { id, metadata } = object_of(object)?;
        return Ok(payment(id, attempt_of(metadata.as_ref())));
    }
    // A refund has metadata of its own, and a charge no more than its payment: the name will do.
    let of: IntentOf = object_of(object)?;
    let Some(intent) = of.payment_intent else {
        // Made without a PaymentIntent, so not by us.
        return Ok(About::Other);
    };
    let reference = intent.id().to_owned();
    match kind.starts_with("refund.") || kind == "charge.refunded" {
        true => Ok(About::Refund { reference }),
        false => Ok(payment(reference, None)),
    }
}

fn payment(reference: String, attempt: Option<AttemptId>) -> About {
    About::Payment { reference, attempt }
}

fn object_of<T: DeserializeOwned>(object: Value) -> Result<T, HookError> {
    serde_json::from_value(object).map_err(|_| HookError::Malformed)
}

#[cfg(test)]
mod tests {
    use hmac::{Hmac, Mac};
    use http::HeaderValue;
    use secrecy::SecretString;
    use serde_json::json;
    use sha2::Sha256;

    use super::*;
    use crate::payment::port::DisputeState;

    const NOW: i64 = 1_790_000_000;

    fn read_signed(event: &Value, key: &str) -> Result<Notice, HookError> {
        let settings =
            StripeSettings::new(&SecretString::from(key), &SecretString::from("whsec_one"))
                .unwrap();
        let body = event.to_string();
        let mut mac = Hmac::<Sha256>::new_from_slice(b"whsec_one").unwrap();
        mac.update(format!("{NOW}.{body}").as_bytes());
        let signature = hex::encode(mac.finalize().into_bytes());
        let mut headers = HeaderMap::new();
        let header = HeaderValue::from_str(&format!("t={NOW},v1={signature}")).unwrap();
        headers.insert("stripe-signature", header);
        read(&settings, &headers, body.as_bytes(), NOW * 1000 + 999)
    }

    fn event(kind: &str, object: Value) -> Value {
        json!({
            "id": "evt_1", "object": "event", "type": kind, "created": NOW - 5,
            "livemode": false, "api_version": "2026-10-28.endive", "pending_webhooks": 1,
            "request": {"id": null, "idempotency_key": null}, "data": {"object": object}
        })
    }

    #[test]
    fn an_event_names_what_to_look_at() {
        let metadata = json!({"order_id": "o1", "attempt": "1"});
        let attempt = Some(AttemptId {
            order_id: "o1".to_owned(),
            attempt: 1,
        });
        for (kind, object, reference, attempt) in [
            (
                "checkout.session.completed",
                json!({"id": "cs_test_1", "metadata": metadata.clone()}),
                "cs_test_1",
                attempt.clone(),
            ),
            (
                "payment_intent.succeeded",
                json!({"id": "pi_1", "metadata": metadata}),
                "pi_1",
                attempt,
            ),
            (
                "charge.captured",
                json!({"id": "ch_1", "payment_intent": "pi_1"}),
                "pi_1",
                None,
            ),
        ] {
            let notice = read_signed(&event(kind, object), "sk_test_1").unwrap();
            assert_eq!(notice.id, "evt_1");
            assert_eq!(notice.created_at, (NOW - 5) * 1000);
            let about = About::Payment {
                reference: reference.to_owned(),
                attempt,
            };
            assert_eq!(notice.about, about, "{kind}");
        }
    }

    #[test]
    fn an_event_of_a_refund_names_its_payment() {
        let of_charge = (
            "charge.refunded",
            json!({"id": "ch_1", "payment_intent": "pi_1"}),
        );
        let kinds = ["refund.created", "refund.updated", "refund.failed"];
        let refund = json!({"id": "re_1", "payment_intent": "pi_1", "charge": "ch_1"});
        let of_refund = kinds.map(|kind| (kind, refund.clone()));
        for (kind, object) in of_refund.into_iter().chain([of_charge]) {
            let notice = read_signed(&event(kind, object), "sk_test_1").unwrap();
            let reference = "pi_1".to_owned();
            assert_eq!(notice.about, About::Refund { reference }, "{kind}");
        }
    }

    #[test]
    fn a_dispute_comes_with_all_that_is_to_be_told() {
        let object = json!({
            "id": "dp_1", "amount": 500, "currency": "jpy", "payment_intent": "pi_1",
            "charge": "ch_1", "reason": "fraudulent", "status": "lost"
        });
        let notice = read_signed(&event("charge.dispute.closed", object), "sk_test_1").unwrap();
        let About::Dispute(dispute) = notice.about else {
            panic!("{notice:?}")
        };
        assert_eq!(dispute.state, DisputeState::Lost);
        assert_eq!(
            (dispute.amount.minor, &*dispute.amount.currency),
            (500, "JPY")
        );
    }

    #[test]
    fn unknown_events_are_told_apart_from_broken_ones() {
        let unknown = event("customer.created", json!({"id": "cus_1"}));
        let notice = read_signed(&unknown, "sk_test_1").unwrap();
        assert_eq!(
            (notice.about, &*notice.kind),
            (About::Other, "customer.created")
        );
        let charge = event(
            "charge.captured",
            json!({"id": "ch_1", "payment_intent": null}),
        );
        assert_eq!(
            read_signed(&charge, "sk_test_1").unwrap().about,
            About::Other
        );
        for broken in [
            event("checkout.session.completed", json!({"name": "nobody"})),
            event("charge.dispute.created", json!({"id": "dp_1"})),
            json!({"id": "evt_1"}),
            json!([]),
        ] {
            let told = read_signed(&broken, "sk_test_1");
            assert_eq!(told, Err(HookError::Malformed), "{broken}");
        }
    }

    #[test]
    fn an_event_of_the_other_mode_is_refused() {
        let test = event("payment_intent.succeeded", json!({"id": "pi_1"}));
        assert_eq!(read_signed(&test, "sk_live_1"), Err(HookError::Mode));
        assert!(read_signed(&test, "rk_test_1").is_ok());
    }

    #[test]
    fn an_event_without_a_signature_is_refused() {
        let settings = StripeSettings::new(
            &SecretString::from("sk_test_1"),
            &SecretString::from("whsec_one"),
        )
        .unwrap();
        let told = read(&settings, &HeaderMap::new(), b"{}", NOW * 1000);
        assert_eq!(told, Err(HookError::Signature));
    }
}
