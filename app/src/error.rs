//! The one error that leaves the server: a status, a kind for programs, words for people.

use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

/// Why a request was refused. The JSON name is part of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    SoldOut,
    Insufficient,
    Inactive,
    PriceChanged,
    TotalChanged,
    EmptyCart,
    Invalid,
    PaymentDeclined,
    PaymentUnclear,
    Conflict,
    SignInFailed,
    /// The password was right; a code finishes the sign-in.
    CodeNeeded,
    /// A code must have been entered lately: `confirm_code` does so along with the request.
    ConfirmNeeded,
    /// Whoever wants this must have a second factor.
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
            SoldOut | Insufficient | Inactive | PriceChanged | TotalChanged | EmptyCart
            | Conflict => 409,
            Invalid => 422,
            PaymentDeclined => 402,
            SignInFailed | CodeNeeded => 401,
            ConfirmNeeded | SecondFactorNeeded => 403,
            TooManyRequests => 429,
            NotFound => 404,
            MethodNotAllowed => 405,
            Forbidden => 403,
            TooLarge => 413,
            PaymentUnclear | Busy | Unavailable => 503,
            Internal => 500,
        }
    }

    /// Seconds after which trying again makes sense, for the `Retry-After` header.
    pub const fn retry_after(self) -> Option<u32> {
        match self {
            Self::Busy => Some(1),
            Self::Unavailable | Self::PaymentUnclear => Some(5),
            Self::TooManyRequests => Some(60),
            _ => None,
        }
    }
}

/// What is wrong with one line of a cart, with what the shopper needs to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineProblem {
    pub variant_id: String,
    /// One of `sold_out`, `insufficient`, `inactive`, `price_changed`.
    pub kind: ErrorKind,
    pub title: String,
    /// Units that can be had now.
    pub available: i64,
    /// Price now, in minor units.
    pub price_minor: i64,
    /// Price the shopper saw, in minor units.
    pub seen_price_minor: i64,
}

impl LineProblem {
    /// Whether the line cannot be had at all, in whatever number or at whatever price.
    pub fn is_gone(&self) -> bool {
        !matches!(self.kind, ErrorKind::Insufficient | ErrorKind::PriceChanged)
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
}

impl From<Wire> for ShopError {
    fn from(Wire { error }: Wire) -> Self {
        Self {
            kind: error.kind,
            message: error.message,
            lines: error.lines,
            fields: error.fields,
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
        }
    }

    pub fn not_found() -> Self {
        Self::new(ErrorKind::NotFound, "There is nothing at this address.")
    }

    pub fn internal() -> Self {
        Self::new(
            ErrorKind::Internal,
            "Something went wrong on our side. Nothing was changed.",
        )
    }

    pub fn unavailable() -> Self {
        Self::new(
            ErrorKind::Unavailable,
            "The shop is unavailable right now. Please try again shortly.",
        )
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
            many => format!("Please fix {} fields.", many.len()),
        };
        Self {
            fields,
            ..Self::new(ErrorKind::Invalid, message)
        }
    }

    /// Some lines of the cart cannot be sold as they stand; `lines` is not empty.
    pub fn lines(lines: Vec<LineProblem>) -> Self {
        let kind = lines.first().map_or(ErrorKind::Conflict, |line| line.kind);
        let message = match lines.as_slice() {
            [only] => match only.kind {
                ErrorKind::SoldOut => format!("{} is sold out.", only.title),
                ErrorKind::Insufficient => {
                    format!("Only {} of {} left.", only.available, only.title)
                }
                ErrorKind::PriceChanged => format!("The price of {} has changed.", only.title),
                _ => format!("{} is no longer available.", only.title),
            },
            many => format!("Please review {} items in your cart.", many.len()),
        };
        Self {
            lines,
            ..Self::new(kind, message)
        }
    }

    pub const fn status(&self) -> u16 {
        self.kind.status()
    }
}

impl FromServerFnError for ShopError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        use ServerFnErrorErr::*;
        match error {
            Args(_) | MissingArg(_) | Deserialization(_) => Self::new(
                ErrorKind::Invalid,
                "Some of the data sent is missing or invalid.",
            ),
            Request(_) | Response(_) => Self::unavailable(),
            _ => Self::internal(),
        }
    }
}

pub type ShopResult<T> = Result<T, ShopError>;
