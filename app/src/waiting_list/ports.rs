//! What the server provides for the waiting list.

use std::sync::Arc;

use async_trait::async_trait;

use super::types::{AllTaken, SoldOutProduct, Wish};
use crate::{
    error::ShopResult,
    locale::{Locale, locale},
    shop::shop,
};

/// Who asks to be put on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asking<'a> {
    /// The network it comes from.
    pub client: &'a str,
    pub locale: Locale,
    pub variant_id: &'a str,
    pub email: &'a str,
}

#[async_trait]
pub trait WaitingList: Send + Sync {
    /// The same with its texts in a language, as far as they are translated.
    fn in_language(&self, language: Locale) -> Arc<dyn WaitingList>;
    /// `not_found` if shoppers see no such product.
    async fn of_product(&self, product_id: &str) -> ShopResult<SoldOutProduct>;
    /// How the goods of a drop are, as it was a second ago at most. `not_found` if it is not one for shoppers.
    async fn all_taken(&self, slug: &str) -> ShopResult<AllTaken>;
    /// Has a link mailed by which it is confirmed. The answer is the same whether the address waits already.
    async fn ask(&self, asking: Asking<'_>) -> ShopResult<()>;
    /// What the link in an e-mail leads to.
    async fn of_token(&self, token: &str) -> ShopResult<Wish>;
    /// Begins to wait.
    async fn confirm(&self, token: &str) -> ShopResult<()>;
    /// Ends it, and passes on what was kept. What it was of.
    async fn leave(&self, token: &str) -> ShopResult<Wish>;
    /// Puts the unit that is kept into a cart, whose token it returns.
    async fn take(&self, token: &str, cart: Option<&str>) -> ShopResult<String>;
}

/// See [`WaitingList`]; in the language of the request at hand.
pub fn waiting_list() -> Arc<dyn WaitingList> {
    shop().port::<dyn WaitingList>().in_language(locale())
}
