//! Where the suite is run: at Stripe with a test key, or at the tests' own provider.

use http::header::CONTENT_TYPE;
use secrecy::SecretString;
use serde_json::Value;
use server::{
    ids::new_id,
    payment::{
        port::AttemptId,
        stripe::{API_VERSION, Mode, Stripe, StripeSettings},
    },
};

use crate::{
    WEBHOOK_SECRET, attempt, euros, provider,
    provider::{Provider, SECRET_KEY},
};

/// A test key of someone's account at Stripe.
const KEY: &str = "HOLDFAST_TEST_STRIPE_KEY";

/// Cards by the names that Stripe gives them for tests: <https://docs.stripe.com/testing>.
pub const APPROVES: &str = "pm_card_visa";
pub const DECLINES: &str = "pm_card_visa_chargeDeclined";
pub const ASKS: &str = "pm_card_authenticationRequired";
pub const DISPUTES: &str = "pm_card_createDispute";
pub const REFUNDS_SLOWLY: &str = "pm_card_pendingRefund";

pub struct Place {
    /// The shop's client.
    pub stripe: Stripe,
    /// What the addresses of its pages begin with.
    pub pages: String,
    http: http_client::Client,
    api: String,
    key: String,
    // Gone with the place.
    _provider: Option<Provider>,
}

/// An answer as it came.
#[derive(Debug)]
pub struct Told {
    pub status: u16,
    /// What was answered before to the same key.
    pub is_replay: bool,
    pub body: Value,
}

impl Place {
    /// None without a key, which is told.
    pub fn stripe() -> Option<Self> {
        let Ok(key) = std::env::var(KEY) else {
            println!("skipped: {KEY} is not set, so nothing was asked of the real Stripe");
            return None;
        };
        let secret = SecretString::from(WEBHOOK_SECRET);
        let settings = StripeSettings::new(&SecretString::from(key.as_str()), &secret);
        let settings = settings.expect("it is a secret key");
        assert_eq!(settings.mode(), Mode::Test, "never with a live key");
        // First, because it decides who encrypts.
        let stripe = Stripe::new(settings).unwrap();
        let http = http_client::Client::builder().build();
        Some(Self {
            stripe,
            pages: "https://checkout.stripe.com/".to_owned(),
            http: http.expect("a client can be made"),
            api: "https://api.stripe.com".to_owned(),
            key: key.trim().to_owned(),
            _provider: None,
        })
    }

    pub async fn rig() -> Self {
        let provider = provider().await;
        let http = http_client::Client::builder()
            .no_proxy()
            .tls_certs_only(std::iter::empty());
        Self {
            stripe: crate::stripe(&provider),
            pages: provider.url(),
            http: http.build().expect("a client can be made"),
            api: provider.url(),
            key: SECRET_KEY.to_owned(),
            _provider: Some(provider),
        }
    }

    /// Sends a form past the shop's client.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)], key: &str) -> Told {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let sent = self
            .http
            .post(format!("{}/{path}", self.api))
            .bearer_auth(&self.key)
            .header("stripe-version", API_VERSION)
            .header("idempotency-key", key)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form.finish())
            .send()
            .await
            .expect("there is an answer");
        let status = sent.status().as_u16();
        let replayed = sent.headers().get("idempotent-replayed");
        let is_replay = replayed.is_some_and(|value| value == "true");
        let body = sent.bytes().await.expect("the answer is whole");
        Told {
            status,
            is_replay,
            body: serde_json::from_slice(&body).expect("the answer is JSON"),
        }
    }

    /// A payment of an order of the shop's that waits to be confirmed, and what it is called.
    pub async fn intent(&self, minor: i64, card: &str) -> (AttemptId, String) {
        let id = attempt(euros(minor)).id;
        let (minor, number) = (minor.to_string(), id.attempt.to_string());
        let fields = [
            ("amount", minor.as_str()),
            ("currency", "eur"),
            ("capture_method", "manual"),
            ("payment_method_types[0]", "card"),
            ("payment_method", card),
            ("metadata[order_id]", id.order_id.as_str()),
            ("metadata[attempt]", number.as_str()),
        ];
        let made = self.post("v1/payment_intents", &fields, &new_id()).await;
        assert_eq!(made.status, 200, "{made:?}");
        let intent = made.body["id"].as_str().expect("it has a name").to_owned();
        (id, intent)
    }

    /// Pays it with this card, as a page does.
    pub async fn confirm(&self, intent: &str, card: &str) -> Told {
        let path = format!("v1/payment_intents/{intent}/confirm");
        let fields = [("payment_method", card)];
        self.post(&path, &fields, &new_id()).await
    }

    /// A payment of an order of the shop's, for which a card has set the money aside.
    pub async fn authorised(&self, minor: i64, card: &str) -> (AttemptId, String) {
        let (id, intent) = self.intent(minor, card).await;
        let confirmed = self.confirm(&intent, card).await;
        assert_eq!(confirmed.status, 200, "{confirmed:?}");
        assert_eq!(confirmed.body["status"], "requires_capture");
        (id, intent)
    }
}
