//! The full-text index.

use serde_json::json;

use super::CatalogWrite;
use crate::{
    catalog::{
        draft::{ProductDraft, fold},
        html::plain_text,
    },
    db::{Column, Dialect, Sql},
    error::Result,
};

impl CatalogWrite {
    pub(super) async fn index(
        &mut self,
        documents: Vec<serde_json::Value>,
        ids: &[String],
    ) -> Result<()> {
        let columns = [
            ("id", Column::Text),
            ("title", Column::Text),
            ("vendor", Column::Text),
            ("category", Column::Text),
            ("tags", Column::Text),
            ("body", Column::Text),
        ];
        let rows = self.dialect.rows(1, &columns);
        let sql = match self.dialect {
            Dialect::Sqlite => {
                let mut gone = Sql::new(
                    "DELETE FROM products_search WHERE rowid IN (SELECT seq FROM products WHERE id",
                );
                gone.push(self.dialect.among(1)).push(")");
                self.execute_json(gone, serde_json::to_string(ids)?).await?;
                format!(
                    "INSERT INTO products_search (rowid, title, vendor, category, tags, body) \
                     SELECT p.seq, d.title, d.vendor, d.category, d.tags, d.body \
                     FROM {rows} d JOIN products p ON p.id = d.id"
                )
            }
            Dialect::Postgres => format!(
                "UPDATE products SET search = \
                 setweight(to_tsvector('simple', d.title), 'A') || \
                 setweight(to_tsvector('simple', d.vendor || ' ' || d.category || ' ' || d.tags), 'B') || \
                 setweight(to_tsvector('simple', d.body), 'D') \
                 FROM {rows} d WHERE products.id = d.id"
            ),
        };
        self.execute_json(Sql::new(&sql), serde_json::to_string(&documents)?)
            .await
    }
}

/// Words as searches are taken apart: letters and digits, with everything else between them. Left to
/// itself, Postgres would take `RP-1` for `rp` and `-1`, and an address for one word.
fn words(text: &str) -> String {
    fold(text).replace(|c: char| !c.is_alphanumeric(), " ")
}

pub(super) fn search_document(id: &str, draft: &ProductDraft) -> serde_json::Value {
    let skus = draft.variants.iter().filter_map(|v| v.sku.as_deref());
    let tags: Vec<&str> = draft.tags.iter().map(String::as_str).chain(skus).collect();
    json!({
        "id": id, "title": words(&draft.title), "vendor": words(&draft.vendor),
        "category": words(&draft.category), "tags": words(&tags.join(" ")),
        "body": words(&plain_text(&draft.description_html)),
    })
}
