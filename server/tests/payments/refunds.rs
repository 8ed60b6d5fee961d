//! Money that goes back: once, however often it is asked for.

use std::time::Duration;

use server::{
    error::ProviderError,
    payment::port::{Provider as _, RefundRequest, RefundState, Sum},
};
use tokio::task::JoinSet;

use crate::{
    attempt, begin, captured, euros, money, paid, provider,
    provider::{Fate, books::DisputeStatus, cards},
    stripe,
};

fn request(reference: &str, id: &str, minor: i64) -> RefundRequest {
    RefundRequest {
        reference: reference.to_owned(),
        refund_id: id.to_owned(),
        amount: euros(minor),
    }
}

const REFUNDS: &str = "POST /v1/refunds";

#[tokio::test]
async fn refunds_add_up_to_what_was_paid_and_no_further() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let payment = paid(&provider, &stripe, 4900).await;
    for (id, minor) in [("r1", 1000), ("r2", 3900)] {
        let sent = stripe.refund(&request(&payment.reference, id, minor)).await;
        assert!(matches!(sent, Ok(RefundState::Sent { .. })), "{sent:?}");
    }
    let more = request(&payment.reference, "r3", 1);
    let refused = stripe.refund(&more).await.unwrap_err();
    assert!(
        matches!(&refused, ProviderError::Refused { code, .. } if code == "charge_already_refunded"),
        "{refused}"
    );
    assert_eq!(provider.accounts()[0].refunded, 4900);
    let payment = stripe.look(&payment.reference).await.unwrap();
    assert_eq!(
        (payment.captured.minor, payment.refunded.minor),
        (4900, 4900)
    );
}

#[tokio::test]
async fn a_refund_that_is_repeated_is_sent_once_even_after_its_key_is_forgotten() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let payment = paid(&provider, &stripe, 4900).await;
    let refund = request(&payment.reference, "r1", 1000);
    let first = stripe.refund(&refund).await.unwrap();
    assert_eq!(stripe.refund(&refund).await.unwrap(), first);
    provider.forget_keys();
    assert_eq!(stripe.refund(&refund).await.unwrap(), first);
    provider.advance(Duration::from_secs(3 * 24 * 60 * 60));
    // By the payment's own name, on another day.
    let payment_id = payment.payment_id.unwrap();
    let refund = request(&payment_id, "r1", 1000);
    assert_eq!(stripe.refund(&refund).await.unwrap(), first);
    assert_eq!(provider.accounts()[0].refunded, 1000);
}

#[tokio::test]
async fn a_refund_that_several_nodes_send_at_once_is_sent_once() {
    let provider = provider().await;
    let node = stripe(&provider);
    let payment = paid(&provider, &node, 4900).await;
    let mut sending = JoinSet::new();
    for _ in 0..8 {
        let (node, refund) = (stripe(&provider), request(&payment.reference, "r1", 1000));
        sending.spawn(async move { node.refund(&refund).await });
    }
    for sent in sending.join_all().await {
        assert!(matches!(sent, Ok(RefundState::Sent { .. })), "{sent:?}");
    }
    assert_eq!(provider.accounts()[0].refunded, 1000);
}

#[tokio::test]
async fn a_refund_whose_answer_is_lost_is_sent_once() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let payment = paid(&provider, &stripe, 4900).await;
    provider.plan(REFUNDS, &[Fate::LostAnswer; 3]);
    let refund = request(&payment.reference, "r1", 1000);
    let unknown = stripe.refund(&refund).await;
    assert!(
        matches!(unknown, Err(ProviderError::Interrupted(_))),
        "{unknown:?}"
    );
    provider.forget_keys();
    let sent = stripe.refund(&refund).await;
    assert!(matches!(sent, Ok(RefundState::Sent { .. })), "{sent:?}");
    assert_eq!(provider.accounts()[0].refunded, 1000);
}

#[tokio::test]
async fn a_failure_that_the_provider_repeats_does_not_hold_a_refund_up() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let payment = paid(&provider, &stripe, 4900).await;
    provider.plan(REFUNDS, &[Fate::KeptFailure]);
    let refund = request(&payment.reference, "r1", 1000);
    let sent = stripe.refund(&refund).await;
    assert!(matches!(sent, Ok(RefundState::Sent { .. })), "{sent:?}");
    assert_eq!(provider.accounts()[0].refunded, 1000);
}

#[tokio::test]
async fn a_refusal_of_another_time_does_not_hold_a_refund_up() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let payment = paid(&provider, &stripe, 4900).await;
    let dispute = provider.dispute(&provider.accounts()[0].intent, "fraudulent");
    let refund = request(&payment.reference, "r1", 1000);
    for _ in 0..2 {
        let later = stripe.refund(&refund).await;
        assert!(
            matches!(later, Err(ProviderError::NotNow { .. })),
            "{later:?}"
        );
    }
    provider.close_dispute(&dispute, DisputeStatus::Won);
    for _ in 0..2 {
        let sent = stripe.refund(&refund).await;
        assert!(matches!(sent, Ok(RefundState::Sent { .. })), "{sent:?}");
    }
    assert_eq!(provider.accounts()[0].refunded, 1000);
    // All keys are used up: it is refused still, and not for good.
    let other = request(&payment.reference, "r2", 1000);
    provider.dispute(&provider.accounts()[0].intent, "general");
    for _ in 0..6 {
        let later = stripe.refund(&other).await;
        assert!(
            matches!(later, Err(ProviderError::NotNow { .. })),
            "{later:?}"
        );
    }
}

#[tokio::test]
async fn a_slow_refund_is_pending_until_it_has_arrived() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let payment = captured(&provider, &stripe, euros(4900), cards::REFUNDS_SLOWLY).await;
    let refund = request(&payment.reference, "r1", 1000);
    let sent = stripe.refund(&refund).await;
    assert!(matches!(sent, Ok(RefundState::Pending { .. })), "{sent:?}");
    let looked = stripe.look(&payment.reference).await.unwrap();
    let pending = Sum {
        minor: 0,
        pending_minor: 1000,
    };
    assert_eq!(looked.refunded, pending);
    provider.settle_refunds();
    let sent = stripe.refund(&refund).await;
    assert!(matches!(sent, Ok(RefundState::Sent { .. })), "{sent:?}");
}

#[tokio::test]
async fn a_refund_that_got_lost_is_told_and_not_counted() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let payment = captured(&provider, &stripe, euros(4900), cards::LOSES_REFUNDS).await;
    let refund = request(&payment.reference, "r1", 1000);
    let sent = stripe.refund(&refund).await;
    assert!(matches!(sent, Ok(RefundState::Sent { .. })), "{sent:?}");
    provider.settle_refunds();
    let lost = stripe.refund(&refund).await;
    assert!(matches!(lost, Ok(RefundState::Failed { .. })), "{lost:?}");
    let looked = stripe.look(&payment.reference).await.unwrap();
    assert_eq!(looked.refunded, Sum::default());
    assert_eq!(provider.accounts()[0].refunded, 0);
}

#[tokio::test]
async fn what_was_not_paid_is_not_refunded() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
    let refund = request(&reference, "r1", 1000);
    let refused = stripe.refund(&refund).await.unwrap_err();
    assert!(
        matches!(refused, ProviderError::Refused { .. }),
        "{refused}"
    );
    provider.pay(&page, cards::APPROVES).await;
    let refused = stripe.refund(&refund).await.unwrap_err();
    assert!(
        matches!(refused, ProviderError::Refused { .. }),
        "{refused}"
    );
    assert_eq!(provider.accounts()[0].held, 4900);
}

#[tokio::test]
async fn refunds_are_in_the_providers_units() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let total = money(500, "ISK");
    let payment = captured(&provider, &stripe, total, cards::APPROVES).await;
    let refund = RefundRequest {
        amount: money(20, "ISK"),
        ..request(&payment.reference, "r1", 0)
    };
    stripe.refund(&refund).await.unwrap();
    assert_eq!(provider.accounts()[0].refunded, 2000);
    let looked = stripe.look(&payment.reference).await.unwrap();
    assert_eq!(looked.refunded.minor, 20);
}
