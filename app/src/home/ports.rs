//! What the server provides for the front page.

use std::sync::Arc;

use async_trait::async_trait;

use super::{
    form::BlockForm,
    types::{BlockKind, BlockSaved, HomeDraft, PlacedBlock},
};
use crate::{
    error::ShopResult,
    identity::Account,
    locale::{Locale, locale},
    moving::Way,
    shop::shop,
};

/// Changes are made to a draft, which begins as what is published. All of them are audited.
#[async_trait]
pub trait Home: Send + Sync {
    /// The same with what shoppers see in a language, as far as it is translated.
    fn in_language(&self, language: Locale) -> Arc<dyn Home>;
    /// What shoppers see.
    async fn published(&self) -> ShopResult<Arc<Vec<PlacedBlock>>>;
    /// The draft, or what is published if there is none.
    async fn draft(&self) -> ShopResult<HomeDraft>;
    /// Behind all others.
    async fn add(&self, actor: &Account, kind: BlockKind) -> ShopResult<BlockSaved>;
    /// `version` is that of the block the form was made from; any other is a `conflict`.
    async fn save(
        &self,
        actor: &Account,
        id: &str,
        version: &str,
        form: BlockForm,
    ) -> ShopResult<BlockSaved>;
    /// `src` is the address of a stored picture; none takes the picture away.
    async fn set_picture(
        &self,
        actor: &Account,
        id: &str,
        src: Option<String>,
    ) -> ShopResult<BlockSaved>;
    async fn step(&self, actor: &Account, id: &str, way: Way) -> ShopResult<()>;
    async fn delete(&self, actor: &Account, id: &str) -> ShopResult<()>;
    /// Shows the draft to shoppers: when it returns, no node shows what was before.
    async fn publish(&self, actor: &Account) -> ShopResult<()>;
    /// Goes back to what is published.
    async fn discard(&self, actor: &Account) -> ShopResult<()>;
}

/// See [`Home`]; in the language of the request at hand.
pub fn home() -> Arc<dyn Home> {
    shop().port::<dyn Home>().in_language(locale())
}
