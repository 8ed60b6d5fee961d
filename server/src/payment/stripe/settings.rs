//! What has to be known to talk to Stripe.

use std::{net::IpAddr, time::Duration};

use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use crate::{
    error::{Error, Result},
    payment::port::PATIENCE,
};

/// Whether money is real.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Test,
    Live,
}

/// How long an answer is waited for, and how often it is asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    pub connect: Duration,
    /// For one try, from connecting to the last byte of the answer.
    pub try_for: Duration,
    /// No try begins later than this after the first.
    pub overall: Duration,
    pub tries: u32,
    /// Before the second try; doubled for each that follows.
    pub pause: Duration,
    /// How long someone waits for all that is asked for them.
    pub patience: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            try_for: Duration::from_secs(15),
            overall: Duration::from_secs(20),
            tries: 3,
            pause: Duration::from_millis(300),
            patience: PATIENCE,
        }
    }
}

/// `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct StripeSettings {
    pub(super) secret_key: SecretString,
    pub(super) webhook_secrets: Vec<SecretString>,
    pub(super) mode: Mode,
    pub(super) api: Url,
    pub(super) page_origin: String,
    pub timeouts: Timeouts,
}

const API: &str = "https://api.stripe.com";
const PAGES: &str = "https://checkout.stripe.com";
/// One in use, and one that replaces it or is replaced.
const MOST_SECRETS: usize = 2;

impl StripeSettings {
    /// From `HOLDFAST_STRIPE_SECRET_KEY` and `HOLDFAST_STRIPE_WEBHOOK_SECRET`. While the second is
    /// being changed it may hold two secrets with a comma between them.
    pub fn new(secret_key: &SecretString, webhook_secrets: &SecretString) -> Result<Self> {
        let key = secret_key.expose_secret().trim();
        let mode = mode_of(key)?;
        let secrets: Vec<_> = webhook_secrets
            .expose_secret()
            .split(',')
            .map(str::trim)
            .filter(|secret| !secret.is_empty())
            .collect();
        if secrets.is_empty() || secrets.len() > MOST_SECRETS {
            return Err(setting(
                "HOLDFAST_STRIPE_WEBHOOK_SECRET must hold the signing secret of the webhook, or two \
                 with a comma between them while it is being changed",
            ));
        }
        if !secrets.iter().all(|secret| is_secret(secret, "whsec_")) {
            return Err(setting(
                "HOLDFAST_STRIPE_WEBHOOK_SECRET must begin with whsec_, as Stripe shows it",
            ));
        }
        Ok(Self {
            secret_key: SecretString::from(key),
            webhook_secrets: secrets.into_iter().map(SecretString::from).collect(),
            mode,
            api: Url::parse(API).map_err(|error| setting(&error.to_string()))?,
            page_origin: PAGES.to_owned(),
            timeouts: Timeouts::default(),
        })
    }

    /// Another address of the API, and another origin of the pages, than Stripe's own. Only a server
    /// on this machine is talked to without encryption.
    pub fn at(mut self, api: &str, page_origin: &str) -> Result<Self> {
        let url = Url::parse(api)
            .map_err(|error| setting(&format!("the address {api:?} of Stripe: {error}")))?;
        let is_safe = match url.scheme() {
            "https" => true,
            "http" => is_loopback(&url),
            _ => false,
        };
        if !is_safe {
            return Err(setting(&format!(
                "the address {api:?} of Stripe must begin with https://"
            )));
        }
        self.api = url;
        self.page_origin = page_origin.to_owned();
        Ok(self)
    }

    pub fn mode(&self) -> Mode {
        self.mode
    }

    pub(super) fn is_unencrypted(&self) -> bool {
        self.api.scheme() == "http"
    }
}

/// Secret keys and restricted keys tell their mode.
fn mode_of(key: &str) -> Result<Mode> {
    let test = ["sk_test_", "rk_test_"];
    let live = ["sk_live_", "rk_live_"];
    if test.iter().any(|prefix| is_secret(key, prefix)) {
        Ok(Mode::Test)
    } else if live.iter().any(|prefix| is_secret(key, prefix)) {
        Ok(Mode::Live)
    } else if key.starts_with("pk_") {
        Err(setting(
            "HOLDFAST_STRIPE_SECRET_KEY holds the publishable key; the shop needs the secret key, \
             which begins with sk_, or a restricted key, which begins with rk_",
        ))
    } else {
        Err(setting(
            "HOLDFAST_STRIPE_SECRET_KEY must be a secret key, which begins with sk_live_ or \
             sk_test_, or a restricted key, which begins with rk_live_ or rk_test_",
        ))
    }
}

fn is_secret(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic()))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

/// Never holds a secret.
fn setting(words: &str) -> Error {
    Error::Setting(words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(key: &str, webhook: &str) -> Result<StripeSettings> {
        StripeSettings::new(&SecretString::from(key), &SecretString::from(webhook))
    }

    #[test]
    fn a_key_tells_whether_money_is_real() {
        for (key, mode) in [
            ("sk_test_1a", Mode::Test),
            ("rk_test_1a", Mode::Test),
            (" sk_live_1a\n", Mode::Live),
            ("rk_live_1a", Mode::Live),
        ] {
            assert_eq!(settings(key, "whsec_1").unwrap().mode(), mode, "{key}");
        }
    }

    #[test]
    fn a_key_or_secret_of_another_kind_is_refused_without_being_shown() {
        for (key, webhook) in [
            ("", "whsec_1"),
            ("pk_live_hidden", "whsec_1"),
            ("sk_test_", "whsec_1"),
            ("sk_test_hid den", "whsec_1"),
            ("hidden", "whsec_1"),
            ("sk_test_hidden", ""),
            ("sk_test_hidden", "hidden"),
            ("sk_test_hidden", "whsec_1,whsec_2,whsec_hidden"),
        ] {
            let error = settings(key, webhook).unwrap_err().to_string();
            assert!(error.starts_with("HOLDFAST_STRIPE_"), "{error}");
            assert!(!error.contains("hidden"), "{error}");
        }
    }

    #[test]
    fn two_webhook_secrets_are_taken_while_one_is_changed() {
        let settings = settings("sk_test_1a", "whsec_1, whsec_2,").unwrap();
        assert_eq!(settings.webhook_secrets.len(), 2);
    }

    #[test]
    fn settings_do_not_show_their_secrets() {
        let settings = settings("sk_test_hidden", "whsec_hidden").unwrap();
        let shown = format!("{settings:?}");
        assert!(
            shown.contains("REDACTED") && !shown.contains("hidden"),
            "{shown}"
        );
    }

    #[test]
    fn only_this_machine_is_talked_to_without_encryption() {
        let settings = settings("sk_test_1a", "whsec_1").unwrap();
        for (api, is_taken) in [
            ("http://127.0.0.1:8420", true),
            ("http://[::1]:8420", true),
            ("http://localhost:8420", true),
            ("https://stripe.example", true),
            ("http://stripe.example", false),
            ("http://127.0.0.1.example", false),
            ("ftp://127.0.0.1", false),
            ("stripe", false),
        ] {
            let taken = settings.clone().at(api, "https://pages.example");
            assert_eq!(taken.is_ok(), is_taken, "{api}");
        }
    }
}
