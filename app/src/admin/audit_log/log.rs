//! The audit log as it is read: entries, and what they are narrowed to.

use std::sync::Arc;

use async_trait::async_trait;

use crate::{admin::product_filter::Cursor, error::ShopResult, shop::shop};

/// Which entries are meant. Fields that say nothing leave out nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// As it stands in the log: an e-mail address, or a word for the shop's own doing.
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
    let known = match action {
        "product.create" => "Product created",
        "product.update" => "Product changed",
        "product.delete" => "Product deleted",
        "category.create" => "Category created",
        "category.update" => "Category changed",
        "category.move" => "Category moved",
        "category.picture" => "Picture of a category changed",
        "category.delete" => "Category deleted",
        "home.add" => "Block added to the home page",
        "home.change" => "Block of the home page changed",
        "home.move" => "Block of the home page moved",
        "home.remove" => "Block removed from the home page",
        "home.publish" => "Home page published",
        "home.discard" => "Changes to the home page discarded",
        "announcement.create" => "Announcement created",
        "announcement.update" => "Announcement changed",
        "announcement.delete" => "Announcement deleted",
        "catalog.import" => "Products imported",
        "stock.adjust" => "Stock changed",
        "order.pack" => "Order packed",
        "order.ship" => "Order shipped",
        "order.deliver" => "Order delivered",
        "order.cancel" => "Order cancelled",
        "order.refund" => "Order refunded",
        "order.tracking" => "Tracking number changed",
        "order.receive_payment" => "Payment received",
        "order.note" => "Note written",
        "staff.invite" => "Invitation sent",
        "staff.withdraw" => "Invitation withdrawn",
        "staff.join" => "Joined the staff",
        "staff.role" => "Role changed",
        "staff.create" => "Account created on the command line",
        "account.close" => "Own account closed",
        "settings.save" => "Settings changed",
        "factor.on" => "Second factor turned on",
        "factor.off" => "Second factor turned off",
        "factor.reset" => "Second factor reset",
        "factor.codes" => "Recovery codes created",
        "factor.recovery" => "Recovery code used",
        "customer.export" => "Customer’s data exported",
        "customer.erase" => "Customer erased",
        "customer.sign_out" => "Customer signed out",
        "account.sign_in" => "Signed in",
        "account.sign_in_refused" => "Wrong password",
        "account.code_refused" => "Wrong second-factor code",
        "account.role_refused" => "Tried something their role does not allow",
        "account.reset_used" => "Password reset by e-mail",
        "account.password_changed" => "Password changed",
        "account.email_change_asked" => "Requested a new e-mail address",
        "account.email_changed" => "E-mail address changed",
        "account.sign_out" => "Signed out",
        "account.session_ended" => "Other devices signed out",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
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
