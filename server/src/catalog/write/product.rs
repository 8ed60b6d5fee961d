//! Products: made, changed, taken away.

use serde_json::json;

use super::{
    CatalogWrite, StockReason, StoredProduct, refresh_summaries,
    shown::refresh_shown,
    summaries::{refresh_choices, refresh_table_keys},
    taken,
    variants::variant_json,
};
use crate::{
    catalog::write::draft::{ProductDraft, ProductTranslations, StockTarget},
    db::{Column, Sql, documents},
    error::Result,
    ids::new_id,
    text::{html::plain_text, sort_key},
    translations::{self, Kind},
};

impl CatalogWrite {
    /// Stores new products, all with a few statements. Drafts are checked by the caller; slugs
    /// and SKUs must be free.
    pub async fn create(&mut self, drafts: &[ProductDraft]) -> Result<Vec<String>> {
        let categories = self
            .categories(drafts.iter().map(|d| d.category.as_str()))
            .await?;
        let ids: Vec<String> = drafts.iter().map(|_| new_id()).collect();
        let pairs = || ids.iter().zip(drafts);

        let products: Vec<_> = pairs()
            .enumerate()
            // Later rows of a batch are newer, so that "newest" has an order.
            .map(|(i, (id, d))| {
                json!({
                    "id": id, "slug": d.slug, "title": d.title, "title_key": sort_key(&d.title),
                    "description_html": d.description_html,
                    "description_text": plain_text(&d.description_html),
                    "vendor": d.vendor, "category_id": categories.get(&d.category),
                    "active": i64::from(d.active), "prepaid": i64::from(d.prepaid),
                    "seo_title": d.seo_title,
                    "seo_description": d.seo_description, "at": self.now + i as i64,
                })
            })
            .collect();
        let columns = [
            ("id", Column::Text),
            ("slug", Column::Text),
            ("title", Column::Text),
            ("title_key", Column::Text),
            ("description_html", Column::Text),
            ("description_text", Column::Text),
            ("vendor", Column::Text),
            ("category_id", Column::Text),
            ("active", Column::Int),
            ("prepaid", Column::Int),
            ("seo_title", Column::Text),
            ("seo_description", Column::Text),
            ("at", Column::Int),
        ];
        let mut sql = Sql::new(
            "INSERT INTO products (id, slug, title, title_key, description_html, description_text, \
             vendor, category_id, active, prepaid, seo_title, seo_description, created_at, updated_at) \
             SELECT id, slug, title, title_key, description_html, description_text, vendor, \
             category_id, active, prepaid, seo_title, seo_description, at, at FROM ",
        );
        self.push_rows(&mut sql, &columns);
        self.execute_rows(sql, products).await?;

        let mut variants = Vec::new();
        let mut movements = Vec::new();
        for (id, draft) in pairs() {
            for (position, variant) in draft.variants.iter().enumerate() {
                let stock = match variant.stock {
                    StockTarget::Keep => 0,
                    StockTarget::Set(units) | StockTarget::Change(units) => units.max(0),
                };
                let variant_id = new_id();
                if stock > 0 {
                    movements.push(self.movement(&variant_id, stock, StockReason::Initial, ""));
                }
                variants.push(variant_json(&variant_id, id, position, variant, stock));
            }
        }
        self.insert_variants(variants).await?;
        self.insert_movements(movements).await?;
        let slugs: Vec<&str> = drafts.iter().map(|d| d.slug.as_str()).collect();
        self.take_slugs(&slugs).await?;
        for (id, draft) in pairs() {
            self.write_parts(id, draft).await?;
            self.write_translations(id, &ProductTranslations::new(), draft)
                .await?;
        }
        self.finish(ids.iter().zip(drafts)).await?;
        Ok(ids)
    }

    /// Makes a stored product look like `draft`. Variants that the draft does not name go, unless a drop needs them.
    pub async fn update(&mut self, stored: &StoredProduct, draft: &ProductDraft) -> Result<()> {
        self.ask_drops(stored, Some(draft)).await?;
        let id = &stored.id;
        let categories = self.categories([draft.category.as_str()]).await?;
        let mut sql = Sql::new("UPDATE products SET slug = ");
        sql.text(&draft.slug).push(", title = ").text(&draft.title);
        sql.push(", title_key = ").text(sort_key(&draft.title));
        sql.push(", description_html = ")
            .text(&draft.description_html);
        sql.push(", description_text = ")
            .text(plain_text(&draft.description_html));
        sql.push(", vendor = ").text(&draft.vendor);
        sql.push(", active = ").int(i64::from(draft.active));
        sql.push(", prepaid = ").int(i64::from(draft.prepaid));
        for (column, value) in [
            (", category_id = ", categories.get(&draft.category)),
            (", seo_title = ", draft.seo_title.as_ref()),
            (", seo_description = ", draft.seo_description.as_ref()),
        ] {
            sql.push(column);
            match value {
                Some(value) => sql.text(value),
                None => sql.push("NULL"),
            };
        }
        sql.push(", version = version + 1, updated_at = ")
            .int(self.now);
        sql.push(" WHERE id = ").text(id);
        sql.execute(&mut *self.tx).await.map_err(taken)?;

        self.changes.product(id, &stored.draft.slug);
        if stored.draft.slug != draft.slug {
            self.leave_slug(id, &stored.draft.slug).await?;
            self.take_slugs(&[&draft.slug]).await?;
        }
        self.update_variants(stored, draft).await?;
        if draft.active && !stored.draft.active {
            self.on_sale_again(id).await?;
        }
        self.write_parts(id, draft).await?;
        let before = &stored.draft.translations;
        self.write_translations(id, before, draft).await?;
        let alts = draft.alts().into_iter();
        let told: Vec<String> = alts
            .filter(|(_, alt)| !alt.is_empty())
            .map(|(field, _)| field)
            .collect();
        translations::forget_alts(&mut self.tx, self.dialect, id, &told).await?;
        self.finish([(id, draft)]).await
    }

    /// Puts a stored product on sale or takes it off. Nothing else of it is looked at: that must
    /// work whatever is stored.
    pub async fn set_active(&mut self, stored: &StoredProduct, active: bool) -> Result<()> {
        sqlx::query(
            "UPDATE products SET active = $1, version = version + 1, updated_at = $2 WHERE id = $3",
        )
        .bind(i64::from(active))
        .bind(self.now)
        .bind(&stored.id)
        .execute(&mut *self.tx)
        .await?;
        if active && !stored.draft.active {
            self.on_sale_again(&stored.id).await?;
        }
        self.changes.product(&stored.id, &stored.draft.slug);
        Ok(())
    }

    /// Takes a product out of the catalogue, unless a drop needs it. Orders keep their copies of it, and its variants
    /// are archived.
    pub async fn delete(&mut self, stored: &StoredProduct) -> Result<()> {
        self.ask_drops(stored, None).await?;
        self.archive_variants("product_id", &stored.id).await?;
        translations::forget(&mut self.tx, Kind::Product, &stored.id).await?;
        sqlx::query("DELETE FROM products WHERE id = $1")
            .bind(&stored.id)
            .execute(&mut *self.tx)
            .await?;
        self.changes.product(&stored.id, &stored.draft.slug);
        Ok(())
    }

    /// What follows from a write: summaries, the search index, the note for the caches.
    pub(super) async fn finish<'a>(
        &mut self,
        written: impl IntoIterator<Item = (&'a String, &'a ProductDraft)>,
    ) -> Result<()> {
        let written: Vec<_> = written.into_iter().collect();
        let ids: Vec<String> = written.iter().map(|(id, _)| (*id).clone()).collect();
        refresh_summaries(&mut self.tx, self.dialect, &ids).await?;
        refresh_table_keys(&mut self.tx, self.dialect, &ids).await?;
        refresh_choices(&mut self.tx, self.dialect, &ids).await?;
        refresh_shown(&mut self.tx, self.dialect, &ids).await?;
        documents::refresh(&mut self.tx, self.dialect, &ids).await?;
        let alts: Vec<_> = written.iter().map(|(_, draft)| draft.alts()).collect();
        let originals = written.iter().zip(&alts).map(|((id, draft), alts)| {
            let alts = alts.iter().map(|(field, alt)| (field.as_str(), *alt));
            let originals = draft.originals().into_iter().chain(alts);
            (id.as_str(), originals.collect())
        });
        let originals = originals.collect();
        translations::mark_stale(&mut self.tx, self.dialect, Kind::Product, &originals).await?;
        for (id, draft) in written {
            self.changes.product(id, &draft.slug);
        }
        Ok(())
    }
}
