//! The catalogue: reading, lists, writing, import and export.

mod feature;
pub mod read;
pub mod write;

use std::sync::Arc;

use app::{
    catalog::{
        categories::{CategoryText, CategoryTree},
        limits,
        ports::Catalog,
        query::{ListQuery, Sort, encode},
        types::{Card, Category, Home, Product, ProductList, Suggestion},
    },
    error::{ShopError, ShopResult},
};
use async_trait::async_trait;
use read::{
    categories,
    facets::{self, Counted},
    list,
};

use crate::{
    cache::ReadThrough, coordination::Topic, ids::is_id, settings::Settings, store::Store,
};

const MIB: u64 = 1024 * 1024;
/// Longest address part that is looked up, in bytes; letters have up to four.
const MAX_SLUG: usize = 4 * limits::MAX_SLUG;
/// Letters of a search that are looked at.
const MAX_TEXT: usize = 100;

/// Reads the catalogue through caches.
pub struct CatalogService {
    db: Store,
    settings: Settings,
    /// Also that there is none at an address.
    products: ReadThrough<Option<Arc<Product>>>,
    slugs: ReadThrough<Option<String>>,
    related: ReadThrough<Vec<Card>>,
    lists: ReadThrough<ProductList>,
    /// What the pages of a list share: counting it costs the most.
    counted: ReadThrough<Counted>,
    home: ReadThrough<Home>,
    categories: ReadThrough<CategoryTree>,
    /// Also that there is none at an address.
    category_texts: ReadThrough<Option<Arc<CategoryText>>>,
    suggestions: ReadThrough<Vec<Suggestion>>,
}

impl CatalogService {
    pub fn new(db: Store, settings: Settings) -> Self {
        let fresh = || db.freshness().clone();
        Self {
            settings,
            products: ReadThrough::new("product", 64 * MIB, fresh()).shared_if(Option::is_some),
            slugs: ReadThrough::new("slug", 4 * MIB, fresh()).shared_if(Option::is_some),
            related: ReadThrough::new("related", 16 * MIB, fresh()),
            lists: ReadThrough::new("list", 64 * MIB, fresh()).shared_if(|list| list.total > 0),
            counted: ReadThrough::new("counts", 32 * MIB, fresh()).shared_if(|list| list.total > 0),
            home: ReadThrough::new("home", MIB, fresh()),
            categories: ReadThrough::new("categories", 4 * MIB, fresh()),
            category_texts: ReadThrough::new("category", 4 * MIB, fresh())
                .shared_if(Option::is_some),
            suggestions: ReadThrough::new("suggestions", 4 * MIB, fresh()),
            db,
        }
    }
}

#[async_trait]
impl Catalog for CatalogService {
    async fn product(&self, slug: &str) -> ShopResult<Arc<Product>> {
        // Postgres takes no NUL in a text.
        if slug.len() > MAX_SLUG || slug.contains('\0') {
            return Err(ShopError::not_found());
        }
        let (db, settings, wanted) = (self.db.clone(), self.settings.clone(), slug.to_owned());
        let load = move || {
            let (db, settings, wanted) = (db.clone(), settings.clone(), wanted.clone());
            async move {
                let currency = &settings.now().await?.currency;
                Ok(read::product(&db, &wanted, currency).await?.map(Arc::new))
            }
        };
        let topics = [Topic::product(slug)];
        let product = self.products.get(slug, &topics, load).await?;
        (*product).clone().ok_or_else(ShopError::not_found)
    }

    async fn product_by_id(&self, id: &str) -> ShopResult<Arc<Product>> {
        if !is_id(id) {
            return Err(ShopError::not_found());
        }
        let (db, wanted) = (self.db.clone(), id.to_owned());
        let load = move || {
            let (db, wanted) = (db.clone(), wanted.clone());
            async move { Ok(read::slug_of(&db, Some(&wanted), None).await?) }
        };
        let slug = self.slugs.get(id, &[Topic::lists()], load).await?;
        match &*slug {
            Some(slug) => self.product(slug).await,
            None => Err(ShopError::not_found()),
        }
    }

    async fn related(&self, product: &Product) -> ShopResult<Arc<Vec<Card>>> {
        let (db, of) = (self.db.clone(), Arc::new(product.clone()));
        let load = move || {
            let (db, of) = (db.clone(), of.clone());
            async move { Ok(read::related(&db, &of).await?) }
        };
        self.related.get(&product.id, &[Topic::lists()], load).await
    }

    async fn list(&self, query: &ListQuery) -> ShopResult<Arc<ProductList>> {
        let name = encode(&query.pairs(&self.settings.last_known().currency));
        let (db, settings, counts) = (self.db.clone(), self.settings.clone(), self.counted.clone());
        let query = query.clone();
        let load = move || {
            let (db, settings, counts) = (db.clone(), settings.clone(), counts.clone());
            let query = query.clone();
            async move {
                let currency = &settings.now().await?.currency;
                let query = list::known_options(&db, query).await?;
                let filter = ListQuery {
                    page: 1,
                    sort: Sort::default(),
                    ..query.clone()
                };
                let name = encode(&filter.pairs(currency));
                let count = {
                    let db = db.clone();
                    move || {
                        let (db, filter) = (db.clone(), filter.clone());
                        async move { Ok(facets::counted(&db, &filter).await?) }
                    }
                };
                // Under a stamp that is taken now, after this list's own: never older than it.
                let counted = counts.get(&name, &[Topic::lists()], count).await?;
                Ok(list::list(&db, &query, &counted, currency).await?)
            }
        };
        self.lists.get(&name, &[Topic::lists()], load).await
    }

    async fn home(&self) -> ShopResult<Arc<Home>> {
        let db = self.db.clone();
        let load = move || {
            let db = db.clone();
            async move {
                Ok(Home {
                    categories: categories::tree(&db).await?.menu(),
                    newest: read::top(&db, "p.created_at DESC, p.id", 8).await?,
                    popular: read::top(&db, "p.sold DESC, p.created_at, p.id", 8).await?,
                    hero: read::hero(&db).await?,
                })
            }
        };
        self.home.get("home", &[Topic::lists()], load).await
    }

    async fn categories(&self) -> ShopResult<Arc<Vec<Category>>> {
        Ok(Arc::new(self.category_tree().await?.menu()))
    }

    async fn category_tree(&self) -> ShopResult<Arc<CategoryTree>> {
        let db = self.db.clone();
        let load = move || {
            let db = db.clone();
            async move { Ok(categories::tree(&db).await?) }
        };
        self.categories.get("all", &[Topic::lists()], load).await
    }

    async fn category_text(&self, slug: &str) -> ShopResult<Arc<CategoryText>> {
        if slug.len() > MAX_SLUG || slug.contains('\0') {
            return Err(ShopError::not_found());
        }
        let (db, wanted) = (self.db.clone(), slug.to_owned());
        let load = move || {
            let (db, wanted) = (db.clone(), wanted.clone());
            async move { Ok(categories::text(&db, &wanted).await?.map(Arc::new)) }
        };
        let text = self
            .category_texts
            .get(slug, &[Topic::lists()], load)
            .await?;
        (*text).clone().ok_or_else(ShopError::not_found)
    }

    async fn suggest(&self, text: &str) -> ShopResult<Vec<Suggestion>> {
        let text: String = text.to_lowercase().chars().take(MAX_TEXT).collect();
        let (db, settings) = (self.db.clone(), self.settings.clone());
        let name = text.clone();
        let load = move || {
            let (db, settings, text) = (db.clone(), settings.clone(), text.clone());
            async move {
                let currency = &settings.now().await?.currency;
                Ok(list::suggest(&db, &text, currency).await?)
            }
        };
        let found = self.suggestions.get(&name, &[Topic::lists()], load).await?;
        Ok((*found).clone())
    }
}
