//! What Stripe's refusals mean: <https://docs.stripe.com/api/errors>.

use std::{error::Error as _, time::Duration};

use http::{HeaderMap, Method, StatusCode, header::RETRY_AFTER};
use serde::Deserialize;

use crate::error::ProviderError;

/// A try that failed.
#[derive(Debug)]
pub(super) struct Failure {
    pub error: ProviderError,
    pub retry: Retry,
    pub effect: Effect,
    /// Stripe repeated what it answered to the same key before.
    pub is_replay: bool,
}

/// Whether another try may go better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Retry {
    Never,
    Soon,
    After(Duration),
}

/// Whether a try that failed may have done what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    None,
    Unknown,
}

#[derive(Deserialize)]
struct ErrorBody {
    error: ErrorDetails,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorDetails {
    #[serde(rename = "type")]
    kind: Option<String>,
    code: Option<String>,
    message: Option<String>,
    param: Option<String>,
}

/// Longer texts of Stripe's are cut, in letters.
const LONGEST: usize = 300;

impl Failure {
    fn new(error: ProviderError, retry: Retry) -> Self {
        Self {
            error,
            retry,
            effect: Effect::None,
            is_replay: false,
        }
    }

    /// It may have had its effect, unless it only asked.
    fn unclear(method: &Method, words: String) -> Self {
        if *method == Method::GET {
            return Self::new(ProviderError::Unavailable(words), Retry::Soon);
        }
        Self {
            effect: Effect::Unknown,
            ..Self::new(ProviderError::Interrupted(words), Retry::Soon)
        }
    }

    /// No answer came, or not all of it.
    pub fn of_transport(error: &http_client::Error, method: &Method) -> Self {
        let words = with_causes(error);
        if error.is_builder() {
            Self::new(ProviderError::Misconfigured(words), Retry::Never)
        } else if error.is_connect() {
            Self::new(ProviderError::Unavailable(words), Retry::Soon)
        } else {
            Self::unclear(method, words)
        }
    }

    /// The answer says that all went well, and cannot be read.
    pub fn unreadable(words: String, method: &Method) -> Self {
        Self {
            retry: Retry::Never,
            ..Self::unclear(method, words)
        }
    }

    pub fn of_answer(
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
        method: &Method,
    ) -> Self {
        let details = serde_json::from_slice::<ErrorBody>(body)
            .map(|body| body.error)
            .unwrap_or_default();
        let advised = advised(headers);
        let told = Self::of_details(status, details, headers, method);
        Self {
            retry: advised.unwrap_or(told.retry),
            is_replay: headers
                .get("idempotent-replayed")
                .is_some_and(|value| value == "true"),
            ..told
        }
    }

    fn of_details(
        status: StatusCode,
        details: ErrorDetails,
        headers: &HeaderMap,
        method: &Method,
    ) -> Self {
        let code = details.code.or(details.kind).unwrap_or_default();
        let message = shortened(&details.message.unwrap_or_default());
        let words = format!("status {}: {message}", status.as_u16());
        match status.as_u16() {
            401 | 403 => Self::new(ProviderError::Misconfigured(words), Retry::Never),
            402 => {
                let reason = if message.is_empty() {
                    "The card was declined.".to_owned()
                } else {
                    message
                };
                Self::new(ProviderError::Declined { reason }, Retry::Never)
            }
            429 => Self::rate_limited(headers),
            400 if code == "rate_limit" => Self::rate_limited(headers),
            // The first request with this key is still being worked on.
            409 if code == "idempotency_key_in_use" => Self::unclear(method, words),
            // Someone else changes the same payment at this moment.
            409 => Self::rate_limited(headers),
            400 | 404 => {
                let message = match details.param {
                    Some(param) => format!("{message} (parameter {})", shortened(&param)),
                    None => message,
                };
                let code = shortened(&code);
                Self::new(ProviderError::Refused { code, message }, Retry::Never)
            }
            500..=599 => Self::unclear(method, words),
            _ => Self::new(
                ProviderError::Misconfigured(format!(
                    "{words}; is this the address of Stripe's API?"
                )),
                Retry::Never,
            ),
        }
    }

    fn rate_limited(headers: &HeaderMap) -> Self {
        let retry_after = headers
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.parse().ok())
            .map(Duration::from_secs);
        let retry = retry_after.map_or(Retry::Soon, Retry::After);
        Self::new(ProviderError::RateLimited { retry_after }, retry)
    }

    /// What is told after the last try, if an earlier one may have had its effect: then this one's
    /// "nothing was done" is not the whole story.
    pub fn after(self, earlier: Effect) -> Self {
        if earlier == Effect::None || self.effect == Effect::Unknown {
            return self;
        }
        // With the same key, an answer about the request itself is the first one's.
        Self {
            error: self.error.after_effect(),
            ..self
        }
    }
}

impl From<Failure> for ProviderError {
    fn from(failure: Failure) -> Self {
        failure.error
    }
}

/// Stripe knows best whether another try is of use.
fn advised(headers: &HeaderMap) -> Option<Retry> {
    match headers.get("stripe-should-retry")?.to_str().ok()? {
        "true" => Some(Retry::Soon),
        "false" => Some(Retry::Never),
        _ => None,
    }
}

fn with_causes(error: &http_client::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words = format!("{words}: {error}");
        cause = error.source();
    }
    words
}

/// One line, not too long.
pub(super) fn shortened(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST)
        .collect()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn told(status: u16, body: &str, method: &Method) -> Failure {
        let status = StatusCode::from_u16(status).unwrap();
        Failure::of_answer(status, &HeaderMap::new(), body.as_bytes(), method)
    }

    #[test]
    fn each_refusal_has_its_meaning() {
        let post = |status, body| told(status, body, &Method::POST).error;
        assert_eq!(
            post(
                402,
                r#"{"error":{"type":"card_error","code":"card_declined","message":"Your card was declined."}}"#
            ),
            ProviderError::Declined {
                reason: "Your card was declined.".to_owned()
            }
        );
        assert_eq!(
            post(
                400,
                r#"{"error":{"type":"invalid_request_error","code":"parameter_unknown","message":"Received unknown parameter: x","param":"x"}}"#
            ),
            ProviderError::Refused {
                code: "parameter_unknown".to_owned(),
                message: "Received unknown parameter: x (parameter x)".to_owned()
            }
        );
        assert_eq!(
            post(
                400,
                r#"{"error":{"type":"idempotency_error","message":"Keys…"}}"#
            ),
            ProviderError::Refused {
                code: "idempotency_error".to_owned(),
                message: "Keys…".to_owned()
            }
        );
        for (status, body) in [
            (
                429,
                r#"{"error":{"type":"invalid_request_error","code":"rate_limit"}}"#,
            ),
            (400, r#"{"error":{"code":"rate_limit"}}"#),
            (409, r#"{"error":{"code":"lock_timeout"}}"#),
        ] {
            let limited = ProviderError::RateLimited { retry_after: None };
            assert_eq!(post(status, body), limited, "{status}");
        }
        for status in [401, 403, 302] {
            let error = post(status, "{}");
            assert!(matches!(error, ProviderError::Misconfigured(_)), "{status}");
        }
        for (status, body) in [
            (500, "<html>"),
            (503, ""),
            (409, r#"{"error":{"code":"idempotency_key_in_use"}}"#),
        ] {
            let error = post(status, body);
            assert!(matches!(error, ProviderError::Interrupted(_)), "{status}");
            let asked = told(status, body, &Method::GET);
            assert!(
                matches!(asked.error, ProviderError::Unavailable(_)),
                "{status}"
            );
            assert_eq!(asked.effect, Effect::None);
        }
    }

    #[test]
    fn what_stripe_says_about_another_try_counts() {
        let with = |name: &'static str, value: &'static str, status: u16| {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_static(value));
            let status = StatusCode::from_u16(status).unwrap();
            Failure::of_answer(status, &headers, b"{}", &Method::POST)
        };
        assert_eq!(
            with("retry-after", "7", 429).retry,
            Retry::After(Duration::from_secs(7))
        );
        assert_eq!(
            with("stripe-should-retry", "false", 500).retry,
            Retry::Never
        );
        assert_eq!(with("stripe-should-retry", "true", 400).retry, Retry::Soon);
        assert!(with("idempotent-replayed", "true", 500).is_replay);
        assert!(!with("idempotent-replayed", "false", 500).is_replay);
    }

    #[test]
    fn a_later_failure_does_not_say_that_nothing_was_done() {
        let limited = || told(429, "{}", &Method::POST);
        assert!(matches!(
            limited().after(Effect::Unknown).error,
            ProviderError::Interrupted(_)
        ));
        assert!(matches!(
            limited().after(Effect::None).error,
            ProviderError::RateLimited { .. }
        ));
        let declined = told(402, "{}", &Method::POST).after(Effect::Unknown);
        assert!(matches!(declined.error, ProviderError::Declined { .. }));
    }

    #[test]
    fn texts_are_one_line_and_not_too_long() {
        let text = shortened(&format!("a\nb{}", "é".repeat(1000)));
        assert!(text.starts_with("a b"));
        assert_eq!(text.chars().count(), LONGEST);
    }
}
