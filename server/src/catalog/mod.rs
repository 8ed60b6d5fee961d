//! The catalogue: reading, lists, writing, import and export.

mod feature;
pub mod read;
pub mod translated;
pub mod write;

use std::sync::Arc;

use app::{
    catalog::{
        categories::{CategoryText, CategoryTree},
        ports::Catalog,
        query::{ListQuery, Sort, encode},
        types::{Card, Category, Home, Product, ProductList, Suggestion},
    },
    error::{ShopError, ShopResult},
    locale::Locale,
};
use async_trait::async_trait;
use read::{
    categories,
    facets::{self, Counted},
    list,
};

use crate::{
    cache::ReadThrough, coordination::Topic, ids::is_id, settings::Settings, store::Store,
    text::may_be_slug,
};

const MIB: u64 = 1024 * 1024;
/// Letters of a search that are looked at.
const MAX_TEXT: usize = 100;

/// Reads the catalogue through caches. Each language has entries of its own, under one generation.
#[derive(Clone)]
pub struct CatalogService {
    db: Store,
    settings: Settings,
    /// That texts are in; `None`: as they are written.
    language: Option<Locale>,
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
            language: None,
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

    /// The name of an entry whose texts are in the language that is read.
    fn entry(&self, name: &str) -> String {
        match self.language {
            Some(language) => format!("{}:{name}", language.code()),
            None => name.to_owned(),
        }
    }

    /// What texts are to be translated into, if that is not what they are written in.
    async fn target(&self) -> Result<Option<Locale>, ShopError> {
        let settings = self.settings.now().await?;
        Ok(self
            .language
            .filter(|language| *language != settings.written_in))
    }
}

#[async_trait]
impl Catalog for CatalogService {
    fn in_language(&self, language: Locale) -> Arc<dyn Catalog> {
        Arc::new(Self {
            language: Some(language),
            ..self.clone()
        })
    }

    async fn product(&self, slug: &str) -> ShopResult<Arc<Product>> {
        if !may_be_slug(slug) {
            return Err(ShopError::not_found());
        }
        let (this, wanted) = (self.clone(), slug.to_owned());
        let load = move || {
            let (this, wanted) = (this.clone(), wanted.clone());
            async move {
                let currency = &this.settings.now().await?.currency;
                let product = read::product(&this.db, &wanted, currency).await?;
                let Some(mut product) = product else {
                    return Ok(None);
                };
                if let Some(language) = this.target().await? {
                    translated::product(&this.db, &mut product, language).await?;
                }
                Ok(Some(Arc::new(product)))
            }
        };
        let topics = [Topic::product(slug)];
        let product = self.products.get(&self.entry(slug), &topics, load).await?;
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

    async fn preview(&self, id: &str) -> ShopResult<Product> {
        if !is_id(id) {
            return Err(ShopError::not_found());
        }
        let currency = &self.settings.now().await?.currency;
        let product = read::product_in_any_state(&self.db, id, currency).await?;
        let mut product = product.ok_or_else(ShopError::not_found)?;
        if let Some(language) = self.target().await? {
            translated::product(&self.db, &mut product, language).await?;
        }
        Ok(product)
    }

    async fn related(&self, product: &Product) -> ShopResult<Arc<Vec<Card>>> {
        let (this, of) = (self.clone(), Arc::new(product.clone()));
        let load = move || {
            let (this, of) = (this.clone(), of.clone());
            async move {
                let mut cards = read::related(&this.db, &of).await?;
                if let Some(language) = this.target().await? {
                    translated::cards(&this.db, cards.iter_mut().collect(), language).await?;
                }
                Ok(cards)
            }
        };
        let entry = self.entry(&product.id);
        self.related.get(&entry, &[Topic::lists()], load).await
    }

    async fn list(&self, query: &ListQuery) -> ShopResult<Arc<ProductList>> {
        let name = encode(&query.pairs(&self.settings.last_known().currency));
        let (this, query) = (self.clone(), query.clone());
        let load = move || {
            let (this, query) = (this.clone(), query.clone());
            async move {
                let db = this.db.clone();
                let currency = &this.settings.now().await?.currency;
                let query = list::known(&db, query).await?;
                let filter = ListQuery {
                    page: 1,
                    sort: Sort::default(),
                    ..query.clone()
                };
                let name = encode(&filter.pairs(currency));
                // A search finds other words in each language; what is filtered is the same in all.
                let (entry, searched) = match filter.q {
                    Some(_) => (this.entry(&name), this.language),
                    None => (name, None),
                };
                let count = {
                    let db = db.clone();
                    move || {
                        let (db, filter) = (db.clone(), filter.clone());
                        async move { Ok(facets::counted(&db, &filter, searched).await?) }
                    }
                };
                // Under a stamp that is taken now, after this list's own: never older than it.
                let counted = this.counted.get(&entry, &[Topic::lists()], count).await?;
                let titles = this.target().await?;
                let read_in = list::ReadIn { searched, titles };
                let mut list = list::list(&db, &query, &counted, currency, read_in).await?;
                if let Some(language) = titles {
                    translated::list(&db, &mut list, language).await?;
                }
                Ok(list)
            }
        };
        let entry = self.entry(&name);
        self.lists.get(&entry, &[Topic::lists()], load).await
    }

    async fn home(&self) -> ShopResult<Arc<Home>> {
        let this = self.clone();
        let load = move || {
            let this = this.clone();
            async move {
                let db = &this.db;
                let mut home = Home {
                    categories: categories::tree(db).await?.menu(),
                    newest: read::top(db, "p.created_at DESC, p.id", 8).await?,
                    popular: read::top(db, "p.sold DESC, p.created_at, p.id", 8).await?,
                    hero: read::hero(db).await?,
                };
                if let Some(language) = this.target().await? {
                    translated::home(db, &mut home, language).await?;
                }
                Ok(home)
            }
        };
        let entry = self.entry("home");
        self.home.get(&entry, &[Topic::lists()], load).await
    }

    async fn categories(&self) -> ShopResult<Arc<Vec<Category>>> {
        Ok(Arc::new(self.category_tree().await?.menu()))
    }

    async fn category_tree(&self) -> ShopResult<Arc<CategoryTree>> {
        let this = self.clone();
        let load = move || {
            let this = this.clone();
            async move {
                let mut tree = categories::tree(&this.db).await?;
                if let Some(language) = this.target().await? {
                    let all = tree.categories_mut().collect();
                    translated::categories(&this.db, all, language).await?;
                }
                Ok(tree)
            }
        };
        let entry = self.entry("all");
        self.categories.get(&entry, &[Topic::lists()], load).await
    }

    async fn category_text(&self, slug: &str) -> ShopResult<Arc<CategoryText>> {
        if !may_be_slug(slug) {
            return Err(ShopError::not_found());
        }
        let (this, wanted) = (self.clone(), slug.to_owned());
        let load = move || {
            let (this, wanted) = (this.clone(), wanted.clone());
            async move {
                let Some((id, mut text)) = categories::text(&this.db, &wanted).await? else {
                    return Ok(None);
                };
                if let Some(language) = this.target().await? {
                    translated::category_text(&this.db, &id, &mut text, language).await?;
                }
                Ok(Some(Arc::new(text)))
            }
        };
        let entry = self.entry(slug);
        let text = self
            .category_texts
            .get(&entry, &[Topic::lists()], load)
            .await?;
        (*text).clone().ok_or_else(ShopError::not_found)
    }

    async fn suggest(&self, text: &str) -> ShopResult<Vec<Suggestion>> {
        let text: String = text.to_lowercase().chars().take(MAX_TEXT).collect();
        let (this, entry) = (self.clone(), self.entry(&text));
        let load = move || {
            let (this, text) = (this.clone(), text.clone());
            async move {
                let currency = &this.settings.now().await?.currency;
                let mut cards = list::found(&this.db, &text, this.language).await?;
                if let Some(language) = this.target().await? {
                    translated::cards(&this.db, cards.iter_mut().collect(), language).await?;
                }
                let locale = this.language.unwrap_or_default();
                Ok(list::suggestions(cards, locale, currency))
            }
        };
        let found = self
            .suggestions
            .get(&entry, &[Topic::lists()], load)
            .await?;
        Ok((*found).clone())
    }
}
