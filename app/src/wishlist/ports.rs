//! What the server provides for wishlists.

use std::sync::Arc;

use async_trait::async_trait;

use super::{cookies::WISHLIST, types::WishlistView};
use crate::{
    error::ShopResult,
    locale::{Locale, locale},
    shop::shop,
    visitor::Visitor,
};

/// Whose list it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner<'a> {
    /// The account of this id.
    Account(&'a str),
    /// The device whose cookie holds this secret; none if it has none.
    Device(Option<&'a str>),
}

impl<'a> Owner<'a> {
    pub fn of(visitor: &'a Visitor) -> Self {
        match &visitor.account {
            Some(account) => Self::Account(&account.id),
            None => Self::Device(visitor.of_device(WISHLIST)),
        }
    }
}

/// What was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// What a device's list is known by; an account's needs nothing.
    pub device: Option<String>,
    /// Ids of all products of the list, newest first.
    pub products: Vec<String>,
}

#[async_trait]
pub trait Wishlist: Send + Sync {
    /// The same lists with the products' names in a language, as far as they are translated.
    fn in_language(&self, language: Locale) -> Arc<dyn Wishlist>;
    /// The list, each product as it is sold now.
    async fn view(&self, owner: Owner<'_>) -> ShopResult<WishlistView>;
    /// Ids of the products, newest first.
    async fn products(&self, owner: Owner<'_>) -> ShopResult<Vec<String>>;
    /// Whether there is such a list.
    async fn is_kept(&self, owner: Owner<'_>) -> ShopResult<bool>;
    /// Saves a product that is for sale, making a list if need be. Saving it again changes nothing.
    async fn add(&self, owner: Owner<'_>, product_id: &str) -> ShopResult<Saved>;
    /// Takes a product out, whether or not it is in the list; the ids of those that are left.
    async fn remove(&self, owner: Owner<'_>, product_id: &str) -> ShopResult<Vec<String>>;
}

/// See [`Wishlist`]; in the language of the request at hand.
pub fn wishlist() -> Arc<dyn Wishlist> {
    shop().port::<dyn Wishlist>().in_language(locale())
}
