//! What the server provides to the page of the brakes.

use std::sync::Arc;

use app::{
    brakes::{Brakes, HoldLimits},
    error::ShopResult,
    identity::Account,
    shop::shop,
};
use async_trait::async_trait;

use super::types::{BrakesSaved, HeldForm, RateForm};

/// The rates as they are, for their form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrakesView {
    pub brakes: Brakes,
    pub held: HoldLimits,
    pub version: i64,
}

#[async_trait]
pub trait BrakeAdmin: Send + Sync {
    async fn brakes(&self) -> ShopResult<BrakesView>;
    /// Checks and saves what was typed over what is of this version; any other is a `conflict`. What is not
    /// named stays as it is.
    async fn save(
        &self,
        actor: &Account,
        version: &str,
        typed: Vec<RateForm>,
        held: Vec<HeldForm>,
    ) -> ShopResult<BrakesSaved>;
}

/// See [`BrakeAdmin`].
pub fn brake_admin() -> Arc<dyn BrakeAdmin> {
    shop().port()
}
