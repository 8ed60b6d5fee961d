//! What the server provides to the page of the brakes.

use std::sync::Arc;

use async_trait::async_trait;

use super::types::{BrakesSaved, RateForm};
use crate::{brakes::Brakes, error::ShopResult, identity::Account, shop::shop};

/// The rates as they are, for their form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrakesView {
    pub brakes: Brakes,
    pub version: i64,
}

#[async_trait]
pub trait BrakeAdmin: Send + Sync {
    async fn brakes(&self) -> ShopResult<BrakesView>;
    /// Checks and saves what was typed over the rates of this version; any other is a `conflict`. Rates
    /// that are not named stay as they are.
    async fn save(
        &self,
        actor: &Account,
        version: &str,
        typed: Vec<RateForm>,
    ) -> ShopResult<BrakesSaved>;
}

/// See [`BrakeAdmin`].
pub fn brake_admin() -> Arc<dyn BrakeAdmin> {
    shop().port()
}
