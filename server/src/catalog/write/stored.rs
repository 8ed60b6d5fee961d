//! A product as it is stored.

use app::error::{ShopError, ShopResult};

use super::{Access, CatalogWrite};
use crate::{
    catalog::write::draft::{
        PictureDraft, ProductDraft, ProductTranslations, StockTarget, VariantDraft,
    },
    db::{FromRow, Sql, from_row, only},
    error::Result,
    ids::is_id,
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
    /// The same of an address that someone sent: refused if there is no such product.
    pub async fn existing(&mut self, id: &str) -> ShopResult<StoredProduct> {
        if !is_id(id) {
            return Err(ShopError::not_found());
        }
        self.stored(id).await?.ok_or_else(ShopError::not_found)
    }

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
        let product: Option<Product> = sql.fetch_optional_as(&mut *self.tx).await?;
        let Some(Product { version, mut draft }) = product else {
            return Ok(None);
        };
        let variants: Vec<Variant> = sqlx::query(
            "SELECT id, sku, option1, option2, option3, price_minor, compare_at_minor, stock, \
             grams, picture_src, barcode, cost_minor, tracked, backorder_limit FROM variants WHERE product_id = $1 ORDER BY position, id",
        )
        .bind(id)
        .fetch_all(&mut *self.tx)
        .await?
        .iter()
        .map(Variant::from_row)
        .collect::<Result<_>>()?;
        let stock = variants.iter().map(|variant| variant.stock).collect();
        draft.variants = variants.into_iter().map(|variant| variant.draft).collect();
        draft.tags = self
            .texts_of(
                "SELECT tag AS value FROM product_tags WHERE product_id = $1",
                id,
            )
            .await?;
        draft.translations = self.translations(id).await?;
        // As drafts have them, whatever order the database was made with.
        draft.tags.sort();
        draft.options = self
            .texts_of(
                "SELECT name AS value FROM product_options WHERE product_id = $1 ORDER BY position",
                id,
            )
            .await?;
        let mut sql = Sql::new("SELECT id, src, alt FROM pictures WHERE product_id = ");
        sql.text(id).push(" ORDER BY position, id");
        draft.pictures = sql.fetch_all_as(&mut *self.tx).await?;
        Ok(Some(StoredProduct {
            id: id.to_owned(),
            version,
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
            .map(only)
            .collect()
    }
}

struct Product {
    version: i64,
    draft: ProductDraft,
}

from_row!(Product {
    version,
    draft: row,
});

// Its parts have tables of their own.
from_row!(ProductDraft {
    slug,
    title,
    description_html,
    vendor,
    category,
    tags = Vec::new(),
    active,
    prepaid,
    seo_title,
    seo_description,
    options = Vec::new(),
    variants = Vec::new(),
    pictures = Vec::new(),
    translations = ProductTranslations::new(),
});

from_row!(PictureDraft { id, src, alt });

struct Variant {
    stock: i64,
    draft: VariantDraft,
}

from_row!(Variant { stock, draft: row });

from_row!(VariantDraft {
    row = 0,
    id,
    options: row,
    sku,
    price_minor,
    compare_at_minor,
    grams,
    picture_src,
    barcode,
    cost_minor,
    tracked,
    backorder_limit,
    stock = StockTarget::Keep,
});
