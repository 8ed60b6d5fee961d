//! Where a server function asks for leave that only it can know to be needed.

use std::sync::Arc;

use async_trait::async_trait;

use crate::{error::ShopResult, shop::shop, visitor::Visitor};

#[async_trait]
pub trait Braking: Send + Sync {
    /// Before something begins to be kept for a visitor who has nothing of the kind.
    async fn may_begin(&self, visitor: &Visitor) -> ShopResult<()>;
    /// A visitor goes on to a provider's page with the order that this token opens: payments that are
    /// declined there count as theirs.
    async fn goes_to_pay(&self, visitor: &Visitor, token: &str);
}

/// See [`Braking`].
pub fn braking() -> Arc<dyn Braking> {
    shop().port()
}
