//! What the server provides for saved views.

use std::{future::Future, sync::Arc};

use app::{error::ShopResult, identity::Account, shop::shop, visitor::visitor};
use async_trait::async_trait;

use super::types::{Audience, SavedView, ViewList, ViewSaved};

/// A view to be saved, as typed.
#[derive(Debug, Clone)]
pub struct NewView {
    pub list: String,
    pub name: String,
    /// The query of the list's address; where a page of it begins is left out.
    pub query: String,
    pub audience: Audience,
}

#[async_trait]
pub trait SavedViews: Send + Sync {
    /// Those of an account and those that are shared, in the order of their names.
    async fn of(&self, actor: &Account, list: ViewList) -> ShopResult<Vec<SavedView>>;
    async fn save(&self, actor: &Account, view: NewView) -> ShopResult<SavedView>;
    /// Refused if the view has another version than this one, as typed.
    async fn rename(
        &self,
        actor: &Account,
        id: &str,
        version: &str,
        name: &str,
    ) -> ShopResult<SavedView>;
    async fn delete(&self, actor: &Account, id: &str, version: &str) -> ShopResult<SavedView>;
}

impl From<&SavedView> for ViewSaved {
    fn from(view: &SavedView) -> Self {
        Self {
            id: view.id.clone(),
            version: view.version,
        }
    }
}

/// See [`SavedViews`].
pub fn saved_views() -> Arc<dyn SavedViews> {
    shop().port()
}

/// The views that the visitor sees of a list, for its page: nobody else gets them.
pub fn views_of(list: ViewList) -> impl Future<Output = ShopResult<Vec<SavedView>>> + Send {
    let (port, account) = (saved_views(), visitor().account);
    async move {
        match account {
            Some(account) => port.of(&account, list).await,
            None => Ok(Vec::new()),
        }
    }
}
