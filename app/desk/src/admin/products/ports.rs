//! What the server provides for work on products and stock.

use std::sync::Arc;

use app::{catalog::types::Product, error::ShopResult, identity::Account, shop::shop};
use async_trait::async_trait;

use super::types::{
    AdminPicture, AdminProduct, ProductChange, ProductSaved, ProductSnapshot, ProductTable,
};
use crate::admin::product_filter::ProductFilter;

#[async_trait]
pub trait ProductAdmin: Send + Sync {
    async fn products(&self, filter: &ProductFilter) -> ShopResult<ProductTable>;
    async fn product(&self, id: &str) -> ShopResult<AdminProduct>;
    async fn category_names(&self) -> ShopResult<Vec<String>>;
    async fn create_product(
        &self,
        actor: &Account,
        change: ProductChange,
    ) -> ShopResult<ProductSaved>;
    async fn update_product(
        &self,
        actor: &Account,
        id: &str,
        change: ProductChange,
    ) -> ShopResult<ProductSaved>;
    /// The product as shoppers would see it if this change were saved, which it is not.
    async fn drafted(
        &self,
        actor: &Account,
        id: &str,
        change: ProductChange,
    ) -> ShopResult<Product>;
    async fn delete_product(&self, actor: &Account, id: &str) -> ShopResult<()>;
    /// A new product like this one, off sale and with nothing in stock.
    async fn duplicate_product(&self, actor: &Account, id: &str) -> ShopResult<ProductSaved>;
    /// By what a form for a new product is known while its pictures wait for it.
    fn new_form_key(&self) -> String;
    async fn waiting_pictures(&self, actor: &Account, form: &str) -> ShopResult<Vec<AdminPicture>>;
    /// Takes a picture out of the form it waits for, and tells which that is.
    async fn discard_picture(&self, actor: &Account, picture_id: &str) -> ShopResult<String>;
    async fn delete_picture(&self, actor: &Account, picture_id: &str) -> ShopResult<ProductSaved>;
    /// What a product was when it had this version, as far as that is still known, and who has
    /// changed it since, latest first.
    async fn product_as_of(
        &self,
        id: &str,
        version: i64,
    ) -> ShopResult<(Option<ProductSnapshot>, Vec<String>)>;
    /// HTML with nothing in it that could do harm, as it would be stored.
    fn clean_html(&self, html: &str) -> String;
    /// What of it is read, as it would be stored.
    fn words_of_html(&self, html: &str) -> String;
}

/// See [`ProductAdmin`].
pub fn product_admin() -> Arc<dyn ProductAdmin> {
    shop().port()
}
