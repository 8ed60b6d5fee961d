//! Events that Stripe sends: <https://docs.stripe.com/webhooks>.

use hmac::{Hmac, Mac};
use http::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use sha2::Sha256;

use super::{
    disputes,
    objects::{Disputed, Expandable, Intent, Metadata, attempt_of},
    settings::{Mode, StripeSettings},
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

/// How old a signature may be, and how far ahead its clock, in seconds: as Stripe's own libraries
/// have it.
const TOLERANCE: i64 = 300;
/// More signatures than Stripe ever sends.
const MOST_SIGNATURES: usize = 16;

/// What is told before the body has come.
pub(super) fn may_be_signed(headers: &HeaderMap, now: i64) -> Result<(), HookError> {
    Signed::of(headers)?.in_time(now.div_euclid(1000))
}

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

/// `t=SECONDS,v1=HEX,…`: the first part is signed with the body. More than one `v1` comes while the
/// secret is being changed.
struct Signed<'a> {
    at: &'a str,
    seconds: i64,
    signatures: Vec<Vec<u8>>,
}

impl<'a> Signed<'a> {
    fn of(headers: &'a HeaderMap) -> Result<Self, HookError> {
        let header = headers.get("stripe-signature");
        let header = header.and_then(|value| value.to_str().ok());
        Self::read(header.ok_or(HookError::Signature)?)
    }

    fn read(header: &'a str) -> Result<Self, HookError> {
        let mut at = None;
        let mut signatures = Vec::new();
        for part in header.split(',') {
            match part.trim().split_once('=') {
                Some(("t", seconds)) => at = Some(seconds),
                Some(("v1", signature)) if signatures.len() < MOST_SIGNATURES => {
                    signatures.extend(hex::decode(signature).ok());
                }
                _ => {}
            }
        }
        let at = at.ok_or(HookError::Signature)?;
        let seconds = at.parse().map_err(|_| HookError::Signature)?;
        if signatures.is_empty() {
            return Err(HookError::Signature);
        }
        Ok(Self {
            at,
            seconds,
            signatures,
        })
    }

    fn verify(
        &self,
        body: &[u8],
        secrets: &[SecretString],
        now_seconds: i64,
    ) -> Result<(), HookError> {
        let is_signed = |secret: &SecretString| is_of(secret, self.at, body, &self.signatures);
        if !secrets.iter().any(is_signed) {
            return Err(HookError::Signature);
        }
        self.in_time(now_seconds)
    }

    fn in_time(&self, now_seconds: i64) -> Result<(), HookError> {
        if now_seconds.abs_diff(self.seconds) > TOLERANCE.unsigned_abs() {
            return Err(HookError::Time);
        }
        Ok(())
    }
}

/// Whether one of them is. Takes the same time for every signature, and reads the body once, however many there are:
/// anybody may send some.
fn is_of(secret: &SecretString, at: &str, body: &[u8], signatures: &[Vec<u8>]) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
        return false;
    };
    mac.update(at.as_bytes());
    mac.update(b".");
    mac.update(body);
    let mut signatures = signatures.iter();
    signatures.any(|signature| mac.clone().verify_slice(signature).is_ok())
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
    use http::HeaderValue;
    use serde_json::json;

    use super::*;
    use crate::payment::port::DisputeState;

    /// Made with `webhooks.generateTestHeaderString` of Stripe's own library for Node, 23.1.0.
    const VECTORS: [(&str, &str, i64, &str); 2] = [
        (
            r#"{"id":"evt_1","object":"event"}"#,
            "whsec_one",
            1_790_000_000,
            "t=1790000000,v1=c434d342b82d408faebefc65380da5c652150a3c8eb6caa39bba9da5237edfc5",
        ),
        (
            "{\"id\":\"evt_2\",\"name\":\"Zoë – 5 €\"}\n",
            "whsec_two",
            1_790_000_123,
            "t=1790000123,v1=476f80be9cb973897f74e06fbfbbb2132fbac83d2eb8d8d14fec7624034ce326",
        ),
    ];

    fn verify(
        header: &str,
        body: &[u8],
        secrets: &[SecretString],
        now_seconds: i64,
    ) -> Result<(), HookError> {
        Signed::read(header)?.verify(body, secrets, now_seconds)
    }

    fn secrets(texts: &[&str]) -> Vec<SecretString> {
        texts.iter().map(|text| SecretString::from(*text)).collect()
    }

    #[test]
    fn what_stripes_own_library_has_signed_is_taken() {
        for (body, secret, at, header) in VECTORS {
            let right = secrets(&[secret]);
            assert_eq!(verify(header, body.as_bytes(), &right, at), Ok(()));
            for second in ["whsec_other", secret] {
                let two = secrets(&["whsec_old", second]);
                let taken = verify(header, body.as_bytes(), &two, at).is_ok();
                assert_eq!(taken, second == secret, "{second}");
            }
        }
    }

    #[test]
    fn a_signature_of_another_body_time_or_secret_is_refused() {
        let (body, secret, at, header) = VECTORS[0];
        let right = secrets(&[secret]);
        let hex = header.split_once("v1=").unwrap().1;
        for (header, body) in [
            (header.to_owned(), "{\"id\":\"evt_1\",\"object\":\"Event\"}"),
            (header.to_owned(), ""),
            (format!("t={},v1={hex}", at + 1), body),
            (format!("v1={hex}"), body),
            (format!("t={at}"), body),
            (format!("t={at},v0={hex}"), body),
            (format!("t={at},v1={}", &hex[..62]), body),
            (format!("t={at},v1={}", hex.replace('c', "d")), body),
            (format!("t=,v1={hex}"), body),
            ("rubbish".to_owned(), body),
            (String::new(), body),
        ] {
            let told = verify(&header, body.as_bytes(), &right, at);
            assert_eq!(told, Err(HookError::Signature), "{header} {body}");
        }
    }

    #[test]
    fn one_right_signature_among_several_is_enough() {
        let (body, secret, at, header) = VECTORS[0];
        let hex = header.split_once("v1=").unwrap().1;
        let header = format!("t={at}, v1={},v0=1,v1=zz,v1={hex}", "0".repeat(64));
        let right = secrets(&[secret]);
        assert_eq!(verify(&header, body.as_bytes(), &right, at), Ok(()));
    }

    #[test]
    fn a_signature_is_good_for_five_minutes() {
        let (body, secret, at, header) = VECTORS[0];
        let right = secrets(&[secret]);
        for (late, told) in [
            (0, Ok(())),
            (300, Ok(())),
            (-300, Ok(())),
            (301, Err(HookError::Time)),
            (-301, Err(HookError::Time)),
        ] {
            let now = at + late;
            assert_eq!(verify(header, body.as_bytes(), &right, now), told, "{late}");
        }
    }

    #[test]
    fn what_cannot_be_signed_is_told_before_its_body_has_come() {
        let (_, _, at, header) = VECTORS[0];
        let told = |header: &str, at: i64| {
            let mut headers = HeaderMap::new();
            headers.insert("stripe-signature", HeaderValue::from_str(header).unwrap());
            may_be_signed(&headers, at * 1000)
        };
        assert_eq!(told(header, at + 300), Ok(()));
        assert_eq!(told(header, at + 301), Err(HookError::Time));
        for nothing in [
            "",
            "v1=00",
            "t=1790000000",
            "t=1790000000,v1=zz",
            "t=x,v1=00",
        ] {
            assert_eq!(told(nothing, at), Err(HookError::Signature), "{nothing}");
        }
        let none = may_be_signed(&HeaderMap::new(), at * 1000);
        assert_eq!(none, Err(HookError::Signature));
    }

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
