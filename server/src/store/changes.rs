//! What a transaction changes for readers.

use std::collections::BTreeSet;

use super::Store;
use crate::{
    coordination::{Event, Topic},
    db::Transaction,
    error::Result,
};

/// What a transaction changed for readers. The only way on from here is [`ChangeSet::commit`],
/// which also announces it: nothing can be committed that nobody is told of.
#[derive(Debug, Default)]
#[must_use = "a change that is not committed through its change set is not announced"]
pub struct ChangeSet {
    products: BTreeSet<String>,
    slugs: BTreeSet<String>,
    variants: BTreeSet<String>,
    carts: BTreeSet<String>,
    /// Whether what is planned to begin or end by itself changed.
    drops: bool,
    /// Whether what is around every page changed, or one of the owner's own.
    around_pages: bool,
    /// Whether what the owner sets for the checkout changed.
    settings: bool,
    /// Whether nothing may be shown any more that was made before.
    everything: bool,
}

/// What was committed and announced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Committed {
    /// Ids of the products that look different now.
    pub products: BTreeSet<String>,
}

impl ChangeSet {
    /// A product looks different now, at this address: also note the address it had before.
    pub fn product(&mut self, id: &str, slug: &str) {
        self.products.insert(id.to_owned());
        self.slugs.insert(slug.to_owned());
    }

    /// The number of units changed.
    pub fn stock(&mut self, variant_id: &str) {
        self.variants.insert(variant_id.to_owned());
    }

    /// A cart has something else in it now; it is named by the hash of its token.
    pub fn cart(&mut self, token_hash: &str) {
        self.carts.insert(token_hash.to_owned());
    }

    /// Something is different now that every page shows, such as a menu, or a page of the owner's that
    /// menus lead to.
    pub fn around_pages(&mut self) {
        self.around_pages = true;
    }

    /// A drop changed: what is shown of the catalogue, and when that changes by itself.
    pub fn drops(&mut self) {
        self.drops = true;
    }

    /// The owner has changed what a checkout asks for.
    pub fn settings(&mut self) {
        self.settings = true;
    }

    /// Whatever was made before is wrong now, such as pages with another name of the shop.
    pub fn everything(&mut self) {
        self.everything = true;
    }

    pub fn products(&self) -> &BTreeSet<String> {
        &self.products
    }

    fn topics(&self) -> Vec<Topic> {
        let mut topics: Vec<Topic> = self.slugs.iter().map(|slug| Topic::product(slug)).collect();
        if !topics.is_empty() || self.around_pages {
            topics.push(Topic::lists());
        }
        if self.drops {
            topics.push(Topic::drops());
        }
        if self.settings {
            topics.push(Topic::settings());
        }
        topics.extend(self.carts.iter().map(|hash| Topic::cart(hash)));
        topics
    }

    /// Commits and announces. It is seen through even if the one who asked stops waiting, and a commit
    /// that broke off is announced too: it may have come through.
    pub async fn commit<T: Transaction>(self, tx: T, store: &Store) -> Result<Committed> {
        let store = store.clone();
        T::see_through(async move {
            let committed = tx.commit().await;
            let freshness = store.freshness();
            match self.everything {
                true => freshness.announce_everything(&store).await,
                false => freshness.announce(&store, &self.topics()).await,
            }
            if !self.variants.is_empty() {
                freshness.publish(Event::Stock {
                    variants: self.variants.into_iter().collect(),
                });
            }
            committed?;
            Ok(Committed {
                products: self.products,
            })
        })
        .await
    }
}
