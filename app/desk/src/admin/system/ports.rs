//! What the server provides of itself.

use std::sync::Arc;

use app::{error::ShopResult, shop::shop};
use async_trait::async_trait;

use super::types::SystemLive;

#[async_trait]
pub trait System: Send + Sync {
    async fn live(&self) -> ShopResult<SystemLive>;
}

/// See [`System`].
pub fn system() -> Arc<dyn System> {
    shop().port()
}
