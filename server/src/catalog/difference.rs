//! What is different between two states of a product, field by field, in words.

use app::{admin::jobs::FieldChange, money::format_money};

use super::{
    draft::{ProductDraft, VariantDraft},
    html::plain_text,
};

/// Letters of a long text that are shown.
const SHOWN: usize = 80;

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn words(active: bool) -> String {
    if active { "Active" } else { "Inactive" }.to_owned()
}

/// `units` are those of the stored variants, in their order.
pub fn difference(
    before: &ProductDraft,
    units: &[i64],
    after: &ProductDraft,
    currency: &str,
) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let mut compare = |field: &str, before: String, after: String| {
        if before != after {
            changes.push(FieldChange {
                field: field.to_owned(),
                before: shorten(&before),
                after: shorten(&after),
            });
        }
    };
    compare("Title", before.title.clone(), after.title.clone());
    compare("Slug", before.slug.clone(), after.slug.clone());
    compare("Status", words(before.active), words(after.active));
    compare("Vendor", before.vendor.clone(), after.vendor.clone());
    compare("Category", before.category.clone(), after.category.clone());
    compare("Tags", before.tags.join(", "), after.tags.join(", "));
    if before.description_html != after.description_html {
        let text = |html: &str| plain_text(html);
        let (was, is) = (
            text(&before.description_html),
            text(&after.description_html),
        );
        match was == is {
            // Another markup around the same words.
            true => compare(
                "Description",
                "the same words".into(),
                "set differently".into(),
            ),
            false => compare("Description", was, is),
        }
    }
    let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
    compare(
        "Page title",
        or_none(&before.seo_title),
        or_none(&after.seo_title),
    );
    compare(
        "Page description",
        or_none(&before.seo_description),
        or_none(&after.seo_description),
    );
    compare(
        "Options",
        before.options.join(", "),
        after.options.join(", "),
    );
    let pictures = |draft: &ProductDraft| {
        let sources: Vec<_> = draft.pictures.iter().map(|p| (&p.src, &p.alt)).collect();
        format!("{sources:?}")
    };
    if pictures(before) != pictures(after) {
        let count = |draft: &ProductDraft| match draft.pictures.len() {
            1 => "1 picture".to_owned(),
            many => format!("{many} pictures"),
        };
        match before.pictures.len() == after.pictures.len() {
            true => compare(
                "Pictures",
                count(before),
                format!("{}, changed", count(after)),
            ),
            false => compare("Pictures", count(before), count(after)),
        }
    }
    for (at, old) in before.variants.iter().enumerate() {
        let name = name(old);
        match after.variants.iter().find(|new| new.id == old.id) {
            None => compare(&name, "there".into(), "taken away".into()),
            Some(new) => variant(
                &name,
                old,
                units.get(at).copied(),
                new,
                currency,
                &mut compare,
            ),
        }
    }
    for new in after.variants.iter().filter(|new| new.id.is_none()) {
        compare(
            &name(new),
            String::new(),
            format_money(new.price_minor, currency),
        );
    }
    changes
}

fn name(variant: &VariantDraft) -> String {
    let options: Vec<&str> = variant
        .options
        .iter()
        .map(String::as_str)
        .filter(|value| !value.is_empty())
        .collect();
    match (options.is_empty(), &variant.sku) {
        (false, _) => options.join(" / "),
        (true, Some(sku)) => sku.clone(),
        (true, None) => "Variant".to_owned(),
    }
}

fn variant(
    name: &str,
    old: &VariantDraft,
    units: Option<i64>,
    new: &VariantDraft,
    currency: &str,
    compare: &mut impl FnMut(&str, String, String),
) {
    let money = |minor: Option<i64>| minor.map_or(String::new(), |m| format_money(m, currency));
    let of = |field: &str| format!("{field} of {name}");
    compare(
        &of("Price"),
        money(Some(old.price_minor)),
        money(Some(new.price_minor)),
    );
    compare(
        &of("Compare-at price"),
        money(old.compare_at_minor),
        money(new.compare_at_minor),
    );
    compare(
        &of("SKU"),
        old.sku.clone().unwrap_or_default(),
        new.sku.clone().unwrap_or_default(),
    );
    compare(
        &of("Options"),
        old.options.join(" / "),
        new.options.join(" / "),
    );
    compare(&of("Grams"), old.grams.to_string(), new.grams.to_string());
    compare(
        &of("Picture"),
        old.picture_src.clone().unwrap_or_default(),
        new.picture_src.clone().unwrap_or_default(),
    );
    if let Some(units) = units {
        let after = new.stock.from(units);
        compare(&of("Stock"), units.to_string(), after.to_string());
    }
}
