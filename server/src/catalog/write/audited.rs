//! What the audit log says of a product.

use serde_json::{Value, json};

use super::StoredProduct;
use crate::catalog::write::draft::ProductDraft;

/// What an entry says of a product; `units` are those of its variants, in their order.
fn summary(draft: &ProductDraft, units: &[i64]) -> Value {
    let pictures = || draft.pictures.iter();
    let variants = draft.variants.iter().zip(units);
    let mut summary = json!({
        "slug": draft.slug, "title": draft.title, "vendor": draft.vendor,
        "category": draft.category, "tags": draft.tags, "active": draft.active,
        "prepaid": draft.prepaid,
        "description_html": draft.description_html, "seo_title": draft.seo_title,
        "seo_description": draft.seo_description, "options": draft.options,
        "pictures": pictures().map(|picture| &picture.src).collect::<Vec<_>>(),
        "picture_alts": pictures().map(|picture| &picture.alt).collect::<Vec<_>>(),
        "variants": variants.map(|(variant, units)| json!({
            "id": variant.id, "sku": variant.sku, "options": variant.options,
            "price_minor": variant.price_minor, "compare_at_minor": variant.compare_at_minor,
            "grams": variant.grams, "picture_src": variant.picture_src, "stock": units,
            "barcode": variant.barcode, "cost_minor": variant.cost_minor,
            "tracked": variant.tracked, "backorder_limit": variant.backorder_limit,
        })).collect::<Vec<_>>(),
    });
    if !draft.translations.is_empty() {
        let translations = draft.translations.iter();
        summary["translations"] = translations
            .map(|((language, field), text)| (format!("{field}:{}", language.code()), json!(text)))
            .collect::<serde_json::Map<_, _>>()
            .into();
    }
    summary
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
