//! Where a server function asks for leave that only it can know to be needed.

use std::sync::Arc;

use async_trait::async_trait;

use crate::{error::ShopResult, shop::shop, visitor::Visitor};

#[async_trait]
pub trait Braking: Send + Sync {
    /// Before something begins to be kept for a visitor who has nothing of the kind.
    async fn may_begin(&self, visitor: &Visitor) -> ShopResult<()>;
}

/// See [`Braking`].
pub fn braking() -> Arc<dyn Braking> {
    shop().port()
}
