//! The catalogue: reading, lists, writing, import and export.

pub mod csv;
pub mod draft;
pub mod export;
pub mod import;
pub mod list;
pub mod media;
pub mod read;
pub mod seed;
pub mod write;

use std::sync::Arc;

use app::{
    catalog::{
        query::ListQuery,
        types::{Card, Category, Home, Product, ProductList, Suggestion},
    },
    error::ShopError,
    ports::{Catalog, ShopResult},
};
use async_trait::async_trait;

use crate::db::Db;

/// Reads the catalogue from the database.
pub struct CatalogService {
    db: Db,
    currency: String,
}

impl CatalogService {
    pub fn new(db: Db, currency: String) -> Self {
        Self { db, currency }
    }
}

#[async_trait]
impl Catalog for CatalogService {
    async fn product(&self, slug: &str) -> ShopResult<Arc<Product>> {
        let product = read::product(&self.db, slug, &self.currency).await?;
        product.map(Arc::new).ok_or_else(ShopError::not_found)
    }

    async fn related(&self, product: &Product) -> ShopResult<Arc<Vec<Card>>> {
        Ok(Arc::new(read::related(&self.db, product).await?))
    }

    async fn list(&self, query: &ListQuery) -> ShopResult<Arc<ProductList>> {
        Ok(Arc::new(list::list(&self.db, query, &self.currency).await?))
    }

    async fn home(&self) -> ShopResult<Arc<Home>> {
        Ok(Arc::new(Home {
            categories: read::categories(&self.db).await?,
            newest: read::top(&self.db, "p.created_at DESC, p.id", 8).await?,
            popular: read::top(&self.db, "p.sold DESC, p.created_at, p.id", 8).await?,
            hero: read::hero(&self.db).await?,
        }))
    }

    async fn categories(&self) -> ShopResult<Arc<Vec<Category>>> {
        Ok(Arc::new(read::categories(&self.db).await?))
    }

    async fn suggest(&self, text: &str) -> ShopResult<Vec<Suggestion>> {
        Ok(list::suggest(&self.db, text, &self.currency).await?)
    }
}
