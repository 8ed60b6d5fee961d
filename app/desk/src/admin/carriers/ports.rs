//! What the server provides to the page of the carriers.

use std::sync::Arc;

use app::{carriers::Carriers, error::ShopResult, identity::Account, shop::shop};
use async_trait::async_trait;

use super::types::{CarrierForm, CarriersSaved};

/// The carriers as they are, for their form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriersView {
    pub carriers: Carriers,
    pub version: i64,
}

#[async_trait]
pub trait CarrierAdmin: Send + Sync {
    async fn carriers(&self) -> ShopResult<CarriersView>;
    /// Checks what was typed and puts it in place of the carriers of this version; any other is a
    /// `conflict`. When this returns, no node links to the old pages.
    async fn save(
        &self,
        actor: &Account,
        version: &str,
        typed: Vec<CarrierForm>,
    ) -> ShopResult<CarriersSaved>;
}

/// See [`CarrierAdmin`].
pub fn carrier_admin() -> Arc<dyn CarrierAdmin> {
    shop().port()
}
