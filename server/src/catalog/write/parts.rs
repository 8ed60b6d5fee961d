//! What belongs to a product besides its variants: tags, options, pictures, its category.

use std::collections::{BTreeMap, BTreeSet};

use app::error::ShopError;

use super::CatalogWrite;
use crate::{
    catalog::write::draft::ProductDraft,
    db::{Dialect, Sql, from_row, only},
    error::Result,
    ids::new_id,
    text::{name_key, slugify, tidy_name},
};

/// Categories that may share an address but for its number, and then some.
const MAX_TRIES: usize = 1000;

fn category_slug(name: &str) -> String {
    match slugify(name) {
        slug if slug.is_empty() => "category".to_owned(),
        slug => slug,
    }
}

/// A picture with the product it is of.
pub struct StoredPicture {
    pub product_id: String,
    pub src: String,
}

from_row!(StoredPicture { product_id, src });

impl CatalogWrite {
    pub async fn picture(&mut self, id: &str) -> Result<Option<StoredPicture>> {
        let mut sql = Sql::new("SELECT product_id, src FROM pictures WHERE id = ");
        sql.text(id);
        sql.fetch_optional_as(&mut *self.tx).await
    }

    /// The address that a product had leads on to the one it has now.
    pub(super) async fn leave_slug(&mut self, id: &str, slug: &str) -> Result<()> {
        sqlx::query(
            "INSERT INTO product_slugs (slug, product_id, created_at) VALUES ($1, $2, $3) \
             ON CONFLICT (slug) DO UPDATE SET product_id = excluded.product_id, \
             created_at = excluded.created_at",
        )
        .bind(slug)
        .bind(id)
        .bind(self.now)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Addresses in use lead nowhere else any more.
    pub(super) async fn take_slugs(&mut self, slugs: &[&str]) -> Result<()> {
        let mut sql = Sql::new("DELETE FROM product_slugs WHERE slug");
        sql.push(self.dialect.in_json_array(1));
        self.execute_json(sql, serde_json::to_string(slugs)?).await
    }

    /// Tags, options and pictures: small sets, written again.
    pub(super) async fn write_parts(&mut self, id: &str, draft: &ProductDraft) -> Result<()> {
        for sql in [
            "DELETE FROM product_tags WHERE product_id = $1",
            "DELETE FROM product_options WHERE product_id = $1",
            "DELETE FROM pictures WHERE product_id = $1",
        ] {
            sqlx::query(sql).bind(id).execute(&mut *self.tx).await?;
        }
        for tag in &draft.tags {
            sqlx::query("INSERT INTO product_tags (product_id, tag) VALUES ($1, $2)")
                .bind(id)
                .bind(tag)
                .execute(&mut *self.tx)
                .await?;
        }
        for (i, name) in draft.options.iter().enumerate() {
            sqlx::query(
                "INSERT INTO product_options (product_id, position, name, key) VALUES ($1, $2, $3, $4)",
            )
            .bind(id)
            .bind(i as i64 + 1)
            .bind(name)
            .bind(name.to_lowercase())
            .execute(&mut *self.tx)
            .await?;
        }
        for (i, picture) in draft.pictures.iter().enumerate() {
            sqlx::query(
                "INSERT INTO pictures (id, product_id, position, src, alt) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(picture.id.clone().unwrap_or_else(new_id))
            .bind(id)
            .bind(i as i64 + 1)
            .bind(&picture.src)
            .bind(&picture.alt)
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }

    /// Ids of categories by name; missing ones are made. A category is its name, in any case.
    pub async fn categories(
        &mut self,
        names: impl IntoIterator<Item = &str>,
    ) -> Result<BTreeMap<String, String>> {
        // In the order of their addresses: writers that make the same ones wait in line.
        let names: BTreeSet<(String, String, &str)> = names
            .into_iter()
            .map(|name| (category_slug(name), name_key(name), name))
            .filter(|(_, key, _)| !key.is_empty())
            .collect();
        let mut ids = BTreeMap::new();
        for (slug, key, name) in names {
            let id = match self.category(&key).await? {
                Some(id) => id,
                None => self.make_category(&slug, &key, name).await?,
            };
            ids.insert(name.to_owned(), id);
        }
        Ok(ids)
    }

    /// Keeps the category until the transaction ends, and nobody from using it.
    async fn category(&mut self, key: &str) -> Result<Option<String>> {
        let sql = match self.dialect {
            Dialect::Sqlite => "SELECT id FROM categories WHERE name_key = $1",
            Dialect::Postgres => "SELECT id FROM categories WHERE name_key = $1 FOR KEY SHARE",
        };
        let row = sqlx::query(sql)
            .bind(key)
            .fetch_optional(&mut *self.tx)
            .await?;
        row.as_ref().map(only).transpose()
    }

    /// At its address, or at the first one with a number that is free.
    async fn make_category(&mut self, slug: &str, key: &str, name: &str) -> Result<String> {
        let mut number = 1;
        for _ in 0..MAX_TRIES {
            let address = match number {
                1 => slug.to_owned(),
                number => format!("{slug}-{number}"),
            };
            // Waits for the one who is making one with this name or this address.
            let made = sqlx::query(
                "INSERT INTO categories (id, slug, name, name_key, position) \
                 VALUES ($1, $2, $3, $4, (SELECT COALESCE(MAX(position), 0) + 1 FROM categories)) \
                 ON CONFLICT DO NOTHING",
            )
            .bind(new_id())
            .bind(&address)
            .bind(tidy_name(name))
            .bind(key)
            .execute(&mut *self.tx)
            .await?;
            if made.rows_affected() > 0 {
                self.take_category_slug(&address).await?;
            }
            if let Some(id) = self.category(key).await? {
                return Ok(id);
            }
            let taken = sqlx::query("SELECT id FROM categories WHERE slug = $1")
                .bind(&address)
                .fetch_optional(&mut *self.tx)
                .await?;
            if taken.is_some() {
                number += 1;
            }
        }
        Err(ShopError::unavailable().into())
    }
}
