//! Wishlists: an account's, or a device's behind an opaque cookie.

mod feature;
mod join;
mod store;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/wishlist_text.rs"));
}

use std::sync::Arc;

use app::{
    error::ShopResult,
    wishlist::{
        ports::{Owner, Saved, Wishlist},
        types::WishlistView,
    },
};
use async_trait::async_trait;

use crate::{clock::Clock, settings::Settings, store::Store};

pub struct WishlistService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
}

#[async_trait]
impl Wishlist for WishlistService {
    async fn view(&self, owner: Owner<'_>) -> ShopResult<WishlistView> {
        let currency = self.settings.now().await?.currency.clone();
        let list = store::find(&self.db, self.clock.now(), owner).await?;
        let items = match list {
            Some(id) => store::items(&self.db, &id).await?,
            None => Vec::new(),
        };
        Ok(WishlistView { items, currency })
    }

    async fn products(&self, owner: Owner<'_>) -> ShopResult<Vec<String>> {
        match store::find(&self.db, self.clock.now(), owner).await? {
            Some(id) => Ok(store::products(self.db.reader(), &id).await?),
            None => Ok(Vec::new()),
        }
    }

    async fn add(&self, owner: Owner<'_>, product_id: &str) -> ShopResult<Saved> {
        Ok(store::add(&self.db, self.clock.now(), owner, product_id).await?)
    }

    async fn remove(&self, owner: Owner<'_>, product_id: &str) -> ShopResult<Vec<String>> {
        Ok(store::remove(&self.db, self.clock.now(), owner, product_id).await?)
    }
}
