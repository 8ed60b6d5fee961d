//! The trail of what staff changed.

use serde_json::{Value, json};

use crate::{
    catalog::{draft::ProductDraft, write::StoredProduct},
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
        })).collect::<Vec<_>>(),
    })
}

/// The same with the version it had: what a form was made from is found again by it.
pub fn summary_of(stored: &StoredProduct) -> Value {
    let mut summary = summary(&stored.draft);
    summary["version"] = json!(stored.version);
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
