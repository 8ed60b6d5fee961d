//! Categories: made, changed, moved, deleted. Every page names some of them, so each change makes
//! everything new.

use std::collections::HashMap;

use super::CatalogWrite;
use crate::{
    db::{Dialect, Sql, documents, from_row},
    error::Result,
    ids::new_id,
    text::{name_key, tidy_name},
    translations::{self, DESCRIPTION, Kind, NAME},
};

/// Products that are put into the search index at once.
const BATCH: usize = 500;

/// A category as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCategory {
    pub id: String,
    pub slug: String,
    pub name: String,
    pub parent_id: Option<String>,
    pub description_html: String,
    pub picture_src: Option<String>,
    pub version: i64,
}

from_row!(StoredCategory {
    id,
    slug,
    name,
    parent_id,
    description_html,
    picture_src,
    version,
});

/// What is to be stored of a category, checked by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryDraft {
    pub slug: String,
    pub name: String,
    pub parent_id: Option<String>,
    /// Sanitised.
    pub description_html: String,
}

impl CatalogWrite {
    /// All categories in their order. They stay as they are until the transaction ends, while products
    /// may still be put into them.
    pub async fn stored_categories(&mut self) -> Result<Vec<StoredCategory>> {
        let mut sql = Sql::new(
            "SELECT id, slug, name, parent_id, description_html, picture_src, version \
             FROM categories ORDER BY position, name, id",
        );
        if self.dialect == Dialect::Postgres {
            sql.push(" FOR NO KEY UPDATE");
        }
        sql.fetch_all_as(&mut *self.tx).await
    }

    /// Behind those that are below the same one.
    pub async fn create_category(&mut self, draft: &CategoryDraft) -> Result<String> {
        let id = new_id();
        let mut sql = Sql::new(
            "INSERT INTO categories (id, slug, name, name_key, description_html, position, \
             parent_id) VALUES (",
        );
        sql.text(&id).push(", ").text(&draft.slug);
        sql.push(", ").text(tidy_name(&draft.name));
        sql.push(", ").text(name_key(&draft.name));
        sql.push(", ").text(&draft.description_html);
        sql.push(", (SELECT COALESCE(MAX(position), 0) + 1 FROM categories), ");
        push_maybe(&mut sql, draft.parent_id.as_deref());
        sql.push(")");
        sql.execute(&mut *self.tx).await?;
        self.take_category_slug(&draft.slug).await?;
        self.changes.everything();
        Ok(id)
    }

    pub async fn update_category(
        &mut self,
        stored: &StoredCategory,
        draft: &CategoryDraft,
    ) -> Result<()> {
        let name = tidy_name(&draft.name);
        // Before the category's own row: who saves a product has locked that first, too.
        let found_by_name = match stored.name == name {
            true => Vec::new(),
            false => self.lock_products_of(&stored.id).await?,
        };
        let mut sql = Sql::new("UPDATE categories SET slug = ");
        sql.text(&draft.slug);
        sql.push(", name = ").text(&name);
        sql.push(", name_key = ").text(name_key(&draft.name));
        sql.push(", description_html = ")
            .text(&draft.description_html);
        sql.push(", parent_id = ");
        push_maybe(&mut sql, draft.parent_id.as_deref());
        sql.push(", version = version + 1 WHERE id = ")
            .text(&stored.id);
        sql.execute(&mut *self.tx).await?;
        if stored.slug != draft.slug {
            self.leave_category_slug(stored).await?;
            self.take_category_slug(&draft.slug).await?;
        }
        self.renew_documents(&found_by_name).await?;
        let texts = vec![
            (NAME, name.as_str()),
            (DESCRIPTION, draft.description_html.as_str()),
        ];
        let originals = HashMap::from([(stored.id.as_str(), texts)]);
        translations::mark_stale(&mut self.tx, self.dialect, Kind::Category, &originals).await?;
        self.changes.everything();
        Ok(())
    }

    /// Without one, it shows that of a product.
    pub async fn set_category_picture(&mut self, id: &str, src: Option<&str>) -> Result<()> {
        let mut sql = Sql::new("UPDATE categories SET picture_src = ");
        push_maybe(&mut sql, src);
        sql.push(", version = version + 1 WHERE id = ").text(id);
        sql.execute(&mut *self.tx).await?;
        self.changes.everything();
        Ok(())
    }

    /// Puts categories into this order.
    pub async fn order_categories(&mut self, ids: &[&str]) -> Result<()> {
        for (position, id) in (1_i64..).zip(ids) {
            sqlx::query("UPDATE categories SET position = $1 WHERE id = $2")
                .bind(position)
                .bind(*id)
                .execute(&mut *self.tx)
                .await?;
        }
        self.changes.everything();
        Ok(())
    }

    /// Its products have no category afterwards, and those below it are where it was.
    pub async fn delete_category(&mut self, stored: &StoredCategory) -> Result<()> {
        let found_by_name = self.lock_products_of(&stored.id).await?;
        let mut sql = Sql::new("UPDATE categories SET parent_id = ");
        push_maybe(&mut sql, stored.parent_id.as_deref());
        sql.push(", version = version + 1 WHERE parent_id = ")
            .text(&stored.id);
        sql.execute(&mut *self.tx).await?;
        translations::forget(&mut self.tx, Kind::Category, &stored.id).await?;
        sqlx::query("DELETE FROM categories WHERE id = $1")
            .bind(&stored.id)
            .execute(&mut *self.tx)
            .await?;
        self.renew_documents(&found_by_name).await?;
        self.changes.everything();
        Ok(())
    }

    /// The products right in a category, which nobody else changes until the transaction ends.
    async fn lock_products_of(&mut self, category_id: &str) -> Result<Vec<String>> {
        let mut sql = Sql::new("SELECT id FROM products WHERE category_id = ");
        sql.text(category_id)
            .push(" ORDER BY id")
            .push(self.dialect.for_update());
        sql.fetch_values(&mut *self.tx).await
    }

    /// The address that a category had leads on to the one it has now.
    async fn leave_category_slug(&mut self, stored: &StoredCategory) -> Result<()> {
        sqlx::query(
            "INSERT INTO category_slugs (slug, category_id, created_at) VALUES ($1, $2, $3) \
             ON CONFLICT (slug) DO UPDATE SET category_id = excluded.category_id, \
             created_at = excluded.created_at",
        )
        .bind(&stored.slug)
        .bind(&stored.id)
        .bind(self.now)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// An address in use leads nowhere else any more.
    pub(super) async fn take_category_slug(&mut self, slug: &str) -> Result<()> {
        sqlx::query("DELETE FROM category_slugs WHERE slug = $1")
            .bind(slug)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Products are found by the name of their category.
    async fn renew_documents(&mut self, product_ids: &[String]) -> Result<()> {
        for some in product_ids.chunks(BATCH) {
            documents::refresh(&mut self.tx, self.dialect, some).await?;
        }
        Ok(())
    }
}

fn push_maybe(sql: &mut Sql, value: Option<&str>) {
    match value {
        Some(value) => sql.text(value),
        None => sql.push("NULL"),
    };
}
