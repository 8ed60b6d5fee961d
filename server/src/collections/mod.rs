//! Collections: products put together by hand, in an order of their own.

mod check;
mod feature;
mod store;

use std::{collections::HashMap, sync::Arc};

use app::{
    collections::{
        ports::{CollectionAdmin, Collections},
        text::Text,
        types::{
            AdminCollection, Collection, CollectionForm, CollectionRow, CollectionSaved,
            MAX_COLLECTIONS, MAX_PRODUCTS,
        },
    },
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    locale::{Locale, locale},
    moving::Way,
};
use async_trait::async_trait;
use serde_json::{Value, json};

use crate::{
    audit_log,
    cache::ReadThrough,
    coordination::Topic,
    db::Tx,
    error::Result,
    feature::Parts,
    ids::is_id,
    store::{ChangeSet, Store},
    text::{html::plain_text, may_be_slug},
    translations::{self, DESCRIPTION, Kind, NAME, TITLE},
};
use store::{By, StoredCollection};

/// Bytes of collections that a node keeps.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

pub use store::{listed, moved_to};

/// All of them as they are written.
pub async fn all(tx: &mut Tx) -> Result<Vec<StoredCollection>> {
    store::all(&mut **tx).await
}

/// What is said to those who are refused.
fn said() -> Text {
    Text::from(locale())
}

#[derive(Clone)]
pub struct CollectionService {
    parts: Parts,
    /// That texts are in; `None`: as they are written.
    language: Option<Locale>,
    /// Also that there is none at an address, or of an id.
    kept: ReadThrough<Option<Arc<Collection>>>,
}

/// Before and after, for the audit log.
type Change = (Option<Value>, Option<Value>);

impl CollectionService {
    pub fn new(parts: Parts) -> Self {
        let freshness = parts.db.freshness().clone();
        let kept = ReadThrough::new("collection", MAX_BYTES, freshness);
        Self {
            kept: kept.shared_if(Option::is_some),
            language: None,
            parts,
        }
    }

    /// In the language that is read, as far as it is translated.
    async fn shown(&self, by: By<'_>) -> ShopResult<Option<Arc<Collection>>> {
        let db = &self.parts.db;
        let written_in = self.parts.settings.now().await?.written_in;
        let Some(mut collection) = store::shown(db, by).await? else {
            return Ok(None);
        };
        if let Some(language) = self.language.filter(|language| *language != written_in) {
            translate(db, &mut collection, language).await?;
        }
        Ok(Some(Arc::new(collection)))
    }

    fn entry(&self, name: &str) -> String {
        let language = self.language.map_or("", Locale::code);
        format!("{language}:{name}")
    }

    async fn begin(&self) -> Result<(Tx, Vec<StoredCollection>)> {
        let mut tx = self.parts.db.begin().await?;
        let all = store::lock(&mut tx, self.parts.db.dialect()).await?;
        Ok((tx, all))
    }

    /// Notes what was changed and commits it.
    async fn finish(
        &self,
        mut tx: Tx,
        actor: &Account,
        action: &str,
        id: &str,
        (before, after): Change,
    ) -> Result<()> {
        let (now, subject) = (self.parts.clock.now(), ("collection", id));
        audit_log::record(&mut tx, now, &actor.email, action, subject, before, after).await?;
        // Menus and the front page may lead to it.
        let mut changes = ChangeSet::default();
        changes.around_pages();
        changes.commit(tx, &self.parts.db).await.map(drop)
    }

    /// A transaction in which the collection of an entry does not change, with all its entries.
    async fn begin_with_entry(
        &self,
        entry_id: &str,
    ) -> ShopResult<(Tx, StoredCollection, Vec<store::StoredEntry>)> {
        let (mut tx, all) = self.begin().await?;
        let id = match is_id(entry_id) {
            true => store::collection_of(&mut tx, entry_id).await?,
            false => None,
        };
        let id = id.ok_or_else(ShopError::not_found)?;
        let collection = found(&all, &id)?.clone();
        let entries = store::entries(&mut *tx, &id).await?;
        Ok((tx, collection, entries))
    }
}

async fn translate(db: &Store, collection: &mut Collection, language: Locale) -> Result<()> {
    let id = collection.id.clone();
    let own = [id.as_str()];
    let texts = translations::of_catalog(db, Kind::Collection, &own, language).await?;
    texts.put(&id, NAME, &mut collection.name);
    if let Some(html) = texts.text(&id, DESCRIPTION) {
        collection.text.description_html = html.to_owned();
        collection.text.description_text = plain_text(html);
    }
    let products = collection.products.iter();
    let products: Vec<&str> = products.map(|card| card.id.as_str()).collect();
    let titles = translations::of_catalog(db, Kind::Product, &products, language).await?;
    for card in &mut collection.products {
        titles.put(&card.id, TITLE, &mut card.title);
    }
    Ok(())
}

fn found<'a>(all: &'a [StoredCollection], id: &str) -> ShopResult<&'a StoredCollection> {
    let found = all.iter().find(|one| one.id == id);
    found.ok_or_else(ShopError::not_found)
}

/// What an entry of the audit log says.
fn summary(stored: &StoredCollection) -> Value {
    json!({
        "title": stored.name, "slug": stored.slug,
        "description_html": stored.description_html,
    })
}

fn saved(stored: &StoredCollection) -> CollectionSaved {
    CollectionSaved {
        id: stored.id.clone(),
        slug: stored.slug.clone(),
        version: stored.version,
    }
}

#[async_trait]
impl Collections for CollectionService {
    fn in_language(&self, language: Locale) -> Arc<dyn Collections> {
        Arc::new(Self {
            language: Some(language),
            ..self.clone()
        })
    }

    async fn collection(&self, slug: &str) -> ShopResult<Arc<Collection>> {
        if !may_be_slug(slug) {
            return Err(ShopError::not_found());
        }
        let (this, wanted) = (self.clone(), slug.to_owned());
        let load = move || {
            let (this, wanted) = (this.clone(), wanted.clone());
            async move { this.shown(By::Slug(&wanted)).await }
        };
        let entry = self.entry(&format!("/{slug}"));
        let found = self.kept.get(&entry, &[Topic::lists()], load).await?;
        (*found).clone().ok_or_else(ShopError::not_found)
    }

    async fn of_id(&self, id: &str) -> ShopResult<Option<Arc<Collection>>> {
        if !is_id(id) {
            return Ok(None);
        }
        let (this, wanted) = (self.clone(), id.to_owned());
        let load = move || {
            let (this, wanted) = (this.clone(), wanted.clone());
            async move { this.shown(By::Id(&wanted)).await }
        };
        let entry = self.entry(id);
        let found = self.kept.get(&entry, &[Topic::lists()], load).await?;
        Ok((*found).clone())
    }
}

#[async_trait]
impl CollectionAdmin for CollectionService {
    async fn collections(&self) -> ShopResult<Vec<CollectionRow>> {
        Ok(store::rows(&self.parts.db).await?)
    }

    async fn collection(&self, id: &str) -> ShopResult<AdminCollection> {
        let reader = self.parts.db.reader();
        let all = store::all(reader).await?;
        let stored = found(&all, id)?;
        let entries = store::entries(reader, id).await?;
        Ok(AdminCollection {
            id: stored.id.clone(),
            slug: stored.slug.clone(),
            name: stored.name.clone(),
            description_html: stored.description_html.clone(),
            picture_src: stored.picture_src.clone(),
            version: stored.version,
            entries: store::placed(entries),
        })
    }

    async fn create(&self, actor: &Account, form: CollectionForm) -> ShopResult<CollectionSaved> {
        let (mut tx, all) = self.begin().await?;
        if all.len() >= MAX_COLLECTIONS {
            let words = said().too_many(&MAX_COLLECTIONS.to_string());
            return Err(ShopError::new(ErrorKind::Conflict, words));
        }
        let after = check::checked(&form, None, &all)?;
        store::write(&mut tx, self.parts.clock.now(), None, &after).await?;
        let change = (None, Some(summary(&after)));
        self.finish(tx, actor, "collection.create", &after.id, change)
            .await?;
        Ok(saved(&after))
    }

    async fn update(
        &self,
        actor: &Account,
        id: &str,
        version: &str,
        form: CollectionForm,
    ) -> ShopResult<CollectionSaved> {
        let (mut tx, all) = self.begin().await?;
        let before = found(&all, id)?;
        if version.trim().parse() != Ok(before.version) {
            return Err(ShopError::new(ErrorKind::Conflict, said().changed_since()));
        }
        let after = check::checked(&form, Some(before), &all)?;
        store::write(&mut tx, self.parts.clock.now(), Some(before), &after).await?;
        let texts = vec![
            (NAME, after.name.as_str()),
            (DESCRIPTION, after.description_html.as_str()),
        ];
        let originals = HashMap::from([(after.id.as_str(), texts)]);
        let dialect = self.parts.db.dialect();
        translations::mark_stale(&mut tx, dialect, Kind::Collection, &originals).await?;
        let change = (Some(summary(before)), Some(summary(&after)));
        self.finish(tx, actor, "collection.update", id, change)
            .await?;
        Ok(saved(&after))
    }

    async fn set_picture(
        &self,
        actor: &Account,
        id: &str,
        src: Option<String>,
    ) -> ShopResult<CollectionSaved> {
        let (mut tx, all) = self.begin().await?;
        let before = found(&all, id)?;
        let after = StoredCollection {
            picture_src: src,
            version: before.version + 1,
            ..before.clone()
        };
        store::write(&mut tx, self.parts.clock.now(), Some(before), &after).await?;
        let picture = |stored: &StoredCollection| json!({ "title": stored.name, "picture": stored.picture_src });
        let change = (Some(picture(before)), Some(picture(&after)));
        self.finish(tx, actor, "collection.picture", id, change)
            .await?;
        Ok(saved(&after))
    }

    async fn add(&self, actor: &Account, id: &str, product_id: &str) -> ShopResult<()> {
        let (mut tx, all) = self.begin().await?;
        let collection = found(&all, id)?;
        let title = match is_id(product_id) {
            true => store::product(&mut tx, self.parts.db.dialect(), product_id).await?,
            false => None,
        };
        let wrong = || ShopError::field("product_id", said().choose_product());
        let title = title.ok_or_else(wrong)?;
        let entries = store::entries(&mut *tx, id).await?;
        if entries.iter().any(|entry| entry.product_id == product_id) {
            return Ok(());
        }
        if entries.len() >= MAX_PRODUCTS {
            let words = said().too_many_products(&MAX_PRODUCTS.to_string());
            return Err(ShopError::new(ErrorKind::Conflict, words));
        }
        store::add(&mut tx, id, product_id).await?;
        let after = json!({ "title": collection.name, "product": title });
        self.finish(tx, actor, "collection.add", id, (None, Some(after)))
            .await?;
        Ok(())
    }

    async fn step(&self, actor: &Account, entry_id: &str, way: Way) -> ShopResult<String> {
        let (mut tx, collection, mut entries) = self.begin_with_entry(entry_id).await?;
        let place = |entries: &[store::StoredEntry]| {
            let at = entries.iter().position(|entry| entry.id == entry_id)?;
            let product = &entries[at].title;
            Some(json!({ "title": collection.name, "product": product, "place": at + 1 }))
        };
        let before = place(&entries);
        if !way.step(&mut entries, |entry| entry.id == entry_id) {
            return Ok(collection.id);
        }
        store::order(&mut tx, &entries).await?;
        let change = (before, place(&entries));
        self.finish(tx, actor, "collection.move", &collection.id, change)
            .await?;
        Ok(collection.id)
    }

    async fn remove(&self, actor: &Account, entry_id: &str) -> ShopResult<String> {
        let (mut tx, collection, entries) = self.begin_with_entry(entry_id).await?;
        let entry = entries.iter().find(|entry| entry.id == entry_id);
        let title = entry.map(|entry| entry.title.as_str());
        store::remove(&mut tx, entry_id).await?;
        let before = json!({ "title": collection.name, "product": title });
        let change = (Some(before), None);
        self.finish(tx, actor, "collection.remove", &collection.id, change)
            .await?;
        Ok(collection.id)
    }

    async fn delete(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let (mut tx, all) = self.begin().await?;
        let before = found(&all, id)?;
        translations::forget(&mut tx, Kind::Collection, id).await?;
        store::delete(&mut tx, id).await?;
        let change = (Some(summary(before)), None);
        self.finish(tx, actor, "collection.delete", id, change)
            .await?;
        Ok(())
    }
}
