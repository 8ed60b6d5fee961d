//! What the server provides for browsing.

use std::sync::Arc;

use async_trait::async_trait;

use super::{
    categories::{CategoryText, CategoryTree},
    query::ListQuery,
    types::{Card, Category, Home, Product, ProductList, Suggestion},
};
use crate::{
    error::ShopResult,
    locale::{Locale, locale},
    shop::shop,
};

#[async_trait]
pub trait Catalog: Send + Sync {
    /// The same catalogue with its texts in a language, as far as they are translated.
    fn in_language(&self, language: Locale) -> Arc<dyn Catalog>;
    /// An active product; `not_found` otherwise.
    async fn product(&self, slug: &str) -> ShopResult<Arc<Product>>;
    /// The same by the product's id.
    async fn product_by_id(&self, id: &str) -> ShopResult<Arc<Product>>;
    /// A product in whatever state it is, as it is stored now: for the shop's staff, never through a
    /// cache.
    async fn preview(&self, id: &str) -> ShopResult<Product>;
    async fn related(&self, product: &Product) -> ShopResult<Arc<Vec<Card>>>;
    async fn list(&self, query: &ListQuery) -> ShopResult<Arc<ProductList>>;
    async fn home(&self) -> ShopResult<Arc<Home>>;
    /// The categories at the top that have an active product in them or below them.
    async fn categories(&self) -> ShopResult<Arc<Vec<Category>>>;
    /// All categories in their places, also empty ones.
    async fn category_tree(&self) -> ShopResult<Arc<CategoryTree>>;
    /// What the page of a category says above its products; `not_found` if there is no such category.
    async fn category_text(&self, slug: &str) -> ShopResult<Arc<CategoryText>>;
    async fn suggest(&self, text: &str) -> ShopResult<Vec<Suggestion>>;
}

/// See [`Catalog`]; in the language of the request at hand.
pub fn catalog() -> Arc<dyn Catalog> {
    shop().port::<dyn Catalog>().in_language(locale())
}
