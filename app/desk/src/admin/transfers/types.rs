//! Bank transfers as those who look into the account see them.

use app::orders::types::Order;

/// A transfer that someone has recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub id: String,
    pub amount_minor: i64,
    /// Of it, what has to go back, or went.
    pub return_minor: i64,
    /// When that went back, in milliseconds since 1970.
    pub returned_at: Option<i64>,
    /// When it came, as `2026-11-29`.
    pub day: String,
    pub note: String,
    /// Who recorded it.
    pub actor: String,
}

/// An order that waits for its money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub id: String,
    pub number: String,
    /// See [`short_number`](crate::admin::frame::short_number).
    pub short_number: Option<i64>,
    pub name: String,
    pub currency: String,
    pub total_minor: i64,
    pub received_minor: i64,
    /// In milliseconds since 1970.
    pub until: i64,
}

/// An order of which money has to go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToReturn {
    pub id: String,
    pub number: String,
    pub short_number: Option<i64>,
    pub name: String,
    pub currency: String,
    pub return_minor: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToMatch {
    pub waiting: Vec<Waiting>,
    pub to_return: Vec<ToReturn>,
}

/// An order that is, or was, to be paid by transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferDesk {
    pub order: Order,
    pub short_number: Option<i64>,
    /// Oldest first.
    pub transfers: Vec<Recorded>,
    /// A new key for a form that must take effect once.
    pub form_key: String,
    /// In milliseconds since 1970.
    pub now: i64,
}
