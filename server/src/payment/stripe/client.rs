//! Requests to Stripe's API: with a pinned version, keys of idempotency, limits of time and size,
//! and a few more tries where they are safe.

use std::time::Duration;

use http::{
    Method,
    header::{CONTENT_TYPE, DATE},
};
use http_client::redirect::Policy;
use rand::Rng;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep};
use url::Url;

use super::{
    API_VERSION,
    failure::{Effect, Failure, Retry},
    form::Form,
    settings::{StripeSettings, Timeouts},
};
use crate::error::{Error, Result};

/// No answer to the calls we make is anywhere near this, in bytes.
const LARGEST: usize = 4 << 20;
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// `Debug` shows no secret.
#[derive(Debug, Clone)]
pub(super) struct Client {
    http: http_client::Client,
    key: SecretString,
    api: Url,
    timeouts: Timeouts,
}

/// What was asked for, and what Stripe's clock says, in milliseconds since 1970.
#[derive(Debug)]
pub(super) struct Answer<T> {
    pub value: T,
    pub date: Option<i64>,
}

/// A request as it is sent, however often.
struct Call<'a> {
    method: Method,
    url: Url,
    body: String,
    key: Option<&'a str>,
}

impl Client {
    pub fn new(settings: &StripeSettings) -> Result<Self> {
        // The first one stays; a second call changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = http_client::Client::builder()
            .user_agent(concat!("holdfast/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(settings.timeouts.connect)
            .redirect(Policy::none());
        if settings.is_unencrypted() {
            // On this machine: neither a proxy nor the system's certificates have a part in it.
            builder = builder.no_proxy().tls_certs_only(std::iter::empty());
        }
        let http = builder
            .build()
            .map_err(|error| Error::Setting(format!("no client for Stripe: {error}")))?;
        Ok(Self {
            http,
            key: settings.secret_key.clone(),
            api: settings.api.clone(),
            timeouts: settings.timeouts,
        })
    }

    pub async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &Form,
    ) -> Result<Answer<T>, Failure> {
        let mut url = self.url(path)?;
        url.set_query(
            Some(&query.encode())
                .filter(|query| !query.is_empty())
                .map(String::as_str),
        );
        self.call(&Call {
            method: Method::GET,
            url,
            body: String::new(),
            key: None,
        })
        .await
    }

    /// `key` names what is asked for: Stripe answers a second request with the same key as it
    /// answered the first, for a day at least.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        form: &Form,
        key: &str,
    ) -> Result<T, Failure> {
        let call = Call {
            method: Method::POST,
            url: self.url(path)?,
            body: form.encode(),
            key: Some(key),
        };
        Ok(self.call(&call).await?.value)
    }

    fn url(&self, path: &str) -> Result<Url, Failure> {
        self.api.join(path).map_err(|error| {
            Failure::unreadable(format!("{path} is no address: {error}"), &Method::GET)
        })
    }

    async fn call<T: DeserializeOwned>(&self, call: &Call<'_>) -> Result<Answer<T>, Failure> {
        let last = Instant::now() + self.timeouts.overall;
        let mut earlier = Effect::None;
        let mut tries = 0;
        loop {
            tries += 1;
            let failure = match self.once(call).await {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            let pause = match failure.retry {
                Retry::Soon => Some(self.pause(tries)),
                Retry::After(pause) => Some(pause),
                Retry::Never => None,
            };
            let pause = pause
                .filter(|pause| tries < self.timeouts.tries && Instant::now() + *pause <= last);
            let Some(pause) = pause else {
                return Err(failure.after(earlier));
            };
            tracing::debug!(error = %failure.error, "a call to Stripe is tried again");
            if failure.effect == Effect::Unknown {
                earlier = Effect::Unknown;
            }
            sleep(pause).await;
        }
    }

    /// Doubled for each try, less a part by chance, so that not all nodes come back at once.
    fn pause(&self, tries: u32) -> Duration {
        let doubled = self.timeouts.pause * 2u32.saturating_pow(tries - 1);
        doubled
            .min(LONGEST_PAUSE)
            .mul_f64(rand::rng().random_range(0.5..=1.0))
    }

    async fn once<T: DeserializeOwned>(&self, call: &Call<'_>) -> Result<Answer<T>, Failure> {
        let lost = |error: http_client::Error| Failure::of_transport(&error, &call.method);
        let mut request = self
            .http
            .request(call.method.clone(), call.url.clone())
            .bearer_auth(self.key.expose_secret())
            .header("stripe-version", API_VERSION)
            .timeout(self.timeouts.try_for);
        if let Some(key) = call.key {
            request = request
                .header("idempotency-key", key)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(call.body.clone());
        }
        let mut response = request.send().await.map_err(lost)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            if body.len() + chunk.len() > LARGEST {
                let words = "the answer is too long".to_owned();
                return Err(Failure::unreadable(words, &call.method));
            }
            body.extend_from_slice(&chunk);
        }
        let (status, headers) = (response.status(), response.headers());
        if !status.is_success() {
            return Err(Failure::of_answer(status, headers, &body, &call.method));
        }
        let value = serde_json::from_slice(&body).map_err(|error| {
            Failure::unreadable(format!("the answer cannot be read: {error}"), &call.method)
        })?;
        let date = headers
            .get(DATE)
            .and_then(|value| jiff::fmt::rfc2822::parse(value.to_str().ok()?).ok())
            .map(|date| date.timestamp().as_millisecond());
        Ok(Answer { value, date })
    }
}
