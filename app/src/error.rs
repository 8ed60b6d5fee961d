//! The one error that leaves the server: a status, a kind for programs, words for people.
//!
//! The words are made where a refusal arises, in the language of the request at hand. What is found
//! out for several requests at once, or kept, is told again in the language of each: see
//! [`ShopError::retold`].

mod fields;

use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

#[cfg(feature = "ssr")]
use crate::{faults::text::Text, locale::locale};

pub use fields::FieldErrors;

/// Why a request was refused. The JSON name is part of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    SoldOut,
    /// It is sold from a time on that has not come.
    NotYet,
    /// It is sold to those who were let in from its waiting room.
    Waiting,
    Insufficient,
    Inactive,
    PriceChanged,
    /// One customer gets no more.
    LimitReached,
    TotalChanged,
    EmptyCart,
    /// The shop takes no orders yet.
    NotOpen,
    Invalid,
    PaymentDeclined,
    /// The payment provider has done nothing: it is out of reach, or takes no more for now.
    PaymentAway,
    /// Whether the payment provider has done it is not known yet.
    PaymentUnclear,
    Conflict,
    SignInFailed,
    /// The password was right; a code finishes the sign-in.
    CodeNeeded,
    /// A code must have been entered lately: `confirm_code` does so along with the request.
    ConfirmNeeded,
    /// Those who want this must have a second factor.
    SecondFactorNeeded,
    TooManyRequests,
    NotFound,
    MethodNotAllowed,
    Forbidden,
    TooLarge,
    Busy,
    Unavailable,
    Internal,
}

impl ErrorKind {
    /// The HTTP status that goes with this kind.
    pub const fn status(self) -> u16 {
        use ErrorKind::*;
        match self {
            SoldOut | NotYet | Waiting | Insufficient | Inactive | PriceChanged | LimitReached
            | TotalChanged | EmptyCart | NotOpen | Conflict => 409,
            Invalid => 422,
            PaymentDeclined => 402,
            SignInFailed | CodeNeeded => 401,
            ConfirmNeeded | SecondFactorNeeded => 403,
            TooManyRequests => 429,
            NotFound => 404,
            MethodNotAllowed => 405,
            Forbidden => 403,
            TooLarge => 413,
            PaymentAway | PaymentUnclear | Busy | Unavailable => 503,
            Internal => 500,
        }
    }

    /// Seconds after which trying again makes sense, for the `Retry-After` header.
    pub const fn retry_after(self) -> Option<u32> {
        match self {
            Self::Busy => Some(1),
            Self::Unavailable => Some(5),
            Self::TooManyRequests | Self::PaymentAway | Self::PaymentUnclear => Some(60),
            _ => None,
        }
    }
}

/// What is wrong with one line of a cart, with what the shopper needs to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineProblem {
    pub variant_id: String,
    /// One of `sold_out`, `not_yet`, `waiting`, `insufficient`, `inactive`, `price_changed`, `limit_reached`.
    pub kind: ErrorKind,
    pub title: String,
    /// Units that can be had now.
    pub available: i64,
    /// Price now, in minor units.
    pub price_minor: i64,
    /// Price the shopper saw, in minor units.
    pub seen_price_minor: i64,
    /// Of `limit_reached`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<BuyerLimit>,
}

/// How much of something one customer gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuyerLimit {
    pub units: i64,
    /// What they have ordered of it. Told to nobody else: not to those who type someone's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered: Option<i64>,
}

impl LineProblem {
    /// Whether the line cannot be had at all, in whatever number or at whatever price.
    pub fn is_gone(&self) -> bool {
        match self.kind {
            ErrorKind::Insufficient | ErrorKind::PriceChanged | ErrorKind::Waiting => false,
            ErrorKind::LimitReached => self.available == 0,
            _ => true,
        }
    }

    /// What is wrong, in one sentence.
    #[cfg(feature = "ssr")]
    pub fn words(&self) -> String {
        let (text, title) = (Text::from(locale()), &self.title);
        match self.kind {
            ErrorKind::SoldOut => text.sold_out(title),
            ErrorKind::NotYet => text.not_yet(title),
            ErrorKind::Waiting => text.waiting(title),
            ErrorKind::Insufficient => text.only_left(&self.available.to_string(), title),
            ErrorKind::PriceChanged => text.price_changed(title),
            ErrorKind::LimitReached => match &self.limit {
                Some(BuyerLimit {
                    units,
                    ordered: Some(ordered),
                }) => text.limit_ordered(&ordered.to_string(), title, &units.to_string()),
                Some(BuyerLimit { units, .. }) => text.limit_reached(title, &units.to_string()),
                None => text.no_longer_sold(title),
            },
            _ => text.no_longer_sold(title),
        }
    }
}

/// What is wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

/// A refusal, ready to be shown. Internal causes are logged where they happen and never get in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
#[serde(from = "Wire", into = "Wire")]
pub struct ShopError {
    pub kind: ErrorKind,
    pub message: String,
    pub lines: Vec<LineProblem>,
    pub fields: Vec<FieldError>,
    /// Seconds after which trying again makes sense, where that is known better than by the kind.
    pub retry_after: Option<u32>,
}

/// `{"error": {...}}`, as the API promises.
#[derive(Serialize, Deserialize)]
struct Wire {
    error: WireBody,
}

#[derive(Serialize, Deserialize)]
struct WireBody {
    kind: ErrorKind,
    message: String,
    #[serde(default)]
    lines: Vec<LineProblem>,
    #[serde(default)]
    fields: Vec<FieldError>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retry_after: Option<u32>,
}

impl From<Wire> for ShopError {
    fn from(Wire { error }: Wire) -> Self {
        Self {
            kind: error.kind,
            message: error.message,
            lines: error.lines,
            fields: error.fields,
            retry_after: error.retry_after,
        }
    }
}

impl From<ShopError> for Wire {
    fn from(error: ShopError) -> Self {
        Self {
            error: WireBody {
                kind: error.kind,
                message: error.message,
                lines: error.lines,
                fields: error.fields,
                retry_after: error.retry_after,
            },
        }
    }
}

impl ShopError {
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            lines: Vec::new(),
            fields: Vec::new(),
            retry_after: None,
        }
    }

    /// The same, for which it is known when trying again makes sense.
    #[must_use]
    pub fn after(self, seconds: u32) -> Self {
        Self {
            retry_after: Some(seconds),
            ..self
        }
    }

    /// An error of which no more is known than its kind.
    pub fn of(kind: ErrorKind) -> Self {
        Self::new(kind, said::kind(kind))
    }

    pub fn not_found() -> Self {
        Self::of(ErrorKind::NotFound)
    }

    pub fn internal() -> Self {
        Self::of(ErrorKind::Internal)
    }

    pub fn unavailable() -> Self {
        Self::of(ErrorKind::Unavailable)
    }

    /// The same in the language of the request at hand, for an error that was found out in another
    /// one or in none: of a kind that says all there is to say, or of lines.
    #[cfg(feature = "ssr")]
    pub fn retold(self) -> Self {
        match (self.lines.is_empty(), self.fields.is_empty()) {
            (true, true) => Self::of(self.kind),
            (false, true) => Self::lines(self.lines),
            (_, false) => self,
        }
    }

    /// One field is wrong.
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        Self::fields(vec![FieldError {
            field: field.to_owned(),
            message: message.into(),
        }])
    }

    /// Some fields are wrong; `fields` is not empty.
    pub fn fields(fields: Vec<FieldError>) -> Self {
        let message = match fields.as_slice() {
            [only] => only.message.clone(),
            many => said::fields(many.len()),
        };
        Self {
            fields,
            ..Self::new(ErrorKind::Invalid, message)
        }
    }

    /// Some lines of the cart cannot be sold as they are; `lines` is not empty.
    pub fn lines(lines: Vec<LineProblem>) -> Self {
        let kind = lines.first().map_or(ErrorKind::Conflict, |line| line.kind);
        let message = said::lines(&lines);
        Self {
            lines,
            ..Self::new(kind, message)
        }
    }

    pub const fn status(&self) -> u16 {
        self.kind.status()
    }

    /// For the `Retry-After` header.
    pub const fn retry_after(&self) -> Option<u32> {
        match self.retry_after {
            Some(seconds) => Some(seconds),
            None => self.kind.retry_after(),
        }
    }
}

/// The words, in the language of the request at hand.
#[cfg(feature = "ssr")]
mod said {
    use super::{ErrorKind, LineProblem};
    use crate::{faults::text::Text, locale::locale};

    /// Of an error of which no more is known than its kind.
    pub fn kind(kind: ErrorKind) -> &'static str {
        let text = Text::from(locale());
        match kind {
            ErrorKind::NotFound => text.not_found(),
            ErrorKind::Unavailable => text.unavailable(),
            ErrorKind::Busy => text.busy(),
            ErrorKind::TooLarge => text.too_large(),
            ErrorKind::MethodNotAllowed => text.wrong_method(),
            ErrorKind::Invalid => text.invalid(),
            ErrorKind::EmptyCart => text.empty_cart(),
            ErrorKind::NotOpen => text.not_open(),
            ErrorKind::PaymentAway => text.payment_away(),
            ErrorKind::PaymentUnclear => text.payment_unclear(),
            _ => text.internal(),
        }
    }

    pub fn fields(number: usize) -> String {
        Text::from(locale()).fix_fields(number as i64)
    }

    pub fn lines(lines: &[LineProblem]) -> String {
        match lines {
            [only] => only.words(),
            many => Text::from(locale()).review_items(many.len() as i64),
        }
    }
}

/// The browser has no catalogues: what it finds out by itself is said by the page.
#[cfg(not(feature = "ssr"))]
mod said {
    use super::{ErrorKind, LineProblem};

    pub fn kind(kind: ErrorKind) -> String {
        // As `shell` writes them.
        let attribute = match kind {
            ErrorKind::Unavailable => "data-unavailable",
            _ => "data-failed",
        };
        let body = leptos::prelude::document().body();
        body.and_then(|body| body.get_attribute(attribute))
            .unwrap_or_default()
    }

    pub fn fields(_: usize) -> String {
        kind(ErrorKind::Invalid)
    }

    pub fn lines(_: &[LineProblem]) -> String {
        kind(ErrorKind::Invalid)
    }
}

impl FromServerFnError for ShopError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        use ServerFnErrorErr::*;
        match error {
            Args(_) | MissingArg(_) | Deserialization(_) => Self::of(ErrorKind::Invalid),
            Request(_) | Response(_) => Self::unavailable(),
            _ => Self::internal(),
        }
    }
}

pub type ShopResult<T> = Result<T, ShopError>;
