//! What the server provides to these pages.

use std::sync::Arc;

use app::{drops::previewed::Previewed, error::ShopResult, identity::Account, shop::shop};
use async_trait::async_trait;

pub use super::{
    checks::{Check, Checks, Paying, Verdict},
    figures::{
        Books, Difference, End, Figures, Households, ListFigures, OrderFigures, RoomFigures,
        VariantFigures, Waits,
    },
    watched::{Watched, WatchedLine, WatchedNode, WatchedRoom},
};

/// The report of a drop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropReport {
    pub id: String,
    pub title: String,
    pub worth: ReportState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportState {
    /// It is not over.
    TooEarly,
    Figures {
        figures: Box<Figures>,
        /// What the digest is of.
        text: String,
        /// SHA-256 of the text.
        digest: String,
        /// Orders that nobody has paid for yet: until they are, it is not kept.
        unpaid: i64,
        kept: Option<KeptReport>,
    },
}

/// What was kept of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptReport {
    /// Milliseconds since 1970.
    pub at: i64,
    pub actor: String,
    pub digest: String,
    /// Whether the digest is that of the text that was kept.
    pub is_whole: bool,
    /// What is otherwise now.
    pub differences: Vec<Difference>,
}

#[async_trait]
pub trait DropDesk: Send + Sync {
    /// What has to be right before it starts; `not_found` if there is no such drop.
    async fn checks(&self, id: &str) -> ShopResult<Checks>;
    /// The drop as shoppers would see it at a time, in milliseconds since 1970; without one, at its start. A draft is shown
    /// as if it were planned.
    async fn preview(&self, id: &str, at: Option<i64>) -> ShopResult<Previewed>;
    /// How it goes, of all nodes, as it was a second ago at most.
    async fn watch(&self, id: &str) -> ShopResult<Watched>;
    /// What it came to, worked out now.
    async fn report(&self, id: &str) -> ShopResult<DropReport>;
    /// Keeps the text and the digest of its report in the audit log, once: a `conflict` if that was done, if the drop is not
    /// over or if orders of it are not paid yet.
    async fn keep_report(&self, actor: &Account, id: &str) -> ShopResult<()>;
}

/// See [`DropDesk`].
pub fn drop_desk() -> Arc<dyn DropDesk> {
    shop().port()
}
