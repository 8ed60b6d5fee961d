//! What the server finds.

use std::sync::Arc;

use app::{error::ShopResult, orders::types::OrderStatus, shop::shop};
use async_trait::async_trait;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundOrder {
    pub id: String,
    pub number: String,
    pub short_number: Option<i64>,
    pub name: String,
    pub status: OrderStatus,
    /// Milliseconds since 1970.
    pub created_at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundProduct {
    pub id: String,
    pub title: String,
    pub vendor: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCustomer {
    /// Of the account, or of a guest's order.
    pub id: String,
    pub name: String,
    pub email: String,
}

/// What the owner made and named: a category, a collection, a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundNamed {
    pub id: String,
    pub title: String,
}

/// A few of each kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnMatches {
    pub categories: Vec<FoundNamed>,
    pub collections: Vec<FoundNamed>,
    pub pages: Vec<FoundNamed>,
}

/// A few of each kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    pub orders: Vec<FoundOrder>,
    pub products: Vec<FoundProduct>,
    pub customers: Vec<FoundCustomer>,
}

#[async_trait]
pub trait AdminSearch: Send + Sync {
    /// Whole numbers and e-mail addresses are found wherever they are, parts of them and of names
    /// among the newest.
    async fn matches(&self, text: &str) -> ShopResult<Matches>;

    /// By a part of their titles, in the language that these are written in.
    async fn own(&self, text: &str) -> ShopResult<OwnMatches>;
}

/// See [`AdminSearch`].
pub fn admin_search() -> Arc<dyn AdminSearch> {
    shop().port()
}
