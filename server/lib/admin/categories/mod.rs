//! Categories, as the admin works on them. Every change is written down in the audit log, in the
//! transaction that makes it.

mod check;
mod feature;
mod store;

use std::sync::Arc;

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    locale::locale,
    moving::{Place, Way},
};
use async_trait::async_trait;
use check::Present;
use desk::admin::categories::{
    ports::CategoryAdmin,
    text::Text,
    types::{AdminCategory, CategoryForm, CategoryRow, CategorySaved, Choice},
};
use serde_json::{Value, json};

use crate::{
    audit_log,
    catalog::write::{
        CatalogWrite, StockReason,
        categories::{CategoryDraft, StoredCategory},
    },
    clock::Clock,
    error::{Error, Result},
    ids::is_id,
    store::Store,
};

pub struct CategoryService {
    db: Store,
    clock: Arc<dyn Clock>,
}

/// Before and after, for the audit log.
type Change = (Option<Value>, Option<Value>);

impl CategoryService {
    async fn write(&self, actor: &Account) -> Result<CatalogWrite> {
        let now = self.clock.now();
        CatalogWrite::begin(&self.db, now, &actor.email, StockReason::Adjustment).await
    }

    /// Notes what was changed and commits it.
    async fn finish(
        &self,
        mut write: CatalogWrite,
        actor: &Account,
        action: &str,
        id: &str,
        (before, after): Change,
    ) -> Result<()> {
        let (now, subject) = (self.clock.now(), ("category", id));
        audit_log::record(
            write.tx(),
            now,
            &actor.email,
            action,
            subject,
            before,
            after,
        )
        .await?;
        write.commit().await.map(drop)
    }
}

/// What an entry of the audit log says.
fn summary(
    name: &str,
    slug: &str,
    parent: Option<&str>,
    html: &str,
    present: Present<'_>,
) -> Value {
    let parent = parent.and_then(|id| present.find(id));
    json!({
        "title": name, "slug": slug, "parent": parent.map(|parent| &parent.name),
        "description_html": html,
    })
}

fn summary_of(stored: &StoredCategory, present: Present<'_>) -> Value {
    let parent = stored.parent_id.as_deref();
    let html = &stored.description_html;
    summary(&stored.name, &stored.slug, parent, html, present)
}

fn summary_after(draft: &CategoryDraft, present: Present<'_>) -> Value {
    let parent = draft.parent_id.as_deref();
    let html = &draft.description_html;
    summary(&draft.name, &draft.slug, parent, html, present)
}

/// A name or an address that a category has that was made at the same time.
fn taken(error: Error) -> Error {
    match error.is_unique_violation() {
        true => {
            let words = Text::from(locale()).name_or_address_taken();
            ShopError::field("name", words).into()
        }
        false => error,
    }
}

/// Each category followed by those below it, with the level it is on, from 0.
fn in_order(present: Present<'_>) -> Vec<(&StoredCategory, usize)> {
    fn add<'a>(
        present: Present<'a>,
        parent: Option<&str>,
        level: usize,
        rows: &mut Vec<(&'a StoredCategory, usize)>,
    ) {
        for one in present.below(parent) {
            rows.push((one, level));
            add(present, Some(&one.id), level + 1, rows);
        }
    }
    let mut rows = Vec::new();
    add(present, None, 0, &mut rows);
    rows
}

#[async_trait]
impl CategoryAdmin for CategoryService {
    async fn categories(&self) -> ShopResult<Vec<CategoryRow>> {
        let (all, products) = (
            store::all(&self.db).await?,
            store::products(&self.db).await?,
        );
        let present = Present(&all);
        let row = |(one, level): (&StoredCategory, usize)| {
            let beside: Vec<_> = present.below(one.parent_id.as_deref()).collect();
            let at = beside.iter().position(|other| other.id == one.id);
            CategoryRow {
                id: one.id.clone(),
                slug: one.slug.clone(),
                name: one.name.clone(),
                level,
                products: products.get(&one.id).copied().unwrap_or_default(),
                place: Place::of(at.unwrap_or_default(), beside.len()),
            }
        };
        Ok(in_order(present).into_iter().map(row).collect())
    }

    async fn category(&self, id: &str) -> ShopResult<AdminCategory> {
        if !is_id(id) {
            return Err(ShopError::not_found());
        }
        let (all, products) = (
            store::all(&self.db).await?,
            store::products(&self.db).await?,
        );
        let present = Present(&all);
        let stored = present.find(id).ok_or_else(ShopError::not_found)?;
        let parents = in_order(present)
            .into_iter()
            .filter(|(one, _)| present.may_be_below(Some(id), &one.id).is_ok())
            .map(|(one, level)| Choice {
                id: one.id.clone(),
                name: one.name.clone(),
                level,
            });
        Ok(AdminCategory {
            id: stored.id.clone(),
            slug: stored.slug.clone(),
            name: stored.name.clone(),
            parent: stored.parent_id.clone().unwrap_or_default(),
            description_html: stored.description_html.clone(),
            picture_src: stored.picture_src.clone(),
            version: stored.version,
            products: products.get(id).copied().unwrap_or_default(),
            below: present.below(Some(id)).count(),
            parents: parents.collect(),
        })
    }

    async fn create(&self, actor: &Account, form: CategoryForm) -> ShopResult<CategorySaved> {
        let mut write = self.write(actor).await?;
        let all = write.stored_categories().await?;
        let draft = check::checked(&form, None, Present(&all))?;
        let id = write.create_category(&draft).await.map_err(taken)?;
        let after = summary_after(&draft, Present(&all));
        self.finish(write, actor, "category.create", &id, (None, Some(after)))
            .await?;
        Ok(CategorySaved {
            id,
            slug: draft.slug,
            version: 1,
        })
    }

    async fn update(
        &self,
        actor: &Account,
        id: &str,
        version: &str,
        form: CategoryForm,
    ) -> ShopResult<CategorySaved> {
        let mut write = self.write(actor).await?;
        let all = write.stored_categories().await?;
        let present = Present(&all);
        let stored = present.find(id).ok_or_else(ShopError::not_found)?;
        if version.trim().parse() != Ok(stored.version) {
            return Err(ShopError::new(
                ErrorKind::Conflict,
                Text::from(locale()).changed_since(),
            ));
        }
        let draft = check::checked(&form, Some(stored), present)?;
        write.update_category(stored, &draft).await.map_err(taken)?;
        let change = (
            Some(summary_of(stored, present)),
            Some(summary_after(&draft, present)),
        );
        self.finish(write, actor, "category.update", id, change)
            .await?;
        Ok(CategorySaved {
            id: id.to_owned(),
            slug: draft.slug,
            version: stored.version + 1,
        })
    }

    async fn step(&self, actor: &Account, id: &str, way: Way) -> ShopResult<()> {
        let mut write = self.write(actor).await?;
        let all = write.stored_categories().await?;
        let present = Present(&all);
        let stored = present.find(id).ok_or_else(ShopError::not_found)?;
        let beside = present.below(stored.parent_id.as_deref());
        let mut ids: Vec<&str> = beside.map(|one| one.id.as_str()).collect();
        let place = |ids: &[&str]| {
            let at = ids.iter().position(|one| *one == id)?;
            Some(json!({ "title": stored.name, "place": at + 1 }))
        };
        let before = place(&ids);
        if !way.step(&mut ids, |one| *one == id) {
            return Ok(());
        }
        write.order_categories(&ids).await?;
        let change = (before, place(&ids));
        self.finish(write, actor, "category.move", id, change)
            .await?;
        Ok(())
    }

    async fn set_picture(
        &self,
        actor: &Account,
        id: &str,
        src: Option<String>,
    ) -> ShopResult<CategorySaved> {
        let mut write = self.write(actor).await?;
        let all = write.stored_categories().await?;
        let stored = Present(&all).find(id).ok_or_else(ShopError::not_found)?;
        write.set_category_picture(id, src.as_deref()).await?;
        let picture = |src: &Option<String>| Some(json!({ "title": stored.name, "picture": src }));
        let change = (picture(&stored.picture_src), picture(&src));
        self.finish(write, actor, "category.picture", id, change)
            .await?;
        Ok(CategorySaved {
            id: id.to_owned(),
            slug: stored.slug.clone(),
            version: stored.version + 1,
        })
    }

    async fn delete(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let mut write = self.write(actor).await?;
        let all = write.stored_categories().await?;
        let present = Present(&all);
        let stored = present.find(id).ok_or_else(ShopError::not_found)?;
        write.delete_category(stored).await?;
        let before = summary_of(stored, present);
        self.finish(write, actor, "category.delete", id, (Some(before), None))
            .await?;
        Ok(())
    }
}
