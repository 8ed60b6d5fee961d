//! What the server provides to these pages.

use std::sync::Arc;

use app::{drops::previewed::Previewed, error::ShopResult, shop::shop};
use async_trait::async_trait;

pub use super::{
    checks::{Check, Checks, Paying, Verdict},
    watched::{Watched, WatchedLine, WatchedNode, WatchedRoom},
};

#[async_trait]
pub trait DropDesk: Send + Sync {
    /// What has to be right before it starts; `not_found` if there is no such drop.
    async fn checks(&self, id: &str) -> ShopResult<Checks>;
    /// The drop as shoppers would see it at a time, in milliseconds since 1970; without one, at its start. A draft is shown
    /// as if it were planned.
    async fn preview(&self, id: &str, at: Option<i64>) -> ShopResult<Previewed>;
    /// How it goes, of all nodes, as it was a second ago at most.
    async fn watch(&self, id: &str) -> ShopResult<Watched>;
}

/// See [`DropDesk`].
pub fn drop_desk() -> Arc<dyn DropDesk> {
    shop().port()
}
