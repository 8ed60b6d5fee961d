//! The real Stripe, if a test key of somebody's is given. No card is charged: the page is ended unpaid.

use secrecy::SecretString;
use server::payment::{
    port::{PaymentState, Provider as _},
    stripe::{Mode, Stripe, StripeSettings},
};

use crate::{WEBHOOK_SECRET, attempt, begin, euros};

const KEY: &str = "HOLDFAST_TEST_STRIPE_KEY";

#[tokio::test]
async fn the_real_stripe_begins_looks_voids_and_lists() {
    let Ok(key) = std::env::var(KEY) else {
        println!("skipped: {KEY} is not set, so nothing was asked of the real Stripe");
        return;
    };
    let (key, secret) = (SecretString::from(key), SecretString::from(WEBHOOK_SECRET));
    let settings = StripeSettings::new(&key, &secret).expect("it is a secret key");
    assert_eq!(settings.mode(), Mode::Test, "never with a live key");
    let stripe = Stripe::new(settings).unwrap();
    let attempt = attempt(euros(2000));
    let (reference, url) = begin(&stripe, &attempt).await;
    assert!(url.starts_with("https://checkout.stripe.com/"), "{url}");
    let payment = stripe.look(&reference).await.unwrap();
    assert_eq!(payment.state, PaymentState::Open);
    assert_eq!(payment.attempt, Some(attempt.id.clone()));
    let payment = stripe.void(&reference).await.unwrap();
    assert_eq!(payment.state, PaymentState::Voided);
    stripe
        .list(attempt.began_at)
        .await
        .expect("payments are listed");
}
