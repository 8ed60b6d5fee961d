//! The trail of what staff changed.

use serde_json::{Value, json};

use crate::{
    catalog::{draft::ProductDraft, write::StoredProduct},
    db::Tx,
    error::Result,
    ids::new_id,
};

/// Who it was where nobody signed in: somebody with access to the machine.
pub const COMMAND_LINE: &str = "command line";

/// What an entry says of a product; `units` are those of its variants, in their order.
fn summary(draft: &ProductDraft, units: &[i64]) -> Value {
    let pictures = || draft.pictures.iter();
    let variants = draft.variants.iter().zip(units);
    json!({
        "slug": draft.slug, "title": draft.title, "vendor": draft.vendor,
        "category": draft.category, "tags": draft.tags, "active": draft.active,
        "description_html": draft.description_html, "seo_title": draft.seo_title,
        "seo_description": draft.seo_description, "options": draft.options,
        "pictures": pictures().map(|picture| &picture.src).collect::<Vec<_>>(),
        "picture_alts": pictures().map(|picture| &picture.alt).collect::<Vec<_>>(),
        "variants": variants.map(|(variant, units)| json!({
            "id": variant.id, "sku": variant.sku, "options": variant.options,
            "price_minor": variant.price_minor, "compare_at_minor": variant.compare_at_minor,
            "grams": variant.grams, "picture_src": variant.picture_src, "stock": units,
        })).collect::<Vec<_>>(),
    })
}

/// The product as it is stored, with the version it has: what a form was made from is found again by
/// it.
pub fn summary_of(stored: &StoredProduct) -> Value {
    let mut summary = summary(&stored.draft, &stored.stock);
    summary["version"] = json!(stored.version);
    summary
}

/// The product as `draft` makes it, of one that is stored or a new one.
pub fn summary_after(stored: Option<&StoredProduct>, draft: &ProductDraft) -> Value {
    let variants = draft.variants.iter();
    let units: Vec<i64> = variants
        .map(|variant| {
            let units = stored.and_then(|stored| stored.units_of(variant.id.as_deref()?));
            variant.stock.from(units.unwrap_or(0))
        })
        .collect();
    summary(draft, &units)
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
