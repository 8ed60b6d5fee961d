//! What belongs to a product besides its variants: tags, options, pictures, its category.

use std::collections::{BTreeMap, BTreeSet};

use super::CatalogWrite;
use crate::{
    catalog::draft::{ProductDraft, fold, slugify},
    db::{Get, Sql},
    error::Result,
    ids::{hash_secret, new_id},
};

impl CatalogWrite {
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
        sql.push(self.dialect.among(1));
        self.execute_json(sql, serde_json::to_string(slugs)?).await
    }

    /// Tags, options and pictures: small sets, written anew.
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

    /// Ids of categories by name; missing ones are made.
    pub(super) async fn categories(
        &mut self,
        names: impl IntoIterator<Item = &str>,
    ) -> Result<BTreeMap<String, String>> {
        let names: BTreeSet<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        let mut ids = BTreeMap::new();
        for name in names {
            let slug = match slugify(name) {
                // A name without a letter that an address can hold still has one and the same.
                slug if slug.is_empty() => format!("c-{}", &hash_secret(&fold(name))[..12]),
                slug => slug,
            };
            // Names that give the same address are the same category.
            let row = sqlx::query(
                "INSERT INTO categories (id, slug, name, position) \
                 VALUES ($1, $2, $3, (SELECT COUNT(*) FROM categories)) \
                 ON CONFLICT (slug) DO UPDATE SET name = categories.name RETURNING id",
            )
            .bind(new_id())
            .bind(slug)
            .bind(name)
            .fetch_one(&mut *self.tx)
            .await?;
            ids.insert(name.to_owned(), row.text("id")?);
        }
        Ok(ids)
    }

    pub(super) async fn drop_empty_categories(&mut self) -> Result<()> {
        sqlx::query(
            "DELETE FROM categories WHERE NOT EXISTS \
             (SELECT 1 FROM products WHERE products.category_id = categories.id)",
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
