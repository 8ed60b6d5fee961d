//! What the server provides to the pages of bank transfers.

use std::sync::Arc;

use app::{error::ShopResult, identity::Account, orders::types::Order, shop::shop};
use async_trait::async_trait;

use super::types::{ToMatch, TransferDesk};

/// A payment that was found on the account, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewTransfer {
    pub amount: String,
    /// As a date field sends it.
    pub day: String,
    /// May be empty.
    pub note: String,
    /// Of the form, 16 to 64 characters: sent again, it is the same payment. May be empty.
    pub key: String,
}

#[async_trait]
pub trait TransferAdmin: Send + Sync {
    async fn to_match(&self) -> ShopResult<ToMatch>;
    /// Not found, if the order is paid in another way.
    async fn order(&self, id: &str) -> ShopResult<TransferDesk>;
    /// Records a payment. One that makes the total whole pays the order; what is over, and all that comes
    /// for an order that does not wait any more, has to go back.
    async fn record(&self, actor: &Account, id: &str, new: NewTransfer) -> ShopResult<Order>;
    /// Notes that what had to go back of a payment did.
    async fn returned(&self, actor: &Account, id: &str, transfer: &str) -> ShopResult<Order>;
}

/// See [`TransferAdmin`].
pub fn transfer_admin() -> Arc<dyn TransferAdmin> {
    shop().port()
}
