//! Events, from the provider to what the shop makes of them.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, body::Bytes, routing::post};
use http::{HeaderMap, StatusCode};
use server::payment::{
    port::{About, DisputeState, HookError, Notice, Provider as _},
    stripe::Stripe,
};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{
    WEBHOOK_SECRET, attempt, begin, captured, euros, now, paid, provider,
    provider::{
        DeliveryFate, Mischief, Provider, SECRET_KEY, Settings, books::DisputeStatus, cards,
    },
    settings, stripe,
};

/// What a shop would take events with.
struct Receiver {
    url: String,
    read: Arc<Mutex<Vec<Result<Notice, HookError>>>>,
    serving: JoinHandle<()>,
}

impl Receiver {
    /// Answers 500 to the first `failures` events.
    async fn open(stripe: Stripe, failures: usize) -> Self {
        let read = Arc::new(Mutex::new(Vec::new()));
        let shared = read.clone();
        let take = move |headers: HeaderMap, body: Bytes| {
            let told = stripe.read_hook(&headers, &body, now());
            let mut read = shared.lock().unwrap();
            let status = match &told {
                _ if read.len() < failures => StatusCode::INTERNAL_SERVER_ERROR,
                Ok(_) => StatusCode::OK,
                Err(_) => StatusCode::BAD_REQUEST,
            };
            read.push(told);
            std::future::ready(status)
        };
        let router = Router::new().route("/hooks/stripe", post(take));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(async move {
            axum::serve(listener, router).await.unwrap();
        });
        Self {
            url: format!("http://{address}/hooks/stripe"),
            read,
            serving,
        }
    }

    fn read(&self) -> Vec<Result<Notice, HookError>> {
        self.read.lock().unwrap().clone()
    }

    fn notices(&self) -> Vec<Notice> {
        self.read().into_iter().map(Result::unwrap).collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn opened(settings: Settings) -> (Provider, Stripe, Receiver) {
    let provider = Provider::start(settings).await;
    let stripe = stripe(&provider);
    let receiver = Receiver::open(stripe.clone(), 0).await;
    provider.send_to(&receiver.url, WEBHOOK_SECRET);
    (provider, stripe, receiver)
}

#[tokio::test]
async fn events_tell_which_attempt_to_look_at() {
    let (provider, stripe, receiver) = opened(Settings::default()).await;
    let attempt = attempt(euros(4900));
    let (reference, page) = begin(&stripe, &attempt).await;
    provider.pay(&page, cards::APPROVES).await;
    stripe.capture(&reference, &euros(4900)).await.unwrap();
    provider.quiet().await;
    let notices = receiver.notices();
    let of_kind = |kind: &str| {
        let found = notices.iter().find(|notice| notice.kind == kind);
        found.unwrap_or_else(|| panic!("no {kind} in {notices:?}"))
    };
    let completed = of_kind("checkout.session.completed");
    assert_eq!(
        completed.about,
        About::Payment {
            reference,
            attempt: Some(attempt.id.clone())
        }
    );
    let intent = provider.accounts()[0].intent.clone();
    for kind in [
        "payment_intent.amount_capturable_updated",
        "payment_intent.succeeded",
    ] {
        let about = About::Payment {
            reference: intent.clone(),
            attempt: Some(attempt.id.clone()),
        };
        assert_eq!(of_kind(kind).about, about, "{kind}");
    }
    // Not acted on, and kept all the same.
    assert_eq!(of_kind("payment_intent.created").about, About::Other);
}

#[tokio::test]
async fn an_event_that_is_not_taken_comes_again() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let receiver = Receiver::open(stripe.clone(), 5).await;
    provider.send_some_to(
        &receiver.url,
        WEBHOOK_SECRET,
        &["checkout.session.completed"],
    );
    paid(&provider, &stripe, 4900).await;
    provider.quiet().await;
    let notices = receiver.notices();
    assert_eq!(notices.len(), 6);
    assert!(notices.iter().all(|notice| *notice == notices[0]));
    let deliveries = provider.deliveries();
    assert_eq!(deliveries.len(), 1);
    assert_eq!(deliveries[0].fate, DeliveryFate::Taken);
}

#[tokio::test]
async fn an_event_with_another_secret_is_refused_until_both_are_known() {
    let provider = provider().await;
    let one = settings(SECRET_KEY, "whsec_new", &provider.url());
    let both = settings(SECRET_KEY, "whsec_new,whsec_rig", &provider.url());
    for (settings, is_taken) in [(one, false), (both, true)] {
        let receiver = Receiver::open(Stripe::new(settings).unwrap(), 0).await;
        let provider = Provider::start(Settings {
            retries: 0,
            ..Settings::default()
        })
        .await;
        provider.send_to(&receiver.url, WEBHOOK_SECRET);
        begin(&stripe(&provider), &attempt(euros(4900))).await;
        provider.advance(Duration::from_secs(60 * 60));
        provider.quiet().await;
        let read = receiver.read();
        assert!(!read.is_empty());
        for told in read {
            // The provider's clock is an hour ahead: a right signature is from another time.
            let refusal = if is_taken {
                HookError::Time
            } else {
                HookError::Signature
            };
            assert_eq!(told, Err(refusal));
        }
    }
}

#[tokio::test]
async fn mischief_sends_events_twice_or_never() {
    for (never, twice, times) in [(0.0, 1.0, 2), (1.0, 0.0, 0)] {
        let (provider, stripe, receiver) = opened(Settings {
            mischief: Mischief {
                never,
                twice,
                late: 0.5,
                latest: Duration::from_millis(50),
                ..Mischief::NONE
            },
            ..Settings::default()
        })
        .await;
        paid(&provider, &stripe, 4900).await;
        provider.quiet().await;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for notice in receiver.notices() {
            *seen.entry(notice.id).or_default() += 1;
        }
        assert!(seen.values().all(|count| *count == times), "{seen:?}");
        let lost = provider.deliveries().into_iter();
        let lost = lost.filter(|delivery| delivery.fate == DeliveryFate::NeverSent);
        assert_eq!(lost.count() == 0, times > 0);
        assert_eq!(seen.is_empty(), times == 0);
    }
}

#[tokio::test]
async fn a_dispute_is_told_and_followed_to_its_end() {
    let (provider, stripe, receiver) = opened(Settings::default()).await;
    let payment = captured(&provider, &stripe, euros(4900), cards::DISPUTES).await;
    provider.quiet().await;
    let told = receiver.notices().into_iter().find_map(|notice| {
        let is_first = notice.kind == "charge.dispute.created";
        match notice.about {
            About::Dispute(dispute) if is_first => Some(dispute),
            _ => None,
        }
    });
    let dispute = told.expect("a dispute is told");
    assert_eq!(Some(&dispute.reference), payment.payment_id.as_ref());
    assert_eq!(dispute.amount, euros(4900));
    assert_eq!(dispute.state, DisputeState::NeedsAnswer);
    assert!(dispute.answer_until.is_some());
    assert_eq!(stripe.dispute(&dispute.id).await.unwrap(), dispute);
    provider.close_dispute(&dispute.id, DisputeStatus::Lost);
    provider.quiet().await;
    let ended = stripe.dispute(&dispute.id).await.unwrap();
    assert_eq!(ended.state, DisputeState::Lost);
    let notices = receiver.notices();
    let closed = notices
        .iter()
        .find(|notice| notice.kind == "charge.dispute.closed");
    assert_eq!(closed.unwrap().about, About::Dispute(ended));
}
