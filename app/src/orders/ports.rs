//! What the server provides of orders.

use std::sync::Arc;

use async_trait::async_trait;

use super::types::{Confirmation, Order, OrderRow, OrderStatus};
use crate::{
    answers::{Cursor, Stretch},
    error::ShopResult,
    identity::Account,
    shop::shop,
};

#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// Part of a number, name or e-mail address.
    pub text: Option<String>,
    pub status: Option<OrderStatus>,
    /// Placed at this time or later, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Placed before this time.
    pub until: Option<i64>,
    /// E-mail address of the customer, whole.
    pub customer: Option<String>,
    /// Part of a product's title or SKU, or its slug.
    pub product: Option<String>,
    pub money: Option<MoneyFilter>,
    pub sort: OrderSort,
    /// None: the first page.
    pub cursor: Option<Cursor>,
}

crate::words! {
    /// What a list of orders begins with.
    #[derive(Default)]
    pub enum OrderSort {
        #[default]
        Newest = "newest",
        Oldest = "oldest",
        /// By the total, whatever its currency.
        Highest = "highest",
        Lowest = "lowest",
    }
}

crate::words! {
    /// Orders by what is open of their money.
    pub enum MoneyFilter {
        /// Something of it has to go back, by the provider or by hand.
        ToReturn = "to-return",
        /// Something of it has to be paid back by hand.
        ByHand = "by-hand",
        /// Another sum was taken than it costs, and has to go back.
        OtherSums = "other-sums",
        /// Its payer wants it back through the bank, which is not decided.
        Disputed = "disputed",
    }
}

#[async_trait]
pub trait Orders: Send + Sync {
    async fn by_token(&self, token: &str) -> ShopResult<Order>;
    /// The same for a shopper who comes back from a payment provider's page: the provider is asked
    /// what became of it.
    async fn returned(&self, token: &str) -> ShopResult<Order>;
    /// The order that the token of a mail confirms, and whether it still does.
    async fn to_confirm(&self, token: &str) -> ShopResult<(Order, Confirmation)>;
    /// Confirms it. Again is the same as once; after its time it is a `conflict`.
    async fn confirm(&self, token: &str) -> ShopResult<Order>;
    async fn look_up(&self, number: &str, email: &str) -> ShopResult<Order>;
    async fn by_id(&self, id: &str) -> ShopResult<Order>;
    /// Whether nobody was signed in who placed it.
    async fn is_of_guest(&self, id: &str) -> ShopResult<bool>;
    async fn list(&self, filter: &OrderFilter) -> ShopResult<Stretch<OrderRow>>;
    /// Cancels an order that is not packed yet and gives its units back once.
    async fn cancel(&self, actor: &Account, id: &str) -> ShopResult<Order>;
}

/// See [`Orders`].
pub fn orders() -> Arc<dyn Orders> {
    shop().port()
}
