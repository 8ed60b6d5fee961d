use std::sync::Arc;

use app::{error::ShopResult, identity::Account, shop::shop};
use async_trait::async_trait;

use super::types::{Customer, CustomerFilter, CustomerTable};
use crate::admin::product_filter::Cursor;

/// Customers. An id is an account's or, for a guest, that of any of their orders.
#[async_trait]
pub trait Customers: Send + Sync {
    async fn list(&self, filter: &CustomerFilter) -> ShopResult<CustomerTable>;
    async fn customer(&self, id: &str, cursor: Option<Cursor>) -> ShopResult<Customer>;
    /// All that is kept of a customer, as JSON, without secrets. It is audited.
    async fn export(&self, actor: &Account, id: &str) -> ShopResult<String>;
    /// Ends all sessions of the customer's account. It is audited. `Conflict` for one's own.
    async fn sign_out(&self, actor: &Account, id: &str) -> ShopResult<()>;
    /// Closes the account and takes the person out of their orders, which stay for the books.
    /// `email` is what was typed to say yes. `Conflict` while an order is on its way, and for those
    /// on the staff.
    async fn erase(&self, actor: &Account, id: &str, email: &str) -> ShopResult<()>;
}

/// See [`Customers`].
pub fn customers() -> Arc<dyn Customers> {
    shop().port()
}
