//! What the client does when the provider, or the way to it, fails.

use std::time::Duration;

use axum::Router;
use server::{
    error::ProviderError,
    payment::{
        port::{Begun, PaymentState, Provider as _},
        stripe::{Stripe, Timeouts},
    },
};
use tokio::net::TcpListener;

use crate::{
    WEBHOOK_SECRET, attempt, begin, euros, provider,
    provider::{Fate, Provider, SECRET_KEY, Service, cards},
    settings, stripe,
};

const SESSIONS: &str = "POST /v1/checkout/sessions";

/// The keys of all requests that began a page.
fn keys(provider: &Provider) -> Vec<Option<String>> {
    let asked = provider.asked().into_iter();
    asked
        .filter(|request| request.what == SESSIONS)
        .map(|request| request.key)
        .collect()
}

#[tokio::test]
async fn an_answer_that_is_lost_is_asked_for_again_with_the_same_key() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    provider.plan(SESSIONS, &[Fate::LostAnswer, Fate::LostAnswer]);
    let attempt = attempt(euros(4900));
    let begun = begin(&stripe, &attempt).await;
    let keys = keys(&provider);
    assert_eq!(keys.len(), 3);
    assert!(keys.iter().all(|key| *key == keys[0] && key.is_some()));
    // One page, not three.
    assert_eq!(begin(&stripe, &attempt).await, begun);
}

#[tokio::test]
async fn tries_are_few() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    provider.plan(SESSIONS, &[Fate::Failure; 9]);
    let told = stripe.begin(&attempt(euros(4900))).await;
    assert!(
        matches!(told, Err(ProviderError::Interrupted(_))),
        "{told:?}"
    );
    assert_eq!(keys(&provider).len(), 3);
}

#[tokio::test]
async fn a_limit_is_waited_for_and_then_told() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    provider.plan(SESSIONS, &[Fate::RateLimit]);
    begin(&stripe, &attempt(euros(4900))).await;
    provider.plan(SESSIONS, &[Fate::RateLimit; 3]);
    let told = stripe.begin(&attempt(euros(4900))).await;
    assert!(
        matches!(told, Err(ProviderError::RateLimited { .. })),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_limit_after_a_lost_answer_does_not_say_that_nothing_was_done() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    provider.plan(
        SESSIONS,
        &[Fate::LostAnswer, Fate::RateLimit, Fate::RateLimit],
    );
    let told = stripe.begin(&attempt(euros(4900))).await;
    assert!(
        matches!(told, Err(ProviderError::Interrupted(_))),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_capture_whose_answer_is_lost_is_seen_in_the_end() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
    provider.pay(&page, cards::APPROVES).await;
    let intent = &provider.accounts()[0].intent;
    let capture = format!("POST /v1/payment_intents/{intent}/capture");
    provider.plan(&capture, &[Fate::LostAnswer; 3]);
    let unknown = stripe.capture(&reference, &euros(4900)).await;
    assert!(
        matches!(unknown, Err(ProviderError::Interrupted(_))),
        "{unknown:?}"
    );
    let captured = stripe.capture(&reference, &euros(4900)).await.unwrap();
    assert_eq!(captured.state, PaymentState::Captured);
    assert_eq!(provider.accounts()[0].captured, 4900);
}

/// A look that fails changes nothing, but what came before it did.
#[tokio::test]
async fn what_cannot_be_looked_at_afterwards_may_have_been_done() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
    provider.pay(&page, cards::APPROVES).await;
    let look = format!("GET /v1/checkout/sessions/{reference}");
    provider.plan(&look, &[Fate::Answered]);
    provider.plan(&look, &[Fate::Failure; 3]);
    let told = stripe.void(&reference).await;
    assert!(
        matches!(told, Err(ProviderError::Interrupted(_))),
        "{told:?}"
    );
    let state = stripe.look(&reference).await.unwrap().state;
    assert_eq!(state, PaymentState::Voided);
}

/// Its answer tells all that a look would.
#[tokio::test]
async fn a_capture_by_the_name_of_the_money_is_one_request() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
    provider.pay(&page, cards::APPROVES).await;
    let authorised = stripe.look(&reference).await.unwrap();
    let payment_id = authorised.payment_id.unwrap();
    let before = provider.asked().len();
    let captured = stripe.capture(&payment_id, &euros(4900)).await.unwrap();
    assert_eq!(provider.asked().len(), before + 1);
    assert_eq!(captured.instrument, authorised.instrument);
    let looked = stripe.look(&payment_id).await.unwrap();
    assert_eq!(captured, looked);
}

#[tokio::test]
async fn a_failure_that_the_provider_repeats_does_not_hold_a_capture_up() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
    provider.pay(&page, cards::APPROVES).await;
    let intent = &provider.accounts()[0].intent;
    let capture = format!("POST /v1/payment_intents/{intent}/capture");
    provider.plan(&capture, &[Fate::KeptFailure]);
    let failed = stripe.capture(&reference, &euros(4900)).await;
    assert!(
        matches!(failed, Err(ProviderError::Interrupted(_))),
        "{failed:?}"
    );
    let captured = stripe.capture(&reference, &euros(4900)).await.unwrap();
    assert_eq!(captured.state, PaymentState::Captured);
}

#[tokio::test]
async fn a_provider_that_is_down_is_told_apart_from_one_that_may_have_acted() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let attempt = attempt(euros(4900));
    let (reference, _) = begin(&stripe, &attempt).await;
    provider.set_service(Service::Down);
    let looked = stripe.look(&reference).await;
    assert!(
        matches!(looked, Err(ProviderError::Unavailable(_))),
        "{looked:?}"
    );
    let begun = stripe.begin(&attempt).await;
    assert!(
        matches!(begun, Err(ProviderError::Interrupted(_))),
        "{begun:?}"
    );
    provider.set_service(Service::Up);
    let begun = stripe.begin(&attempt).await.unwrap();
    assert!(matches!(begun, Begun::Redirect { reference: same, .. } if same == reference));
}

/// A client with little timeouts for whatever is at this address.
fn hasty(api: &str) -> Stripe {
    let mut settings = settings(SECRET_KEY, WEBHOOK_SECRET, api);
    settings.timeouts = Timeouts {
        try_for: Duration::from_millis(200),
        tries: 2,
        pause: Duration::from_millis(1),
        ..Timeouts::default()
    };
    Stripe::new(settings).unwrap()
}

#[tokio::test]
async fn where_nobody_listens_nothing_was_done() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let stripe = hasty(&format!("http://{address}"));
    let told = stripe.begin(&attempt(euros(4900))).await;
    assert!(
        matches!(told, Err(ProviderError::Unavailable(_))),
        "{told:?}"
    );
}

#[tokio::test]
async fn silence_is_waited_for_only_so_long() {
    // Connections are taken by the system, and nobody answers.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stripe = hasty(&format!("http://{address}"));
    let told = stripe.begin(&attempt(euros(4900))).await;
    assert!(
        matches!(told, Err(ProviderError::Interrupted(_))),
        "{told:?}"
    );
    let told = stripe.look("cs_test_1").await;
    assert!(
        matches!(told, Err(ProviderError::Unavailable(_))),
        "{told:?}"
    );
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_is_not_taken_for_one() {
    let router = Router::new().fallback(|| async { "It works!" });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });
    let stripe = hasty(&format!("http://{address}"));
    let told = stripe.begin(&attempt(euros(4900))).await;
    assert!(
        matches!(told, Err(ProviderError::Interrupted(_))),
        "{told:?}"
    );
    serving.abort();
}

#[tokio::test]
async fn a_wrong_key_is_a_setting_to_change_and_is_not_shown() {
    let provider = provider().await;
    let key = "sk_test_wrong";
    let stripe = Stripe::new(settings(key, WEBHOOK_SECRET, &provider.url())).unwrap();
    let told = stripe.look("cs_test_1").await.unwrap_err();
    assert!(matches!(told, ProviderError::Misconfigured(_)), "{told}");
    assert!(!format!("{told:?} {stripe:?}").contains(key));
    assert_eq!(provider.asked().len(), 1, "a wrong key is not tried again");
}
