//! What the server provides to the page of payments.

use std::sync::Arc;

use app::{error::ShopResult, shop::shop};
use async_trait::async_trait;

use super::types::{Compared, Comparison};

#[async_trait]
pub trait PaymentBooks: Send + Sync {
    /// The last comparison with each provider that is set up.
    async fn last(&self) -> ShopResult<Vec<Comparison>>;
    /// Compares now, unless someone began within the last minute, and tells the last one of each.
    async fn compare(&self) -> ShopResult<Compared>;
}

/// See [`PaymentBooks`].
pub fn payment_books() -> Arc<dyn PaymentBooks> {
    shop().port()
}
