//! Everything goes wrong at once, and the books still agree.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use server::{
    error::ProviderError,
    payment::{
        port::{
            Attempt, AttemptId, Begun, PaymentState, Provider as _, RefundRequest, RefundState,
        },
        stripe::Stripe,
    },
};

use crate::{
    attempt, euros,
    provider::{Mischief, Provider, Settings, books::IntentStatus, cards},
    stripe,
};

const ORDERS: i64 = 60;
/// Far more than any run needs.
const PATIENCE: usize = 200;

/// What a shopper and the shop do with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    Captured,
    /// Captured, and a part goes back.
    Refunded,
    /// The hold ended after paying.
    Voided,
    /// The hold ended before paying.
    Abandoned,
}

impl Course {
    fn of(n: i64) -> Self {
        match n % 4 {
            0 => Self::Captured,
            1 => Self::Refunded,
            2 => Self::Voided,
            _ => Self::Abandoned,
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
    let mut number = 0;
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

async fn live(provider: &Provider, stripe: &Stripe, attempt: &Attempt, course: Course) {
    let (reference, page) = begun(stripe, attempt).await;
    let total = &attempt.total;
    if course != Course::Abandoned {
        provider.pay(&page, cards::APPROVES).await;
    }
    match course {
        Course::Captured | Course::Refunded => {
            let payment = persist(async || stripe.capture(&reference, total).await).await;
            assert_eq!(payment.state, PaymentState::Captured);
        }
        Course::Voided | Course::Abandoned => {
            let payment = persist(async || stripe.void(&reference).await).await;
            assert_eq!(payment.state, PaymentState::Voided);
        }
    }
    if course == Course::Refunded {
        let refund = RefundRequest {
            reference,
            refund_id: format!("refund of {}", attempt.id.order_id),
            amount: euros(100),
        };
        // Asked for again, as after a crash.
        for _ in 0..3 {
            let sent = persist(async || stripe.refund(&refund).await).await;
            assert!(matches!(sent, RefundState::Sent { .. }), "{sent:?}");
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
    let living = (0..ORDERS).map(|n| {
        let (attempt, course) = (attempt(euros(1000 + n)), Course::of(n));
        courses.insert(attempt.id.order_id.clone(), (course, 1000 + n));
        let (provider, stripe) = (&provider, &stripe);
        async move { live(provider, stripe, &attempt, course).await }
    });
    join_all(living).await;

    let mut paid = BTreeMap::new();
    for account in provider.accounts() {
        let order = account
            .order_id
            .clone()
            .expect("every payment names its order");
        assert!(
            paid.insert(order, account).is_none(),
            "seed {seed}: paid twice"
        );
    }
    for (order, (course, total)) in courses {
        let account = paid.get(&order);
        let sums = account.map(|account| {
            (
                account.status,
                account.held,
                account.captured,
                account.refunded,
            )
        });
        let expected = match course {
            Course::Captured => Some((IntentStatus::Succeeded, 0, total, 0)),
            Course::Refunded => Some((IntentStatus::Succeeded, 0, total, 100)),
            Course::Voided => Some((IntentStatus::Canceled, 0, 0, 0)),
            Course::Abandoned => None,
        };
        assert_eq!(sums, expected, "seed {seed}, {course:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_books_agree_whatever_goes_wrong() {
    for seed in 1..=3 {
        storm(seed).await;
    }
}
