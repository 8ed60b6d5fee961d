//! A product as it is stored.

use sqlx::any::AnyRow;

use super::{Access, CatalogWrite};
use crate::{
    catalog::write::draft::{PictureDraft, ProductDraft, StockTarget, VariantDraft},
    db::{FromRow, Get, Sql, from_row},
    error::Result,
};

/// A product as it is stored, locked for the transaction that read it.
#[derive(Debug, Clone)]
pub struct StoredProduct {
    pub id: String,
    pub version: i64,
    pub draft: ProductDraft,
    /// Units of each variant, in the order of `draft.variants`.
    pub stock: Vec<i64>,
}

impl StoredProduct {
    /// Units of one of its variants.
    pub fn units_of(&self, variant_id: &str) -> Option<i64> {
        let mut variants = self.draft.variants.iter();
        let at = variants.position(|variant| variant.id.as_deref() == Some(variant_id))?;
        self.stock.get(at).copied()
    }
}

impl CatalogWrite {
    /// Reads a product and locks it. Its variants are locked first: orders lock them too, so an
    /// order either sees this edit or is committed before it.
    pub async fn stored(&mut self, id: &str) -> Result<Option<StoredProduct>> {
        let lock = match self.access {
            Access::Write => self.dialect.for_update(),
            Access::Read => "",
        };
        if !lock.is_empty() {
            sqlx::query("SELECT id FROM variants WHERE product_id = $1 ORDER BY id FOR UPDATE")
                .bind(id)
                .fetch_all(&mut *self.tx)
                .await?;
        }
        let mut sql = Sql::new(
            "SELECT p.slug, p.title, p.description_html, p.vendor, p.active, p.prepaid, p.seo_title, \
             p.seo_description, p.version, \
             COALESCE((SELECT name FROM categories c WHERE c.id = p.category_id), '') AS category \
             FROM products p WHERE p.id = ",
        );
        sql.text(id).push(lock);
        let Some(row) = sql.fetch_optional(&mut *self.tx).await? else {
            return Ok(None);
        };
        let mut stock = Vec::new();
        let variants = sqlx::query(
            "SELECT id, sku, option1, option2, option3, price_minor, compare_at_minor, stock, \
             grams, picture_src, barcode, cost_minor, tracked, backorder_limit FROM variants WHERE product_id = $1 ORDER BY position, id",
        )
        .bind(id)
        .fetch_all(&mut *self.tx)
        .await?
        .iter()
        .map(|row| {
            stock.push(row.int("stock")?);
            VariantDraft::from_row(row)
        })
        .collect::<Result<_>>()?;
        let mut tags = self
            .texts_of(
                "SELECT tag AS value FROM product_tags WHERE product_id = $1",
                id,
            )
            .await?;
        let translations = self.translations(id).await?;
        // As drafts have them, whatever order the database was made with.
        tags.sort();
        let draft = ProductDraft {
            slug: row.text("slug")?,
            title: row.text("title")?,
            description_html: row.text("description_html")?,
            vendor: row.text("vendor")?,
            category: row.text("category")?,
            tags,
            active: row.flag("active")?,
            prepaid: row.flag("prepaid")?,
            seo_title: row.maybe_text("seo_title")?,
            seo_description: row.maybe_text("seo_description")?,
            options: self
                .texts_of(
                    "SELECT name AS value FROM product_options WHERE product_id = $1 ORDER BY position",
                    id,
                )
                .await?,
            variants,
            pictures: sqlx::query(
                "SELECT id, src, alt FROM pictures WHERE product_id = $1 ORDER BY position, id",
            )
            .bind(id)
            .fetch_all(&mut *self.tx)
            .await?
            .iter()
            .map(PictureDraft::from_row)
            .collect::<Result<_>>()?,
            translations,
        };
        Ok(Some(StoredProduct {
            id: id.to_owned(),
            version: row.int("version")?,
            draft,
            stock,
        }))
    }

    async fn texts_of(&mut self, sql: &'static str, id: &str) -> Result<Vec<String>> {
        sqlx::query(sql)
            .bind(id)
            .fetch_all(&mut *self.tx)
            .await?
            .iter()
            .map(|row| row.text("value"))
            .collect()
    }
}

from_row!(PictureDraft { id, src, alt });

impl FromRow for VariantDraft {
    fn from_row(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            row: 0,
            id: Some(row.text("id")?),
            options: [
                row.text("option1")?,
                row.text("option2")?,
                row.text("option3")?,
            ],
            sku: row.maybe_text("sku")?,
            price_minor: row.int("price_minor")?,
            compare_at_minor: row.maybe_int("compare_at_minor")?,
            grams: row.int("grams")?,
            picture_src: row.maybe_text("picture_src")?,
            barcode: row.maybe_text("barcode")?,
            cost_minor: row.maybe_int("cost_minor")?,
            tracked: row.flag("tracked")?,
            backorder_limit: row.int("backorder_limit")?,
            stock: StockTarget::Keep,
        })
    }
}
