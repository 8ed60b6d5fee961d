//! The audit log as it is read: entries, and what they are narrowed to.

use std::sync::Arc;

use app::{error::ShopResult, shop::shop};
use async_trait::async_trait;

use super::said;
use crate::admin::product_filter::Cursor;

/// Who it was where nobody signed in: someone with access to the machine.
pub const COMMAND_LINE: &str = "command line";

/// Which entries are meant. Fields that say nothing leave out nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// As it is in the log: an e-mail address, or a word for the shop's own doing.
    pub actor: Option<String>,
    /// An action such as `order.pack`, or all of a kind, such as `order`.
    pub action: Option<String>,
    /// Id of what was changed, whole.
    pub subject: Option<String>,
    /// At this time or later, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Before this time.
    pub until: Option<i64>,
    pub cursor: Option<Cursor>,
}

/// A field that is another one now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    pub field: String,
    /// None: there was none.
    pub before: Option<String>,
    /// None: there is none any more.
    pub after: Option<String>,
}

/// What was changed, and where it is to be seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    pub kind: String,
    pub id: String,
    /// What it is called now; empty if it is gone.
    pub title: String,
    /// Its page, if there is one.
    pub href: Option<String>,
}

/// One change by one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    pub id: String,
    /// Milliseconds since 1970.
    pub at: i64,
    pub actor: String,
    pub action: String,
    pub subject: Subject,
    pub changes: Vec<FieldChange>,
}

/// Newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogPage {
    pub rows: Vec<LogEntry>,
    /// Where the pages around this one begin.
    pub before: Option<String>,
    pub after: Option<String>,
    /// Everybody and everything that is in the log at all.
    pub actors: Vec<String>,
    pub actions: Vec<String>,
}

#[async_trait]
pub trait AuditLog: Send + Sync {
    async fn entries(&self, filter: &LogFilter) -> ShopResult<LogPage>;
}

/// An action in words.
pub fn action_words(action: &str) -> String {
    let known = said().action(&action.replace('.', "_"));
    if !known.is_empty() {
        return known;
    }
    let words = action.replace(['.', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// See [`AuditLog`].
pub fn audit_log() -> Arc<dyn AuditLog> {
    shop().port()
}

#[cfg(test)]
mod tests {
    use super::action_words;

    #[test]
    fn an_action_nobody_has_words_for_is_still_readable() {
        assert_eq!(action_words("order.pack"), "Order packed");
        assert_eq!(action_words("settings.tax_rate"), "Settings tax rate");
        assert_eq!(action_words(""), "");
    }
}
