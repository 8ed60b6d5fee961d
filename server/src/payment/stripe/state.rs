//! What Stripe's sessions, intents and charges say about an attempt.

use super::{
    amounts::Amounts,
    failure::shortened,
    objects::{
        Card, Charge, ChargeStatus, Intent, IntentStatus, Metadata, PaymentMethodDetails, Refund,
        Session, SessionStatus, attempt_of,
    },
    refunds::refunded,
    settings::Mode,
};
use crate::{
    error::ProviderError,
    payment::port::{DeclinedTry, Instrument, Payment, PaymentState, Sum},
};

/// An attempt that began with a page. The intent must have come whole, if there is one.
pub(super) fn of_session(
    session: &Session,
    refunds: Option<&[Refund]>,
    mode: Mode,
) -> Result<Payment, ProviderError> {
    let intent = session
        .payment_intent
        .as_ref()
        .and_then(|intent| intent.object());
    let metadata = session.metadata.as_ref();
    match intent {
        Some(intent) => Ok(Payment {
            reference: session.id.clone(),
            created_at: session.created * 1000,
            ..build(intent, session.status, metadata, refunds, mode)?
        }),
        None => Ok(Payment {
            reference: session.id.clone(),
            payment_id: None,
            attempt: attempt_of(metadata),
            state: state(None, session.status),
            currency: session
                .currency
                .as_deref()
                .unwrap_or_default()
                .to_ascii_uppercase(),
            authorised: Sum::default(),
            captured: Sum::default(),
            refunded: Sum::default(),
            instrument: None,
            declined: None,
            declined_try: None,
            capture_until: None,
            link: None,
            created_at: session.created * 1000,
        }),
    }
}

/// A payment by itself, named by the intent.
pub(super) fn of_intent(
    intent: &Intent,
    refunds: Option<&[Refund]>,
    mode: Mode,
) -> Result<Payment, ProviderError> {
    build(intent, None, intent.metadata.as_ref(), refunds, mode)
}

fn build(
    intent: &Intent,
    session: Option<SessionStatus>,
    metadata: Option<&Metadata>,
    refunds: Option<&[Refund]>,
    mode: Mode,
) -> Result<Payment, ProviderError> {
    let currency = intent.currency.to_ascii_uppercase();
    let state = state(Some(intent.status), session);
    let amounts = Amounts::of(&currency);
    let charge = intent
        .latest_charge
        .as_ref()
        .and_then(|charge| charge.object());
    let details = charge.and_then(|charge| charge.payment_method_details.as_ref());
    let card = details.and_then(|details| details.card.as_ref());
    let mut authorised = Sum::default();
    let mut captured = Sum::default();
    match state {
        PaymentState::Processing => {
            authorised.pending_minor = amounts.shops(intent.amount)?;
        }
        PaymentState::Authorised => {
            authorised.minor = amounts.shops(intent.amount_capturable)?;
        }
        PaymentState::Captured => captured.minor = amounts.shops(intent.amount_received)?,
        PaymentState::Open | PaymentState::Voided => {}
    }
    // Stripe notes what it lets go of an authorisation as refunded. That never was the shop's.
    let refunded = match (state, refunds) {
        (PaymentState::Captured, Some(refunds)) => refunded(&amounts, refunds)?,
        (PaymentState::Captured, None) => {
            let released = (intent.amount - intent.amount_received).max(0);
            let noted = charge.map_or(0, |charge| charge.amount_refunded);
            Sum {
                minor: amounts.shops((noted - released).max(0))?,
                pending_minor: 0,
            }
        }
        (
            PaymentState::Open
            | PaymentState::Processing
            | PaymentState::Authorised
            | PaymentState::Voided,
            _,
        ) => Sum::default(),
    };
    Ok(Payment {
        reference: intent.id.clone(),
        payment_id: Some(intent.id.clone()),
        attempt: attempt_of(metadata).or_else(|| attempt_of(intent.metadata.as_ref())),
        state,
        authorised,
        captured,
        refunded,
        instrument: details.map(instrument),
        declined: intent
            .last_payment_error
            .as_ref()
            .filter(|_| state == PaymentState::Open)
            .map(|error| shortened(error.message.as_deref().unwrap_or("The card was declined."))),
        // Without a charge the bank was not asked, or the card's owner refused.
        declined_try: intent
            .latest_charge
            .as_ref()
            .filter(|_| state == PaymentState::Open && intent.last_payment_error.is_some())
            .map(|charge| charge.id().to_owned()),
        capture_until: card
            .and_then(|card| card.capture_before)
            .filter(|_| state == PaymentState::Authorised)
            .map(|seconds| seconds * 1000),
        link: Some(payment_link(&intent.id, mode)),
        created_at: intent.created * 1000,
        currency,
    })
}

/// A charge that was declined; nothing of any other.
pub(super) fn declined(charge: &Charge) -> Option<DeclinedTry> {
    if charge.status != Some(ChargeStatus::Failed) {
        return None;
    }
    let details = charge.payment_method_details.as_ref();
    Some(DeclinedTry {
        provider_id: charge.id.clone(),
        card: details.and_then(|details| details.card.as_ref()?.fingerprint.clone()),
    })
}

fn state(intent: Option<IntentStatus>, session: Option<SessionStatus>) -> PaymentState {
    match intent {
        Some(IntentStatus::RequiresCapture) => return PaymentState::Authorised,
        Some(IntentStatus::Succeeded) => return PaymentState::Captured,
        Some(IntentStatus::Canceled) => return PaymentState::Voided,
        Some(IntentStatus::Processing | IntentStatus::Unknown) => {
            return PaymentState::Processing;
        }
        Some(
            IntentStatus::RequiresPaymentMethod
            | IntentStatus::RequiresConfirmation
            | IntentStatus::RequiresAction,
        )
        | None => {}
    }
    match session {
        Some(SessionStatus::Open) => PaymentState::Open,
        Some(SessionStatus::Expired) => PaymentState::Voided,
        // Paid by something that takes its time.
        Some(SessionStatus::Complete | SessionStatus::Unknown) => PaymentState::Processing,
        None => PaymentState::Open,
    }
}

fn instrument(details: &PaymentMethodDetails) -> Instrument {
    let Some(card) = &details.card else {
        return Instrument {
            label: capitalised(&details.kind.replace('_', " ")),
            fingerprint: None,
        };
    };
    Instrument {
        label: card_label(card),
        fingerprint: card.fingerprint.clone(),
    }
}

fn card_label(card: &Card) -> String {
    let brand = match card.brand.as_deref() {
        None | Some("" | "unknown") => "Card".to_owned(),
        Some("amex") => "American Express".to_owned(),
        Some("diners") => "Diners Club".to_owned(),
        Some("jcb") => "JCB".to_owned(),
        Some("unionpay") => "UnionPay".to_owned(),
        Some(brand) => capitalised(&brand.replace('_', " ")),
    };
    match &card.last4 {
        Some(last4) => format!("{brand} ending {last4}"),
        None => brand,
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

pub(super) fn payment_link(intent_id: &str, mode: Mode) -> String {
    let test = match mode {
        Mode::Test => "test/",
        Mode::Live => "",
    };
    format!("https://dashboard.stripe.com/{test}payments/{intent_id}")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn intent(status: &str) -> Value {
        json!({
            "id": "pi_1", "object": "payment_intent", "status": status, "amount": 4900,
            "amount_capturable": if status == "requires_capture" { 4900 } else { 0 },
            "amount_received": if status == "succeeded" { 4900 } else { 0 },
            "currency": "eur", "created": 1_790_000_000, "metadata": {},
            "last_payment_error": {"message": "Your card was declined.", "type": "card_error"},
            "latest_charge": {
                "id": "ch_1", "object": "charge",
                "amount_refunded": if status == "canceled" { 4900 } else { 0 },
                "payment_method_details": {"type": "card", "card": {
                    "brand": "visa", "last4": "4242", "fingerprint": "Xt5E",
                    "capture_before": 1_790_600_000
                }}
            }
        })
    }

    fn session(status: &str, intent: Value) -> Payment {
        let session = json!({
            "id": "cs_test_1", "object": "checkout.session", "status": status,
            "payment_intent": intent, "url": null, "expires_at": 1_790_002_000,
            "created": 1_790_000_000, "currency": "eur",
            "metadata": {"order_id": "o1", "order_number": "HF-1", "attempt": "1"}
        });
        let session: Session = serde_json::from_value(session).unwrap();
        of_session(&session, None, Mode::Test).unwrap()
    }

    #[test]
    fn a_charge_is_declined_if_it_failed_and_not_while_nobody_knows() {
        let charge = |status: &str| -> Charge {
            serde_json::from_value(json!({
                "id": "ch_1", "object": "charge", "status": status,
                "payment_method_details": {"type": "card", "card": {"fingerprint": "Xt5E"}}
            }))
            .unwrap()
        };
        let card = Some("Xt5E".to_owned());
        let provider_id = "ch_1".to_owned();
        let told = declined(&charge("failed"));
        assert_eq!(told, Some(DeclinedTry { provider_id, card }));
        for status in ["succeeded", "pending", "wondering"] {
            assert_eq!(declined(&charge(status)), None, "{status}");
        }
    }

    #[test]
    fn the_payment_tells_more_than_the_page() {
        for (page, payment, state) in [
            ("open", Value::Null, PaymentState::Open),
            (
                "open",
                intent("requires_payment_method"),
                PaymentState::Open,
            ),
            ("open", intent("requires_action"), PaymentState::Open),
            ("open", intent("processing"), PaymentState::Processing),
            (
                "complete",
                intent("requires_capture"),
                PaymentState::Authorised,
            ),
            ("complete", intent("succeeded"), PaymentState::Captured),
            ("complete", intent("canceled"), PaymentState::Voided),
            ("complete", Value::Null, PaymentState::Processing),
            ("expired", Value::Null, PaymentState::Voided),
            (
                "expired",
                intent("requires_payment_method"),
                PaymentState::Voided,
            ),
            (
                "expired",
                intent("requires_capture"),
                PaymentState::Authorised,
            ),
            ("waiting", intent("wondering"), PaymentState::Processing),
        ] {
            let words = format!("{page} {payment}");
            assert_eq!(session(page, payment).state, state, "{words}");
        }
    }

    #[test]
    fn an_authorised_payment_tells_all_that_the_shop_keeps() {
        let payment = session("complete", intent("requires_capture"));
        assert_eq!(payment.reference, "cs_test_1");
        assert_eq!(payment.payment_id.as_deref(), Some("pi_1"));
        assert_eq!(payment.attempt.unwrap().order_id, "o1");
        assert_eq!(
            (payment.authorised.minor, payment.captured.minor),
            (4900, 0)
        );
        let instrument = payment.instrument.unwrap();
        assert_eq!(instrument.label, "Visa ending 4242");
        assert_eq!(instrument.fingerprint.as_deref(), Some("Xt5E"));
        assert_eq!(payment.capture_until, Some(1_790_600_000_000));
        assert_eq!(
            payment.link.as_deref(),
            Some("https://dashboard.stripe.com/test/payments/pi_1")
        );
        assert_eq!(payment.declined, None);
    }

    #[test]
    fn an_open_page_tells_why_the_last_card_failed() {
        let payment = session("open", intent("requires_payment_method"));
        assert_eq!(payment.declined.as_deref(), Some("Your card was declined."));
    }

    #[test]
    fn what_is_let_go_of_is_not_money_that_was_given_back() {
        let payment = session("complete", intent("canceled"));
        assert_eq!(payment.refunded, Sum::default());
        assert_eq!(payment.captured, Sum::default());
        // Of 49, 15 were captured, and one of them has gone back.
        let mut part = intent("succeeded");
        part["amount_received"] = json!(1500);
        part["latest_charge"]["amount_refunded"] = json!(3500);
        let part: Intent = serde_json::from_value(part).unwrap();
        let payment = of_intent(&part, None, Mode::Test).unwrap();
        assert_eq!(
            (payment.captured.minor, payment.refunded.minor),
            (1500, 100)
        );
    }

    #[test]
    fn refunds_count_by_their_state() {
        let refunds: Vec<Refund> = serde_json::from_value(json!([
            {"id": "re_1", "amount": 1000, "status": "succeeded", "metadata": {"refund_id": "r1"}},
            {"id": "re_2", "amount": 200, "status": "pending", "metadata": {}},
            {"id": "re_3", "amount": 30, "status": "failed", "failure_reason": "declined"},
        ]))
        .unwrap();
        let whole: Intent = serde_json::from_value(intent("succeeded")).unwrap();
        let payment = of_intent(&whole, Some(&refunds), Mode::Live).unwrap();
        assert_eq!(
            payment.refunded,
            Sum {
                minor: 1000,
                pending_minor: 200
            }
        );
    }

    #[test]
    fn amounts_come_in_the_shops_units() {
        let mut kronur = intent("succeeded");
        kronur["currency"] = json!("isk");
        kronur["amount_received"] = json!(500_000);
        let whole: Intent = serde_json::from_value(kronur.clone()).unwrap();
        let payment = of_intent(&whole, None, Mode::Live).unwrap();
        assert_eq!((payment.captured.minor, &*payment.currency), (5000, "ISK"));
        kronur["amount_received"] = json!(500_050);
        let whole: Intent = serde_json::from_value(kronur).unwrap();
        assert!(of_intent(&whole, None, Mode::Live).is_err());
    }
}
