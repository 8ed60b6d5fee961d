//! What the server provides to the page of the seller's data.

use std::sync::Arc;

use app::{error::ShopResult, identity::Account, seller::Seller, shop::shop};
use async_trait::async_trait;

use super::types::SellerSaved;

/// The data as it is, for its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SellerView {
    pub seller: Seller,
    pub version: i64,
}

#[async_trait]
pub trait SellerAdmin: Send + Sync {
    async fn seller(&self) -> ShopResult<SellerView>;
    /// Checks and saves what was typed over the data of this version; any other is a `conflict`.
    /// When this returns, no node shows the old data.
    async fn save(&self, actor: &Account, version: &str, typed: Seller) -> ShopResult<SellerSaved>;
}

/// See [`SellerAdmin`].
pub fn seller_admin() -> Arc<dyn SellerAdmin> {
    shop().port()
}
