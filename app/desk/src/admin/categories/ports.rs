//! What the server provides to the pages of categories.

use std::sync::Arc;

use app::{error::ShopResult, identity::Account, moving::Way, shop::shop};
use async_trait::async_trait;

use super::types::{AdminCategory, CategoryForm, CategoryRow, CategorySaved};

/// Every change is audited, and seen on all nodes when it returns.
#[async_trait]
pub trait CategoryAdmin: Send + Sync {
    /// Each followed by those below it.
    async fn categories(&self) -> ShopResult<Vec<CategoryRow>>;
    async fn category(&self, id: &str) -> ShopResult<AdminCategory>;
    async fn create(&self, actor: &Account, form: CategoryForm) -> ShopResult<CategorySaved>;
    /// `version` is that of the category the form was made from; any other is a `conflict`.
    async fn update(
        &self,
        actor: &Account,
        id: &str,
        version: &str,
        form: CategoryForm,
    ) -> ShopResult<CategorySaved>;
    /// Moves it by one place among those below the same category.
    async fn step(&self, actor: &Account, id: &str, way: Way) -> ShopResult<()>;
    /// `src` is the address of a stored picture; none takes the picture away.
    async fn set_picture(
        &self,
        actor: &Account,
        id: &str,
        src: Option<String>,
    ) -> ShopResult<CategorySaved>;
    /// Its products have no category then; those below it move up.
    async fn delete(&self, actor: &Account, id: &str) -> ShopResult<()>;
}

/// See [`CategoryAdmin`].
pub fn category_admin() -> Arc<dyn CategoryAdmin> {
    shop().port()
}
