//! The client of Stripe, against a provider that speaks Stripe's API and fails as networks do.

mod attempts;
mod faults;
mod hooks;
#[path = "../provider/mod.rs"]
mod provider;
mod real;
mod refunds;
mod set_up;
mod storm;

use std::time::Duration;

use provider::{Provider, SECRET_KEY, Settings, Visit, cards};
use secrecy::SecretString;
use server::{
    ids::new_id,
    payment::{
        port::{Attempt, AttemptId, Begun, Money, Payment, Provider as _},
        stripe::{Stripe, StripeSettings, Timeouts},
    },
};

const WEBHOOK_SECRET: &str = "whsec_rig";

/// Without mischief.
async fn provider() -> Provider {
    Provider::start(Settings::default()).await
}

fn settings(key: &str, secret: &str, api: &str) -> StripeSettings {
    let settings = StripeSettings::new(&SecretString::from(key), &SecretString::from(secret));
    let mut settings = settings.unwrap().at(api, api).unwrap();
    settings.timeouts = Timeouts {
        pause: Duration::from_millis(1),
        ..Timeouts::default()
    };
    settings
}

fn stripe(provider: &Provider) -> Stripe {
    Stripe::new(settings(SECRET_KEY, WEBHOOK_SECRET, &provider.url())).unwrap()
}

/// In milliseconds since 1970.
fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

fn money(minor: i64, currency: &str) -> Money {
    Money {
        minor,
        currency: currency.to_owned(),
    }
}

fn euros(minor: i64) -> Money {
    money(minor, "EUR")
}

/// The first attempt to pay a new order, whose units are held for an hour.
fn attempt(total: Money) -> Attempt {
    Attempt {
        id: AttemptId {
            order_id: new_id(),
            attempt: 1,
        },
        order_number: "HF-7K3M0-9Q21A".to_owned(),
        total,
        email: "zoe@shop.example".to_owned(),
        return_url: "https://shop.example/orders/secret?paid=1".to_owned(),
        cancel_url: "https://shop.example/checkout/payment".to_owned(),
        began_at: now(),
        until: now() + 60 * 60 * 1000,
        locale: Some("en".to_owned()),
    }
}

/// Reference and address of the page that an attempt begins with.
async fn begin(stripe: &Stripe, attempt: &Attempt) -> (String, String) {
    match stripe.begin(attempt).await.unwrap() {
        Begun::Redirect { reference, url, .. } => (reference, url),
        other => panic!("{other:?}"),
    }
}

/// An order that was paid with this card, and captured.
async fn captured(provider: &Provider, stripe: &Stripe, total: Money, card: &str) -> Payment {
    let (reference, page) = begin(stripe, &attempt(total.clone())).await;
    let visit = provider.pay(&page, card).await;
    assert!(matches!(visit, Visit::Back(_)), "{visit:?}");
    stripe.capture(&reference, &total).await.unwrap()
}

/// The same with a card that only approves.
async fn paid(provider: &Provider, stripe: &Stripe, minor: i64) -> Payment {
    captured(provider, stripe, euros(minor), cards::APPROVES).await
}
