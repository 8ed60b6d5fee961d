//! Everything goes wrong at once, and the books still agree. `HOLDFAST_STORM_SEED` takes another seed than those of
//! every run.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use server::{
    error::ProviderError,
    payment::{
        port::{
            Attempt, AttemptId, Begun, DisputeState, PaymentState, Provider as _, RefundRequest,
            RefundState,
        },
        stripe::Stripe,
    },
};

use crate::{
    attempt, euros,
    provider::{
        Mischief, Provider, Settings, Visit,
        books::{DisputeStatus, IntentStatus},
        cards,
    },
    stripe,
};

const ORDERS: usize = 60;
/// Far more than any run needs.
const PATIENCE: usize = 200;
/// What is not captured where less is than was authorised.
const LEFT: i64 = 300;

/// What a shopper, a bank and the shop do with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    Captured,
    /// Less than was authorised.
    CapturedInPart,
    /// Captured, and goes back in two parts, of which each is asked for again.
    Refunded,
    /// The hold ended after paying.
    Voided,
    /// The hold ended after paying, and the next attempt is captured.
    PaidOnceMore,
    /// The hold ended before paying.
    Abandoned,
    /// And another card is not.
    Declined,
    DeclinedAndGivenUp,
    /// The card's bank asks, and its owner says yes.
    Asked,
    AskedAndRefused,
    AskedAndGivenUp,
    /// Captured, and the bank decides for the shop.
    Disputed,
}

impl Course {
    const ALL: [Self; 12] = [
        Self::Captured,
        Self::CapturedInPart,
        Self::Refunded,
        Self::Voided,
        Self::PaidOnceMore,
        Self::Abandoned,
        Self::Declined,
        Self::DeclinedAndGivenUp,
        Self::Asked,
        Self::AskedAndRefused,
        Self::AskedAndGivenUp,
        Self::Disputed,
    ];

    /// All of them, one order after the other.
    const fn of(n: usize) -> Self {
        Self::ALL[n % Self::ALL.len()]
    }

    /// What the provider has of each of its payments in the end: state, held, captured and refunded.
    fn accounts(self, total: i64) -> Vec<(IntentStatus, i64, i64, i64)> {
        let taken = |captured, refunded| (IntentStatus::Succeeded, 0, captured, refunded);
        let ended = (IntentStatus::Canceled, 0, 0, 0);
        match self {
            Self::Captured | Self::Declined | Self::Asked | Self::Disputed => {
                vec![taken(total, 0)]
            }
            Self::CapturedInPart => vec![taken(total - LEFT, 0)],
            Self::Refunded => vec![taken(total, 350)],
            Self::PaidOnceMore => vec![ended, taken(total, 0)],
            Self::Voided
            | Self::DeclinedAndGivenUp
            | Self::AskedAndRefused
            | Self::AskedAndGivenUp => vec![ended],
            Self::Abandoned => Vec::new(),
        }
    }
}

/// Asks until there is an answer, as the shop does from time to time.
async fn persist<T>(mut ask: impl AsyncFnMut() -> Result<T, ProviderError>) -> T {
    let mut last = None;
    for _ in 0..PATIENCE {
        match ask().await {
            Ok(answer) => return answer,
            Err(
                error @ (ProviderError::Interrupted(_)
                | ProviderError::NotNow { .. }
                | ProviderError::RateLimited { .. }
                | ProviderError::Unavailable(_)),
            ) => last = Some(error),
            Err(error) => panic!("{error}"),
        }
    }
    panic!("no answer after {PATIENCE} calls: {last:?}")
}

/// Begins with as many attempts as it takes: a failure that is kept under a key comes back with it.
async fn begun(stripe: &Stripe, first: &Attempt) -> (String, String) {
    let mut number = first.id.attempt - 1;
    let begun = persist(async || {
        number += 1;
        let attempt = Attempt {
            id: AttemptId {
                attempt: number,
                ..first.id.clone()
            },
            ..first.clone()
        };
        stripe.begin(&attempt).await
    })
    .await;
    match begun {
        Begun::Redirect { reference, url, .. } => (reference, url),
        other => panic!("{other:?}"),
    }
}

/// What the shopper does on the page.
async fn shop_on(provider: &Provider, page: &str, course: Course) {
    match course {
        Course::Abandoned => return,
        Course::Declined | Course::DeclinedAndGivenUp => {
            let visit = provider.pay(page, cards::DECLINES).await;
            assert!(matches!(visit, Visit::Again(_)), "{visit:?}");
        }
        Course::Asked | Course::AskedAndRefused | Course::AskedAndGivenUp => {
            let Visit::Asked(question) = provider.pay(page, cards::ASKS).await else {
                panic!("nobody is asked")
            };
            let answer = match course {
                Course::Asked => "yes",
                Course::AskedAndRefused => "no",
                _ => return,
            };
            provider.answer(&question, answer).await;
            return;
        }
        Course::Captured
        | Course::CapturedInPart
        | Course::Refunded
        | Course::Voided
        | Course::PaidOnceMore
        | Course::Disputed => {}
    }
    if course != Course::DeclinedAndGivenUp {
        let visit = provider.pay(page, cards::APPROVES).await;
        assert!(matches!(visit, Visit::Back(_)), "{visit:?}");
    }
}

async fn captured(stripe: &Stripe, reference: &str, minor: i64) {
    let amount = euros(minor);
    let payment = persist(async || stripe.capture(reference, &amount).await).await;
    assert_eq!(payment.state, PaymentState::Captured);
    assert_eq!(payment.captured.minor, minor);
}

async fn voided(stripe: &Stripe, reference: &str) {
    let payment = persist(async || stripe.void(reference).await).await;
    assert_eq!(payment.state, PaymentState::Voided);
}

async fn live(provider: &Provider, stripe: &Stripe, attempt: &Attempt, course: Course) {
    let (reference, page) = begun(stripe, attempt).await;
    let total = attempt.total.minor;
    shop_on(provider, &page, course).await;
    match course {
        Course::Captured | Course::Declined | Course::Asked => {
            captured(stripe, &reference, total).await;
        }
        Course::CapturedInPart => captured(stripe, &reference, total - LEFT).await,
        Course::Refunded => {
            captured(stripe, &reference, total).await;
            for minor in [100, 250] {
                let refund = RefundRequest {
                    reference: reference.clone(),
                    refund_id: format!("{minor} of {}", attempt.id.order_id),
                    amount: euros(minor),
                };
                // Asked for again, as after a crash.
                for _ in 0..3 {
                    let sent = persist(async || stripe.refund(&refund).await).await;
                    assert!(matches!(sent, RefundState::Sent { .. }), "{sent:?}");
                }
            }
        }
        Course::Voided
        | Course::Abandoned
        | Course::DeclinedAndGivenUp
        | Course::AskedAndRefused
        | Course::AskedAndGivenUp => voided(stripe, &reference).await,
        Course::PaidOnceMore => {
            voided(stripe, &reference).await;
            let next = Attempt {
                id: AttemptId {
                    attempt: 1000,
                    ..attempt.id.clone()
                },
                ..attempt.clone()
            };
            let (reference, page) = begun(stripe, &next).await;
            provider.pay(&page, cards::APPROVES).await;
            captured(stripe, &reference, total).await;
        }
        Course::Disputed => {
            captured(stripe, &reference, total).await;
            let intent = provider.intent_on(&page).expect("it was paid");
            let dispute = provider.dispute(&intent, "fraudulent");
            provider.close_dispute(&dispute, DisputeStatus::Won);
            let found = persist(async || stripe.disputes(&reference).await).await;
            let found: Vec<_> = found
                .iter()
                .map(|found| (found.id.as_str(), found.state, found.amount.minor))
                .collect();
            assert_eq!(found, [(dispute.as_str(), DisputeState::Won, total)]);
        }
    }
}

async fn storm(seed: u64) {
    let provider = Provider::start(Settings {
        mischief: Mischief::full(seed),
        ..Settings::default()
    })
    .await;
    let stripe = stripe(&provider);
    let mut courses = BTreeMap::new();
    let living = (1000..).take(ORDERS).enumerate().map(|(n, total)| {
        let (attempt, course) = (attempt(euros(total)), Course::of(n));
        courses.insert(attempt.id.order_id.clone(), (course, total));
        let (provider, stripe) = (&provider, &stripe);
        async move { live(provider, stripe, &attempt, course).await }
    });
    join_all(living).await;

    let mut accounts: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for account in provider.accounts() {
        let order = account.order_id.expect("every payment names its order");
        let (held, captured, refunded) = (account.held, account.captured, account.refunded);
        let sums = (account.status, held, captured, refunded);
        accounts.entry(order).or_default().push(sums);
    }
    for (order, (course, total)) in courses {
        let found = accounts.remove(&order).unwrap_or_default();
        assert_eq!(found, course.accounts(total), "seed {seed}, {course:?}");
    }
    assert!(accounts.is_empty(), "seed {seed}: nobody's: {accounts:?}");
    let each = ORDERS / Course::ALL.len();
    println!(
        "seed {seed}: {each} orders or more of each of {:?}",
        Course::ALL
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_books_agree_whatever_goes_wrong() {
    const { assert!(ORDERS >= Course::ALL.len()) };
    let seed = std::env::var("HOLDFAST_STORM_SEED").ok();
    let seed = seed.map(|seed| seed.parse().expect("a seed is a number"));
    match seed {
        Some(seed) => storm(seed).await,
        None => {
            for seed in 1..=3 {
                storm(seed).await;
            }
        }
    }
}
