//! Errors as Stripe documents them.

use serde_json::{Value, json};

/// An answer that is not 200.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    pub status: u16,
    pub kind: &'static str,
    pub code: Option<&'static str>,
    pub message: String,
    pub param: Option<String>,
    pub keeping: Keeping,
}

/// Whether a key of idempotency answers with it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    Kept,
    /// What is refused before it is begun is not kept.
    Forgotten,
}

impl Refusal {
    fn new(status: u16, kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            kind,
            code: None,
            message: message.into(),
            param: None,
            keeping: Keeping::Kept,
        }
    }

    fn of_code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    fn about(mut self, param: &str) -> Self {
        self.param = Some(param.to_owned());
        self
    }

    fn forgotten(mut self) -> Self {
        self.keeping = Keeping::Forgotten;
        self
    }

    /// It cannot be done in the state that things are in.
    pub fn state(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request_error", message).of_code(code)
    }

    pub fn invalid(param: &str, message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request_error", message)
            .about(param)
            .forgotten()
    }

    pub fn missing(param: &str) -> Self {
        Self::invalid(param, format!("Missing required param: {param}."))
            .of_code("parameter_missing")
    }

    pub fn unknown(param: &str) -> Self {
        Self::invalid(param, format!("Received unknown parameter: {param}"))
            .of_code("parameter_unknown")
    }

    pub fn not_found(what: &str, id: &str) -> Self {
        Self::new(
            404,
            "invalid_request_error",
            format!("No such {what}: '{id}'"),
        )
        .of_code("resource_missing")
        .about("id")
        .forgotten()
    }

    pub fn no_address(path: &str) -> Self {
        let message = format!("Unrecognized request URL ({path}).");
        Self::new(404, "invalid_request_error", message).forgotten()
    }

    pub fn declined(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(402, "card_error", message).of_code(code)
    }

    pub fn key() -> Self {
        Self::new(401, "invalid_request_error", "Invalid API Key provided").forgotten()
    }

    pub fn other_request() -> Self {
        Self::new(
            400,
            "idempotency_error",
            "Keys for idempotent requests can only be used with the same parameters they were \
             first used with.",
        )
        .forgotten()
    }

    pub fn key_in_use() -> Self {
        Self::new(
            409,
            "idempotency_error",
            "There is currently another in-progress request using this Idempotent Key.",
        )
        .of_code("idempotency_key_in_use")
        .forgotten()
    }

    pub fn rate_limit() -> Self {
        Self::new(429, "invalid_request_error", "Request rate limit exceeded.")
            .of_code("rate_limit")
            .forgotten()
    }

    pub fn failure(keeping: Keeping) -> Self {
        Self {
            keeping,
            ..Self::new(500, "api_error", "An unknown error occurred")
        }
    }

    pub fn down() -> Self {
        Self::new(503, "api_error", "Service unavailable").forgotten()
    }

    pub fn body(&self) -> Value {
        let mut error = json!({"type": self.kind, "message": self.message});
        if let Some(code) = self.code {
            error["code"] = json!(code);
            error["doc_url"] = json!(format!("https://docs.stripe.com/error-codes#{code}"));
        }
        if let Some(param) = &self.param {
            error["param"] = json!(param);
        }
        json!({"error": error})
    }
}
