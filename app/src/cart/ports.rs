//! What the server provides for carts.

use std::sync::Arc;

use async_trait::async_trait;

use super::types::{AcceptedChange, CartView};
use crate::{
    error::ShopResult,
    locale::{Locale, locale},
    shop::shop,
    tickets::Tickets,
};

/// What is to go into a cart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CartItem {
    Variant(String),
    /// A product's id with one value per option, as the picker sends it without script.
    Options {
        product_id: String,
        values: [String; 3],
    },
}

#[async_trait]
pub trait Cart: Send + Sync {
    /// The same carts with the names of what is in them in a language, as far as they are translated.
    fn in_language(&self, language: Locale) -> Arc<dyn Cart>;
    /// The same for a shopper who has these tickets of waiting rooms.
    fn with_tickets(&self, tickets: Tickets) -> Arc<dyn Cart>;
    /// The cart as it is, each line checked against what is sold now.
    async fn view(&self, token: Option<&str>) -> ShopResult<CartView>;
    /// Whether there is such a cart.
    async fn is_kept(&self, token: Option<&str>) -> ShopResult<bool>;
    /// Adds to the cart, making one if need be; the first of the pair is the cart's token.
    async fn add(
        &self,
        token: Option<&str>,
        item: CartItem,
        quantity: i64,
    ) -> ShopResult<(String, CartView)>;
    /// Sets a line's quantity; zero removes it.
    async fn update(
        &self,
        token: Option<&str>,
        variant_id: &str,
        quantity: i64,
    ) -> ShopResult<CartView>;
    async fn remove(&self, token: Option<&str>, variant_id: &str) -> ShopResult<CartView>;
    /// Takes note that the shopper has seen `price_minor` for a line.
    async fn accept_price(
        &self,
        token: Option<&str>,
        variant_id: &str,
        price_minor: i64,
    ) -> ShopResult<CartView>;
    /// Makes of the lines what the shopper was shown that they would become, as far as that holds.
    async fn accept_all(
        &self,
        token: Option<&str>,
        changes: &[AcceptedChange],
    ) -> ShopResult<CartView>;
}

/// See [`Cart`]; in the language of the request at hand.
pub fn cart() -> Arc<dyn Cart> {
    shop().port::<dyn Cart>().in_language(locale())
}
