//! The trail of what staff changed.

use serde_json::{Value, json};

use crate::{
    catalog::{
        draft::{ProductDraft, StockTarget, VariantDraft},
        write::StoredProduct,
    },
    db::Tx,
    error::Result,
    ids::new_id,
};

/// What an entry says of a product.
pub fn summary(draft: &ProductDraft) -> Value {
    json!({
        "slug": draft.slug, "title": draft.title, "vendor": draft.vendor,
        "category": draft.category, "tags": draft.tags, "active": draft.active,
        "description_html": draft.description_html, "seo_title": draft.seo_title,
        "seo_description": draft.seo_description, "options": draft.options,
        "pictures": draft.pictures.iter().map(|picture| &picture.src).collect::<Vec<_>>(),
        "variants": draft.variants.iter().map(|variant| json!({
            "id": variant.id, "sku": variant.sku, "options": variant.options,
            "price_minor": variant.price_minor, "compare_at_minor": variant.compare_at_minor,
            "grams": variant.grams,
            "stock": match variant.stock {
                StockTarget::Set(units) => Some(units),
                StockTarget::Keep | StockTarget::Change(_) => None,
            },
        })).collect::<Vec<_>>(),
    })
}

/// The same with the version it had: what a form was made from is found again by it.
pub fn summary_of(stored: &StoredProduct) -> Value {
    let mut summary = summary(&stored.draft);
    summary["version"] = json!(stored.version);
    for (at, units) in stored.stock.iter().enumerate() {
        summary["variants"][at]["stock"] = json!(units);
    }
    summary
}

/// What it is once `draft` is written over it.
pub fn summary_after(stored: &StoredProduct, draft: &ProductDraft) -> Value {
    let mut summary = summary(draft);
    let was = |variant: &VariantDraft| {
        let mut old = stored.draft.variants.iter().zip(&stored.stock);
        let found = old.find(|(old, _)| old.id == variant.id && variant.id.is_some());
        found.map_or(0, |(_, units)| *units)
    };
    for (at, variant) in draft.variants.iter().enumerate() {
        summary["variants"][at]["stock"] = json!(match variant.stock {
            StockTarget::Keep => was(variant),
            StockTarget::Set(units) => units,
            StockTarget::Change(delta) => was(variant) + delta,
        });
    }
    summary
}

pub async fn record(
    tx: &mut Tx,
    now: i64,
    actor: &str,
    action: &str,
    (kind, id): (&str, &str),
    before: Option<Value>,
    after: Option<Value>,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO audit_entries \
         (id, at, actor, action, subject_kind, subject_id, before_json, after_json) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(new_id())
    .bind(now)
    .bind(actor)
    .bind(action)
    .bind(kind)
    .bind(id)
    .bind(before.map(|value| value.to_string()))
    .bind(after.map(|value| value.to_string()))
    .execute(&mut **tx)
    .await?;
    Ok(())
}
