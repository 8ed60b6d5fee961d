//! The variants of a product.

use std::collections::BTreeSet;

use app::{
    error::{ErrorKind, ShopError},
    locale::locale,
};
use desk::admin::products::text::Text;
use serde_json::json;

use super::{CatalogWrite, StockReason, StoredProduct, taken};
use crate::{
    catalog::write::draft::{ProductDraft, StockTarget, VariantDraft},
    db::{Column, Sql},
    error::Result,
    ids::new_id,
};

impl CatalogWrite {
    pub(super) async fn update_variants(
        &mut self,
        stored: &StoredProduct,
        draft: &ProductDraft,
    ) -> Result<()> {
        let kept: BTreeSet<&str> = draft
            .variants
            .iter()
            .filter_map(|v| v.id.as_deref())
            .collect();
        for gone in stored.draft.variants.iter().filter_map(|v| v.id.as_deref()) {
            if !kept.contains(gone) {
                self.archive_variants("id", gone).await?;
            }
        }
        // Two variants may swap their options or SKUs: clear the way before writing them.
        sqlx::query(
            "UPDATE variants SET sku = NULL, option1 = id, option2 = '', option3 = '' \
             WHERE product_id = $1",
        )
        .bind(&stored.id)
        .execute(&mut *self.tx)
        .await?;
        let mut new = Vec::new();
        let mut movements = Vec::new();
        for (position, variant) in draft.variants.iter().enumerate() {
            let Some(id) = &variant.id else {
                let stock = match variant.stock {
                    StockTarget::Keep => 0,
                    StockTarget::Set(units) | StockTarget::Change(units) => units.max(0),
                };
                let id = new_id();
                if stock > 0 {
                    movements.push(self.movement(&id, stock, StockReason::Initial, ""));
                }
                new.push(variant_json(&id, &stored.id, position, variant, stock));
                continue;
            };
            let mut sql = Sql::new("UPDATE variants SET position = ");
            sql.int(position as i64);
            for (column, value) in [
                (", option1 = ", Some(&variant.options[0])),
                (", option2 = ", Some(&variant.options[1])),
                (", option3 = ", Some(&variant.options[2])),
                (", sku = ", variant.sku.as_ref()),
                (", picture_src = ", variant.picture_src.as_ref()),
                (", barcode = ", variant.barcode.as_ref()),
            ] {
                sql.push(column);
                match value {
                    Some(value) => sql.text(value),
                    None => sql.push("NULL"),
                };
            }
            sql.push(", price_minor = ").int(variant.price_minor);
            sql.push(", grams = ").int(variant.grams);
            sql.push(", tracked = ").int(i64::from(variant.tracked));
            sql.push(", backorder_limit = ")
                .int(variant.backorder_limit);
            for (column, amount) in [
                (", compare_at_minor = ", variant.compare_at_minor),
                (", cost_minor = ", variant.cost_minor),
            ] {
                sql.push(column);
                match amount {
                    Some(minor) => sql.int(minor),
                    None => sql.push("NULL"),
                };
            }
            sql.push(" WHERE id = ").text(id);
            sql.push(" AND product_id = ").text(&stored.id);
            let units = stored.units_of(id).unwrap_or(0);
            let delta = variant.stock.from(units) - units;
            let owed = 0 - (units + delta);
            if owed > variant.backorder_limit {
                return Err(ShopError::field(
                    &format!("variants[{}][backorder_limit]", variant.row),
                    Text::from(locale()).already_owed(&owed.to_string()),
                )
                .into());
            }
            // A lower limit may need the new units, and fewer units the higher limit.
            if delta > 0 {
                let note = self.note.clone();
                self.move_stock(id, delta, &note).await?;
            }
            if sql.execute(&mut *self.tx).await.map_err(taken)? == 0 {
                return Err(ShopError::new(
                    ErrorKind::Conflict,
                    Text::from(locale()).a_variant_gone(),
                )
                .into());
            }
            if delta < 0 {
                let note = self.note.clone();
                self.move_stock(id, delta, &note).await?;
            }
            // What can be bought of it may be more or less now.
            self.changes.stock(id);
        }
        self.insert_variants(new).await?;
        self.insert_movements(movements).await
    }

    /// Takes the variants out of their product for good. What was sold of them, and how their stock came
    /// to be, stays in the books.
    pub(super) async fn archive_variants(
        &mut self,
        column: &'static str,
        value: &str,
    ) -> Result<()> {
        let mut sql = Sql::new("UPDATE variants SET archived_at = ");
        sql.int(self.now)
            .push(", archived_product_id = product_id, product_id = NULL WHERE ")
            .push(column)
            .push(" = ")
            .text(value)
            .push(" AND archived_at IS NULL");
        sql.execute(&mut *self.tx).await?;
        Ok(())
    }

    pub(super) async fn insert_variants(&mut self, variants: Vec<serde_json::Value>) -> Result<()> {
        if variants.is_empty() {
            return Ok(());
        }
        let columns = [
            ("id", Column::Text),
            ("product_id", Column::Text),
            ("position", Column::Int),
            ("sku", Column::Text),
            ("option1", Column::Text),
            ("option2", Column::Text),
            ("option3", Column::Text),
            ("price_minor", Column::Int),
            ("compare_at_minor", Column::Int),
            ("stock", Column::Int),
            ("grams", Column::Int),
            ("picture_src", Column::Text),
            ("barcode", Column::Text),
            ("cost_minor", Column::Int),
            ("tracked", Column::Int),
            ("backorder_limit", Column::Int),
        ];
        let names = columns.map(|(name, _)| name).join(", ");
        let mut sql = Sql::new(&format!(
            "INSERT INTO variants ({names}) SELECT {names} FROM "
        ));
        self.push_rows(&mut sql, &columns);
        self.execute_rows(sql, variants).await
    }
}

pub(super) fn variant_json(
    id: &str,
    product_id: &str,
    position: usize,
    variant: &VariantDraft,
    stock: i64,
) -> serde_json::Value {
    let [option1, option2, option3] = &variant.options;
    json!({
        "id": id, "product_id": product_id, "position": position, "sku": variant.sku,
        "option1": option1, "option2": option2, "option3": option3,
        "price_minor": variant.price_minor, "compare_at_minor": variant.compare_at_minor,
        "stock": stock, "grams": variant.grams, "picture_src": variant.picture_src,
        "barcode": variant.barcode, "cost_minor": variant.cost_minor,
        "tracked": i64::from(variant.tracked), "backorder_limit": variant.backorder_limit,
    })
}
