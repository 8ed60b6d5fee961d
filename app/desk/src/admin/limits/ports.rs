//! What the server provides to the pages of limits.

use std::sync::Arc;

use app::{error::ShopResult, identity::Account, shop::shop};
use async_trait::async_trait;

use super::types::{LimitForm, LimitsSaved};

/// What a limit may be of, with the one that is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitRow {
    /// A variant's id; empty: the product or the shop.
    pub variant: String,
    /// Of a variant, what it is called.
    pub name: String,
    pub current: Option<StandingLimit>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandingLimit {
    pub units: i64,
    /// How long an order counts; 0: for ever.
    pub days: i64,
}

/// A product with limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitedProduct {
    pub id: String,
    pub title: String,
}

/// The limits of the shop, or of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitsView {
    /// Of which product.
    pub product: Option<LimitedProduct>,
    /// The shop's or the product's own first, then its variants in their order.
    pub rows: Vec<LimitRow>,
    pub version: String,
    /// On the shop's page, the first products that have some.
    pub limited: Vec<LimitedProduct>,
}

#[async_trait]
pub trait LimitAdmin: Send + Sync {
    /// Of a product by its id, or of the shop.
    async fn limits(&self, product: Option<&str>) -> ShopResult<LimitsView>;
    /// Sets what is named and leaves the others. `version` is that of the limits the form was made from;
    /// any other is a `conflict`. When this returns, orders on all nodes are decided by them.
    async fn save(
        &self,
        actor: &Account,
        product: Option<&str>,
        version: &str,
        forms: Vec<LimitForm>,
    ) -> ShopResult<LimitsSaved>;
}

/// See [`LimitAdmin`].
pub fn limit_admin() -> Arc<dyn LimitAdmin> {
    shop().port()
}
