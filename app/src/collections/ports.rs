//! What the server provides for collections.

use std::sync::Arc;

use async_trait::async_trait;

use super::types::{AdminCollection, Collection, CollectionForm, CollectionRow, CollectionSaved};
use crate::{
    error::ShopResult,
    identity::Account,
    locale::{Locale, locale},
    moving::Way,
    shop::shop,
};

/// What shoppers see.
#[async_trait]
pub trait Collections: Send + Sync {
    /// The same with its texts in a language, as far as they are translated.
    fn in_language(&self, language: Locale) -> Arc<dyn Collections>;
    /// `not_found` if there is no such collection.
    async fn collection(&self, slug: &str) -> ShopResult<Arc<Collection>>;
    /// The same by its id; `None` if it is gone.
    async fn of_id(&self, id: &str) -> ShopResult<Option<Arc<Collection>>>;
}

/// Every change is audited, and seen on all nodes when it returns.
#[async_trait]
pub trait CollectionAdmin: Send + Sync {
    /// In the order of their names.
    async fn collections(&self) -> ShopResult<Vec<CollectionRow>>;
    async fn collection(&self, id: &str) -> ShopResult<AdminCollection>;
    async fn create(&self, actor: &Account, form: CollectionForm) -> ShopResult<CollectionSaved>;
    /// `version` is that of the collection the form was made from; any other is a `conflict`.
    async fn update(
        &self,
        actor: &Account,
        id: &str,
        version: &str,
        form: CollectionForm,
    ) -> ShopResult<CollectionSaved>;
    /// `src` is the address of a stored picture; none takes the picture away.
    async fn set_picture(
        &self,
        actor: &Account,
        id: &str,
        src: Option<String>,
    ) -> ShopResult<CollectionSaved>;
    /// Puts a product behind all others; one that is there stays where it is.
    async fn add(&self, actor: &Account, id: &str, product_id: &str) -> ShopResult<()>;
    /// Moves an entry by one place; tells the id of its collection.
    async fn step(&self, actor: &Account, entry_id: &str, way: Way) -> ShopResult<String>;
    /// Takes an entry out; tells the id of its collection.
    async fn remove(&self, actor: &Account, entry_id: &str) -> ShopResult<String>;
    async fn delete(&self, actor: &Account, id: &str) -> ShopResult<()>;
}

/// See [`Collections`]; in the language of the request at hand.
pub fn collections() -> Arc<dyn Collections> {
    shop().port::<dyn Collections>().in_language(locale())
}

/// See [`CollectionAdmin`].
pub fn collection_admin() -> Arc<dyn CollectionAdmin> {
    shop().port()
}
