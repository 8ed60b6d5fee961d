//! Wishlists: an account's, or a device's behind an opaque cookie.

mod feature;
mod join;
mod store;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/wishlist_text.rs"));
}

use std::{collections::BTreeSet, sync::Arc};

use app::{
    error::ShopResult,
    locale::Locale,
    wishlist::{
        ports::{Owner, Saved, Wishlist},
        types::{WishlistItem, WishlistView},
    },
};
use async_trait::async_trait;

use crate::{
    clock::Clock,
    error::Result,
    settings::Settings,
    store::Store,
    translations::{self, Kind, TITLE},
};

/// Names the products of a list, also those that are not sold any more. One that is secret keeps the name it had.
async fn translate(
    db: &Store,
    items: &mut [WishlistItem],
    secret: &BTreeSet<String>,
    language: Locale,
) -> Result<()> {
    let ids = items.iter().map(|item| item.product_id.as_str());
    let ids: Vec<&str> = ids.filter(|id| !secret.contains(*id)).collect();
    let texts = translations::of(db, Kind::Product, &ids, language).await?;
    for item in items {
        texts.put(&item.product_id, TITLE, &mut item.title);
        if let Some(product) = &mut item.product {
            texts.put(&item.product_id, TITLE, &mut product.title);
        }
    }
    Ok(())
}

#[derive(Clone)]
pub struct WishlistService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
    /// That names are in; `None`: as they are written.
    language: Option<Locale>,
}

#[async_trait]
impl Wishlist for WishlistService {
    fn in_language(&self, language: Locale) -> Arc<dyn Wishlist> {
        Arc::new(Self {
            language: Some(language),
            ..self.clone()
        })
    }

    async fn view(&self, owner: Owner<'_>) -> ShopResult<WishlistView> {
        let settings = self.settings.now().await?;
        let list = store::find(&self.db, self.clock.now(), owner).await?;
        let (mut items, secret) = match list {
            Some(id) => store::items(&self.db, &id).await?,
            None => Default::default(),
        };
        let target = self
            .language
            .filter(|language| *language != settings.written_in);
        if let Some(language) = target {
            translate(&self.db, &mut items, &secret, language).await?;
        }
        Ok(WishlistView {
            items,
            currency: settings.currency.clone(),
        })
    }

    async fn products(&self, owner: Owner<'_>) -> ShopResult<Vec<String>> {
        match store::find(&self.db, self.clock.now(), owner).await? {
            Some(id) => Ok(store::products(self.db.reader(), &id).await?),
            None => Ok(Vec::new()),
        }
    }

    async fn is_kept(&self, owner: Owner<'_>) -> ShopResult<bool> {
        let list = store::find(&self.db, self.clock.now(), owner).await?;
        Ok(list.is_some())
    }

    async fn add(&self, owner: Owner<'_>, product_id: &str) -> ShopResult<Saved> {
        Ok(store::add(&self.db, self.clock.now(), owner, product_id).await?)
    }

    async fn remove(&self, owner: Owner<'_>, product_id: &str) -> ShopResult<Vec<String>> {
        Ok(store::remove(&self.db, self.clock.now(), owner, product_id).await?)
    }
}
