//! Finding orders, products, customers and what the owner made as someone types: each look reads few
//! rows, however large the shop is.

mod feature;
mod store;

use app::error::ShopResult;
use async_trait::async_trait;
use desk::admin::search::ports::{AdminSearch, Matches, OwnMatches};

use crate::store::Store;

pub struct SearchService {
    db: Store,
}

impl SearchService {
    pub fn new(db: Store) -> Self {
        Self { db }
    }
}

#[async_trait]
impl AdminSearch for SearchService {
    async fn matches(&self, text: &str) -> ShopResult<Matches> {
        Ok(Matches {
            orders: store::orders(&self.db, text).await?,
            products: store::products(&self.db, text).await?,
            customers: store::customers(&self.db, text).await?,
        })
    }

    async fn own(&self, text: &str) -> ShopResult<OwnMatches> {
        Ok(OwnMatches {
            categories: store::categories(&self.db, text).await?,
            collections: store::collections(&self.db, text).await?,
            pages: store::pages(&self.db, text).await?,
        })
    }
}
