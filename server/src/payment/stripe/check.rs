//! Whether everything is set up, in words for the owner.

use super::{
    API_VERSION, EVENTS, Stripe,
    failure::shortened,
    form::Form,
    objects::{Balance, WebhookEndpoint},
    settings::Mode,
};
use crate::error::ProviderError;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// As it should be.
    Good,
    /// Works, but the owner should know.
    Note,
    /// Payments fail, or are found late.
    Fault,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub weight: Weight,
    pub words: String,
}

/// How far clocks may be apart, in seconds: well below what a signature may be.
const CLOCKS: i64 = 60;

impl Stripe {
    /// Asks Stripe, changes nothing. `hook_url` is where the shop takes events, `now` the shop's
    /// clock, in milliseconds since 1970.
    pub async fn check(&self, hook_url: &str, now: i64) -> Vec<Finding> {
        let mut findings = Findings::default();
        match self.client.get::<Balance>("v1/balance", &Form::new()).await {
            Ok(answer) => {
                self.mode(answer.value.livemode, &mut findings);
                clock(answer.date, now, &mut findings);
            }
            Err(failure) => {
                // Without an answer, no more questions.
                if self.key(&failure.error, &mut findings) {
                    return findings.0;
                }
            }
        }
        self.webhook(hook_url, &mut findings).await;
        findings.0
    }

    fn mode(&self, is_live: bool, findings: &mut Findings) {
        match (self.settings.mode, is_live) {
            (Mode::Live, true) => findings.good("Stripe takes the key, which is a live key."),
            (Mode::Test, false) => {
                findings.good("Stripe takes the key.");
                findings.note("It is a test key: no real money is taken.");
            }
            (Mode::Live, false) | (Mode::Test, true) => findings.fault(
                "The key and Stripe's answer do not agree on whether this is live: is \
                 another server than Stripe's answering?",
            ),
        }
    }

    /// Whether nothing more can be asked.
    fn key(&self, error: &ProviderError, findings: &mut Findings) -> bool {
        match error {
            ProviderError::Misconfigured(words) if words.starts_with("status 403") => {
                findings.note(&format!(
                    "The restricted key may not read the balance, so the clocks were not compared. \
                     Stripe says: {}",
                    shortened(words)
                ));
                false
            }
            ProviderError::Misconfigured(words) => {
                findings.fault(&format!(
                    "Stripe does not take the key in HOLDFAST_STRIPE_SECRET_KEY. Stripe says: {}",
                    shortened(words)
                ));
                true
            }
            ProviderError::Refused { message, .. } => {
                findings.fault(&format!(
                    "Stripe refuses requests of version {API_VERSION}: this server may be too old. \
                     Stripe says: {}",
                    shortened(message)
                ));
                true
            }
            ProviderError::RateLimited { .. } => {
                findings.fault("Stripe takes no more requests for now. Try again in a minute.");
                true
            }
            ProviderError::Unavailable(words) | ProviderError::Interrupted(words) => {
                findings.fault(&format!(
                    "Stripe is out of reach from this machine: {}",
                    shortened(words)
                ));
                true
            }
            ProviderError::Declined { reason } | ProviderError::NotNow { words: reason, .. } => {
                findings.fault(&format!("Stripe refuses: {}", shortened(reason)));
                true
            }
        }
    }

    async fn webhook(&self, hook_url: &str, findings: &mut Findings) {
        if self.settings.mode == Mode::Live && !hook_url.starts_with("https://") {
            findings.fault(&format!(
                "Stripe sends live events to https addresses only, and the shop's is {hook_url}: \
                 set HOLDFAST_BASE_URL."
            ));
        }
        let endpoints: Vec<WebhookEndpoint> =
            match self.all("v1/webhook_endpoints", &Form::new()).await {
                Ok(endpoints) => endpoints,
                Err(failure) => {
                    findings.note(&format!(
                        "The webhook was not checked: {}",
                        ProviderError::from(failure)
                    ));
                    return;
                }
            };
        let Some(endpoint) = endpoints.iter().find(|endpoint| endpoint.url == hook_url) else {
            findings.fault(&format!(
                "No webhook at Stripe leads to {hook_url}. Payments are found by asking, which is \
                 slower. Add one in Stripe's dashboard, under Webhooks."
            ));
            return;
        };
        judge(endpoint, findings);
    }
}

fn judge(endpoint: &WebhookEndpoint, findings: &mut Findings) {
    if endpoint.status != "enabled" {
        findings.fault(&format!(
            "The webhook to {} is switched off at Stripe.",
            shortened(&endpoint.url)
        ));
    }
    let missing: Vec<_> = EVENTS
        .iter()
        .copied()
        .filter(|event| !sends(endpoint, event))
        .collect();
    if missing.is_empty() {
        findings.good("The webhook sends all events that the shop acts on.");
    } else {
        findings.fault(&format!(
            "The webhook does not send these events: {}.",
            missing.join(", ")
        ));
    }
    match endpoint.api_version.as_deref() {
        Some(API_VERSION) => findings.good("The webhook has the API version of the shop."),
        other => findings.note(&format!(
            "The webhook has API version {}; the shop was written for {API_VERSION}. The shop asks \
             again for what it acts on, so this is safe until Stripe changes an event's shape.",
            shortened(other.unwrap_or("of the account"))
        )),
    }
}

fn sends(endpoint: &WebhookEndpoint, event: &str) -> bool {
    let mut events = endpoint.enabled_events.iter();
    events.any(|enabled| enabled == "*" || enabled == event)
}

fn clock(date: Option<i64>, now: i64, findings: &mut Findings) {
    let Some(date) = date else {
        findings.note("Stripe did not tell the time, so the clocks were not compared.");
        return;
    };
    let apart = (now - date) / 1000;
    if apart.abs() <= CLOCKS {
        findings.good("The clocks agree.");
        return;
    }
    let (seconds, direction) = (apart.abs(), if apart > 0 { "fast" } else { "slow" });
    findings.fault(&format!(
        "This machine's clock is {seconds} seconds {direction}. From 300 on, the shop refuses \
         Stripe's events: switch on time synchronisation."
    ));
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn good(&mut self, words: &str) {
        self.add(Weight::Good, words);
    }

    fn note(&mut self, words: &str) {
        self.add(Weight::Note, words);
    }

    fn fault(&mut self, words: &str) {
        self.add(Weight::Fault, words);
    }

    fn add(&mut self, weight: Weight, words: &str) {
        let words = words.to_owned();
        self.0.push(Finding { weight, words });
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;
    use crate::payment::stripe::settings::StripeSettings;

    fn faults(findings: Findings) -> Vec<String> {
        let faults = findings.0.into_iter();
        faults
            .filter(|finding| finding.weight == Weight::Fault)
            .map(|finding| finding.words)
            .collect()
    }

    #[test]
    fn whatever_keeps_the_key_from_being_checked_has_words() {
        let key = SecretString::from("sk_test_hidden");
        let settings = StripeSettings::new(&key, &SecretString::from("whsec_hidden"));
        let stripe = Stripe::new(settings.unwrap()).unwrap();
        let why = || "status 401: why".to_owned();
        for (error, words) in [
            (
                ProviderError::Misconfigured(why()),
                "HOLDFAST_STRIPE_SECRET_KEY",
            ),
            (
                ProviderError::Refused {
                    code: "version".to_owned(),
                    message: why(),
                },
                API_VERSION,
            ),
            (
                ProviderError::RateLimited { retry_after: None },
                "in a minute",
            ),
            (ProviderError::Unavailable(why()), "out of reach"),
            (ProviderError::Interrupted(why()), "out of reach"),
            (ProviderError::Declined { reason: why() }, "refuses"),
        ] {
            let mut findings = Findings::default();
            assert!(stripe.key(&error, &mut findings), "{error}");
            let faults = faults(findings);
            assert_eq!(faults.len(), 1, "{error}");
            assert!(faults[0].contains(words), "{faults:?}");
        }
        // A restricted key that may not read the balance may do all that the shop needs.
        let restricted = ProviderError::Misconfigured("status 403: why".to_owned());
        let mut findings = Findings::default();
        assert!(!stripe.key(&restricted, &mut findings));
        assert_eq!(faults(findings), Vec::<String>::new());
    }

    #[test]
    fn clocks_that_differ_are_told_with_their_direction() {
        for (now, words) in [
            (0, None),
            (60_999, None),
            (61_000, Some("61 seconds fast")),
            (-90_000, Some("90 seconds slow")),
        ] {
            let mut findings = Findings::default();
            clock(Some(0), now, &mut findings);
            let faults = faults(findings);
            match words {
                None => assert_eq!(faults, Vec::<String>::new(), "{now}"),
                Some(words) => assert!(faults[0].contains(words), "{faults:?}"),
            }
        }
    }

    #[test]
    fn a_webhook_is_judged_by_its_events_and_its_state() {
        let endpoint = |events: &[&str], status: &str| WebhookEndpoint {
            id: "we_1".to_owned(),
            url: "https://shop.example/hooks/stripe".to_owned(),
            status: status.to_owned(),
            enabled_events: events.iter().map(|event| (*event).to_owned()).collect(),
            api_version: None,
        };
        for (events, status, expected) in [
            (EVENTS, "enabled", 0),
            (&["*"][..], "enabled", 0),
            (&EVENTS[1..], "enabled", 1),
            (EVENTS, "disabled", 1),
            (&[][..], "disabled", 2),
        ] {
            let mut findings = Findings::default();
            judge(&endpoint(events, status), &mut findings);
            assert_eq!(faults(findings).len(), expected, "{events:?} {status}");
        }
    }
}
