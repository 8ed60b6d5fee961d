//! The same suite at the real Stripe, if a test key of someone's is given, and at the tests' own provider. Pages are
//! ended unpaid; payments are made with the cards that Stripe has for tests.

mod place;

use std::time::Duration;

use server::{
    error::{Hindrance, ProviderError},
    ids::new_id,
    payment::port::{
        AttemptId, Dispute, DisputeState, Payment, PaymentState, Provider as _, RefundRequest,
        RefundState, Sum,
    },
};
use tokio::time::{Instant, sleep};

use crate::{attempt, begin, euros};
use place::{APPROVES, ASKS, DECLINES, DISPUTES, Place, REFUNDS_SLOWLY};

/// How long Stripe may take to open a dispute after the capture.
const PATIENCE: Duration = Duration::from_secs(180);
const HOUR: i64 = 60 * 60 * 1000;

/// Runs each of the named tests at both places.
macro_rules! at_both_places {
    ($($test:ident),+ $(,)?) => {
        mod at_stripe {
            $(
                #[tokio::test]
                async fn $test() {
                    if let Some(place) = super::Place::stripe() {
                        super::$test(place).await;
                    }
                }
            )+
        }
        mod on_the_rig {
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(super::Place::rig().await).await;
                }
            )+
        }
    };
}

at_both_places!(
    a_page_is_begun_looked_at_and_ended,
    what_is_set_aside_is_captured_once,
    less_is_captured_than_was_set_aside,
    what_is_set_aside_is_let_go,
    money_goes_back_in_parts_each_once,
    a_key_is_answered_once,
    a_refund_that_takes_its_time_is_pending,
    a_declined_card_is_told_and_another_can_follow,
    a_card_whose_owner_is_asked_waits,
    a_dispute_is_found_and_nothing_is_refunded_meanwhile,
    what_began_since_a_time_is_listed_once,
);

fn sum(minor: i64) -> Sum {
    Sum {
        minor,
        pending_minor: 0,
    }
}

fn refund(reference: &str, minor: i64) -> RefundRequest {
    RefundRequest {
        reference: reference.to_owned(),
        refund_id: new_id(),
        amount: euros(minor),
    }
}

/// What the provider calls a refund that it has sent.
fn sent(state: RefundState) -> String {
    match state {
        RefundState::Sent { provider_id } => provider_id,
        other => panic!("{other:?}"),
    }
}

/// A payment of €20 that was taken, and what it is called.
async fn captured(place: &Place, card: &str) -> (AttemptId, String) {
    let (id, intent) = place.authorised(2000, card).await;
    let payment = place.stripe.capture(&intent, &euros(2000)).await.unwrap();
    assert_eq!(payment.state, PaymentState::Captured);
    (id, intent)
}

/// What the list since a time says of an order.
async fn listed(place: &Place, since: i64, of: &AttemptId) -> Vec<Payment> {
    let listed = place.stripe.list(since).await.unwrap().into_iter();
    listed
        .filter(|payment| payment.attempt.as_ref() == Some(of))
        .collect()
}

async fn a_page_is_begun_looked_at_and_ended(place: Place) {
    let stripe = &place.stripe;
    let attempt = attempt(euros(2000));
    let (reference, url) = begin(stripe, &attempt).await;
    assert!(url.starts_with(&place.pages), "{url}");
    let again = begin(stripe, &attempt).await;
    assert_eq!(again, (reference.clone(), url), "the same page");
    let payment = stripe.look(&reference).await.unwrap();
    assert_eq!(payment.state, PaymentState::Open);
    assert_eq!(payment.attempt, Some(attempt.id));
    for _ in 0..2 {
        let payment = stripe.void(&reference).await.unwrap();
        assert_eq!(payment.state, PaymentState::Voided);
    }
}

async fn what_is_set_aside_is_captured_once(place: Place) {
    let (id, intent) = place.authorised(2000, APPROVES).await;
    let payment = place.stripe.look(&intent).await.unwrap();
    assert_eq!(payment.state, PaymentState::Authorised);
    assert_eq!(payment.attempt, Some(id));
    assert_eq!(payment.currency, "EUR");
    assert_eq!(payment.authorised, sum(2000));
    assert_eq!((payment.captured, payment.refunded), (sum(0), sum(0)));
    assert!(payment.capture_until.is_some());
    let card = payment.instrument.expect("the card is told");
    assert_eq!(card.label, "Visa ending 4242");
    assert!(card.fingerprint.is_some());
    for _ in 0..2 {
        let payment = place.stripe.capture(&intent, &euros(2000)).await.unwrap();
        assert_eq!(payment.state, PaymentState::Captured);
        assert_eq!((payment.authorised, payment.captured), (sum(0), sum(2000)));
        assert_eq!(payment.refunded, sum(0));
    }
}

/// What is let go with that is no refund, though Stripe notes it as one.
async fn less_is_captured_than_was_set_aside(place: Place) {
    let (id, intent) = place.authorised(2000, APPROVES).await;
    let payment = place.stripe.capture(&intent, &euros(1500)).await.unwrap();
    assert_eq!(payment.state, PaymentState::Captured);
    assert_eq!((payment.authorised, payment.captured), (sum(0), sum(1500)));
    assert_eq!(payment.refunded, sum(0));
    let back = refund(&intent, 400);
    sent(place.stripe.refund(&back).await.unwrap());
    let looked = place.stripe.look(&intent).await.unwrap();
    assert_eq!((looked.captured, looked.refunded), (sum(1500), sum(400)));
    let listed = listed(&place, payment.created_at, &id).await;
    assert_eq!(listed.len(), 1);
    let sums = (listed[0].captured, listed[0].refunded);
    assert_eq!(sums, (sum(1500), sum(400)), "the list says the same");
}

async fn what_is_set_aside_is_let_go(place: Place) {
    let (_, intent) = place.authorised(2000, APPROVES).await;
    for _ in 0..2 {
        let payment = place.stripe.void(&intent).await.unwrap();
        assert_eq!(payment.state, PaymentState::Voided);
        assert_eq!((payment.authorised, payment.captured), (sum(0), sum(0)));
        assert_eq!(payment.refunded, sum(0));
    }
    let late = place.stripe.capture(&intent, &euros(2000)).await.unwrap();
    assert_eq!((late.state, late.captured), (PaymentState::Voided, sum(0)));
}

async fn money_goes_back_in_parts_each_once(place: Place) {
    let stripe = &place.stripe;
    let (_, intent) = captured(&place, APPROVES).await;
    let (first, rest) = (refund(&intent, 500), refund(&intent, 1500));
    let name = sent(stripe.refund(&first).await.unwrap());
    assert_eq!(sent(stripe.refund(&first).await.unwrap()), name);
    assert_eq!(stripe.look(&intent).await.unwrap().refunded, sum(500));
    let other = sent(stripe.refund(&rest).await.unwrap());
    assert_ne!(other, name);
    let payment = stripe.look(&intent).await.unwrap();
    assert_eq!((payment.captured, payment.refunded), (sum(2000), sum(2000)));
    let more = stripe.refund(&refund(&intent, 1)).await.unwrap_err();
    assert!(
        matches!(&more, ProviderError::Refused { code, .. } if code == "charge_already_refunded"),
        "{more}"
    );
    let made = stripe.refunds(&intent, "EUR").await.unwrap();
    let mut made: Vec<_> = made
        .iter()
        .map(|made| (made.amount_minor, made.refund_id.as_deref()))
        .collect();
    made.sort_unstable();
    let expected = [
        (500, Some(first.refund_id.as_str())),
        (1500, Some(rest.refund_id.as_str())),
    ];
    assert_eq!(made, expected);
}

async fn a_key_is_answered_once(place: Place) {
    let (_, intent) = captured(&place, APPROVES).await;
    let (request, key) = (refund(&intent, 500), new_id());
    let send = async |amount: &str| {
        let fields = [
            ("payment_intent", intent.as_str()),
            ("amount", amount),
            ("metadata[refund_id]", request.refund_id.as_str()),
        ];
        place.post("v1/refunds", &fields, &key).await
    };
    let first = send("500").await;
    assert_eq!((first.status, first.is_replay), (200, false), "{first:?}");
    let second = send("500").await;
    assert_eq!((second.status, second.is_replay), (200, true), "{second:?}");
    assert_eq!(first.body["id"], second.body["id"]);
    let other = send("600").await;
    assert_eq!(other.status, 400, "{other:?}");
    assert_eq!(other.body["error"]["type"], "idempotency_error");
    // With another key, it is found by the shop's own name for it.
    let found = sent(place.stripe.refund(&request).await.unwrap());
    assert_eq!(first.body["id"], found);
    let payment = place.stripe.look(&intent).await.unwrap();
    assert_eq!(payment.refunded, sum(500));
}

async fn a_refund_that_takes_its_time_is_pending(place: Place) {
    let (_, intent) = captured(&place, REFUNDS_SLOWLY).await;
    let request = refund(&intent, 500);
    let state = place.stripe.refund(&request).await.unwrap();
    assert!(matches!(state, RefundState::Pending { .. }), "{state:?}");
    // It may have arrived meanwhile.
    let refunded = place.stripe.look(&intent).await.unwrap().refunded;
    assert_eq!(refunded.minor + refunded.pending_minor, 500);
}

async fn a_declined_card_is_told_and_another_can_follow(place: Place) {
    let (_, intent) = place.intent(2000, DECLINES).await;
    let declined = place.confirm(&intent, DECLINES).await;
    assert_eq!(declined.status, 402, "{declined:?}");
    assert_eq!(declined.body["error"]["code"], "card_declined");
    let payment = place.stripe.look(&intent).await.unwrap();
    assert_eq!(payment.state, PaymentState::Open);
    assert!(payment.declined.is_some() && payment.declined_try.is_some());
    assert_eq!(payment.authorised, sum(0));
    let confirmed = place.confirm(&intent, APPROVES).await;
    assert_eq!(confirmed.status, 200, "{confirmed:?}");
    let payment = place.stripe.look(&intent).await.unwrap();
    assert_eq!(payment.state, PaymentState::Authorised);
    assert_eq!((payment.declined, payment.declined_try), (None, None));
    let payment = place.stripe.void(&intent).await.unwrap();
    assert_eq!(payment.state, PaymentState::Voided);
}

async fn a_card_whose_owner_is_asked_waits(place: Place) {
    let (_, intent) = place.intent(2000, ASKS).await;
    let asked = place.confirm(&intent, ASKS).await;
    assert_eq!(asked.status, 200, "{asked:?}");
    assert_eq!(asked.body["status"], "requires_action");
    let payment = place.stripe.look(&intent).await.unwrap();
    assert_eq!(payment.state, PaymentState::Open);
    assert_eq!(payment.declined, None);
    let early = place.stripe.capture(&intent, &euros(2000)).await.unwrap();
    assert_eq!((early.state, early.captured), (PaymentState::Open, sum(0)));
    let payment = place.stripe.void(&intent).await.unwrap();
    assert_eq!(payment.state, PaymentState::Voided);
}

/// The dispute of a payment, for which Stripe takes its time.
async fn disputed(place: &Place, intent: &str) -> Dispute {
    let until = Instant::now() + PATIENCE;
    loop {
        let mut found = place.stripe.disputes(intent).await.unwrap();
        if let Some(dispute) = found.pop() {
            assert!(found.is_empty(), "{found:?}");
            return dispute;
        }
        assert!(Instant::now() < until, "there is no dispute");
        sleep(Duration::from_secs(3)).await;
    }
}

async fn a_dispute_is_found_and_nothing_is_refunded_meanwhile(place: Place) {
    let stripe = &place.stripe;
    let (_, intent) = captured(&place, DISPUTES).await;
    let dispute = disputed(&place, &intent).await;
    assert_eq!(dispute.reference, intent);
    assert_eq!(dispute.amount, euros(2000));
    assert_eq!(dispute.reason, "fraudulent");
    assert_eq!(dispute.state, DisputeState::NeedsAnswer);
    assert!(dispute.answer_until.is_some());
    assert_eq!(stripe.dispute(&dispute.id).await.unwrap(), dispute);
    let began = stripe.look(&intent).await.unwrap().created_at;
    let since = stripe.disputes_since(began).await.unwrap();
    let found = since.iter().filter(|found| found.id == dispute.id);
    assert_eq!(found.count(), 1);
    let later = stripe.refund(&refund(&intent, 500)).await;
    assert!(
        matches!(
            later,
            Err(ProviderError::NotNow {
                hindrance: Hindrance::Disputed,
                ..
            })
        ),
        "{later:?}"
    );
}

async fn what_began_since_a_time_is_listed_once(place: Place) {
    let stripe = &place.stripe;
    let (voided, intent) = place.authorised(1000, APPROVES).await;
    let began = stripe.void(&intent).await.unwrap().created_at;
    let (held, intent) = place.authorised(1000, APPROVES).await;
    let (taken, _) = captured(&place, APPROVES).await;
    for (of, state, authorised, captured) in [
        (&voided, PaymentState::Voided, 0, 0),
        (&held, PaymentState::Authorised, 1000, 0),
        (&taken, PaymentState::Captured, 0, 2000),
    ] {
        let listed = listed(&place, began, of).await;
        assert_eq!(listed.len(), 1, "{state:?}");
        assert_eq!(listed[0].state, state);
        assert_eq!(listed[0].authorised, sum(authorised), "{state:?}");
        assert_eq!(listed[0].captured, sum(captured), "{state:?}");
        assert_eq!(listed[0].refunded, sum(0), "{state:?}");
        let later = self::listed(&place, began + HOUR, of).await;
        assert!(later.is_empty(), "{later:?}");
    }
    stripe.void(&intent).await.unwrap();
}
