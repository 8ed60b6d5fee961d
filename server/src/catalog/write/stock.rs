//! Units in and out, each with its movement.

use std::collections::BTreeSet;

use app::{error::ShopError, locale::locale};
use desk::admin::stock::{text::Text, types::MovementReason};
use serde_json::json;

use super::{CatalogWrite, refresh_summaries, summaries::refresh_table_keys};
use crate::{
    catalog::write::draft::MAX_COUNT,
    db::{Column, FromRow, Sql, from_row, stored_words},
    error::Result,
    ids::new_id,
};

stored_words!(MovementReason);

/// Why an edit of the catalogue moves stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StockReason {
    Initial,
    Adjustment,
    Import,
}

impl StockReason {
    const fn of_movement(self) -> MovementReason {
        match self {
            Self::Initial => MovementReason::Initial,
            Self::Adjustment => MovementReason::Adjustment,
            Self::Import => MovementReason::Import,
        }
    }
}

/// A variant whose units were booked.
struct Moved {
    /// What is left.
    stock: i64,
    product_id: String,
    slug: String,
}

from_row!(Moved {
    stock,
    product_id,
    slug
});

impl CatalogWrite {
    /// Books units in or out of a variant and returns what is left.
    pub async fn move_stock(&mut self, variant_id: &str, delta: i64, note: &str) -> Result<i64> {
        self.move_stock_by(variant_id, delta, note, None).await
    }

    /// The same for a form that is known by its key, which has not booked yet.
    pub async fn move_stock_by(
        &mut self,
        variant_id: &str,
        delta: i64,
        note: &str,
        form_key: Option<&str>,
    ) -> Result<i64> {
        let moved = sqlx::query(
            "UPDATE variants SET stock = stock + $1 WHERE id = $2 AND archived_at IS NULL \
             AND stock + $1 BETWEEN 0 - backorder_limit AND $3 RETURNING stock, product_id, \
             (SELECT slug FROM products p WHERE p.id = product_id) AS slug",
        )
        .bind(delta)
        .bind(variant_id)
        .bind(MAX_COUNT)
        .fetch_optional(&mut *self.tx)
        .await?;
        let Some(moved) = moved else {
            let mut sql =
                Sql::new("SELECT stock FROM variants WHERE archived_at IS NULL AND id = ");
            sql.text(variant_id);
            let known: Option<i64> = sql.fetch_optional_value(&mut *self.tx).await?;
            return Err(match known {
                None => ShopError::not_found(),
                Some(stock) => ShopError::field(
                    "delta",
                    Text::from(locale()).out_of_range(&stock.to_string()),
                ),
            }
            .into());
        };
        let mut movement = self.movement(variant_id, delta, self.reason, note);
        movement["form_key"] = json!(form_key);
        self.insert_movements(vec![movement]).await?;
        let Moved {
            stock,
            product_id,
            slug,
        } = Moved::from_row(&moved)?;
        let ids = std::slice::from_ref(&product_id);
        refresh_summaries(&mut self.tx, self.dialect, ids).await?;
        refresh_table_keys(&mut self.tx, self.dialect, ids).await?;
        self.changes.product(&product_id, &slug);
        self.changes.stock(variant_id);
        Ok(stock)
    }

    /// Which of these products had their stock changed by someone after a time. Sales are none of
    /// that: they are kept by booking differences.
    pub async fn counted_since(
        &mut self,
        time: i64,
        product_ids: &[&str],
    ) -> Result<BTreeSet<String>> {
        if product_ids.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut sql = Sql::new(
            "SELECT DISTINCT v.product_id FROM stock_entries m \
             JOIN variants v ON v.id = m.variant_id \
             WHERE m.reason IN ('adjustment', 'import') AND m.created_at > ",
        );
        sql.int(time).push(" AND v.product_id");
        let parameter = sql.next();
        sql.push(self.dialect.in_json_array(parameter))
            .bind(serde_json::to_string(product_ids)?);
        let counted: Vec<String> = sql.fetch_values(&mut *self.tx).await?;
        Ok(counted.into_iter().collect())
    }

    pub(super) fn movement(
        &self,
        variant_id: &str,
        delta: i64,
        reason: StockReason,
        note: &str,
    ) -> serde_json::Value {
        json!({
            "id": new_id(), "variant_id": variant_id, "delta": delta, "reason": reason.of_movement(),
            "actor": self.actor, "note": note, "at": self.now,
        })
    }

    pub(super) async fn insert_movements(
        &mut self,
        movements: Vec<serde_json::Value>,
    ) -> Result<()> {
        if movements.is_empty() {
            return Ok(());
        }
        let columns = [
            ("id", Column::Text),
            ("variant_id", Column::Text),
            ("delta", Column::Int),
            ("reason", Column::Text),
            ("actor", Column::Text),
            ("note", Column::Text),
            ("at", Column::Int),
            ("form_key", Column::Text),
        ];
        let mut sql = Sql::new(
            "INSERT INTO stock_entries \
             (id, variant_id, delta, reason, actor, note, created_at, form_key) \
             SELECT id, variant_id, delta, reason, actor, note, at, form_key FROM ",
        );
        self.push_rows(&mut sql, &columns);
        self.execute_rows(sql, movements).await
    }
}
