//! What is different between two states of a product, field by field, in words.

use std::collections::{BTreeSet, HashMap, HashSet};

use app::{
    admin::jobs::types::{FieldChange, PriceMark},
    money::format_money,
};

use super::draft::{ProductDraft, VariantDraft};
use crate::{
    text::html::plain_text,
    translations::{DESCRIPTION, SEO_TITLE, TITLE},
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

fn translated_name(field: &str) -> &'static str {
    match field {
        TITLE => "Title",
        DESCRIPTION => "Description",
        SEO_TITLE => "Page title",
        _ => "Page description",
    }
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
            changes.push(FieldChange::new(field, shorten(&before), shorten(&after)));
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
    let keys = before.translations.keys().chain(after.translations.keys());
    for key in keys.collect::<BTreeSet<_>>() {
        let text = |draft: &ProductDraft| match draft.translations.get(key) {
            Some(text) if key.1 == DESCRIPTION => plain_text(text),
            Some(text) => text.clone(),
            None => String::new(),
        };
        let name = format!("{} ({})", translated_name(key.1), key.0.name());
        compare(&name, text(before), text(after));
    }
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
    let after_by_id: HashMap<Option<&str>, &VariantDraft> = after
        .variants
        .iter()
        .map(|new| (new.id.as_deref(), new))
        .collect();
    for (at, old) in before.variants.iter().enumerate() {
        let name = name(old);
        let Some(new) = after_by_id.get(&old.id.as_deref()) else {
            changes.push(FieldChange::new(name, "there", "removed"));
            continue;
        };
        if old.price_minor != new.price_minor {
            let money = |minor: i64| format_money(minor, currency);
            changes.push(FieldChange {
                mark: mark_of(new.price_minor),
                ..FieldChange::new(
                    format!("Price of {name}"),
                    money(old.price_minor),
                    money(new.price_minor),
                )
            });
        }
        variant(
            &name,
            old,
            units.get(at).copied(),
            new,
            currency,
            &mut changes,
        );
    }
    for new in after.variants.iter().filter(|new| new.id.is_none()) {
        changes.push(FieldChange {
            mark: mark_of(new.price_minor),
            ..FieldChange::new(name(new), "", format_money(new.price_minor, currency))
        });
    }
    let ids = |draft: &ProductDraft| -> Vec<String> {
        draft
            .variants
            .iter()
            .filter_map(|one| one.id.clone())
            .collect()
    };
    let (mut old, new) = (ids(before), ids(after));
    let kept: HashSet<&String> = new.iter().collect();
    old.retain(|id| kept.contains(id));
    if old != new {
        let names = |draft: &ProductDraft| -> String {
            let names: Vec<String> = draft.variants.iter().map(name).collect();
            shorten(&names.join(", "))
        };
        let (before, after) = (names(before), names(after));
        changes.push(FieldChange::new("Order of variants", before, after));
    }
    changes
}

fn mark_of(price_minor: i64) -> PriceMark {
    match price_minor {
        0 => PriceMark::Free,
        _ => PriceMark::None,
    }
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

/// What differs besides the price.
fn variant(
    name: &str,
    old: &VariantDraft,
    units: Option<i64>,
    new: &VariantDraft,
    currency: &str,
    changes: &mut Vec<FieldChange>,
) {
    let money = |minor: Option<i64>| minor.map_or(String::new(), |m| format_money(m, currency));
    let mut compare = |field: &str, before: String, after: String| {
        if before != after {
            let field = format!("{field} of {name}");
            changes.push(FieldChange::new(field, shorten(&before), shorten(&after)));
        }
    };
    compare(
        "Compare-at price",
        money(old.compare_at_minor),
        money(new.compare_at_minor),
    );
    compare(
        "SKU",
        old.sku.clone().unwrap_or_default(),
        new.sku.clone().unwrap_or_default(),
    );
    compare("Options", old.options.join(" / "), new.options.join(" / "));
    compare("Grams", old.grams.to_string(), new.grams.to_string());
    compare(
        "Picture",
        old.picture_src.clone().unwrap_or_default(),
        new.picture_src.clone().unwrap_or_default(),
    );
    if let Some(units) = units {
        let after = new.stock.from(units);
        compare("Stock", units.to_string(), after.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::write::draft::StockTarget;

    fn priced(id: Option<&str>, price_minor: i64) -> VariantDraft {
        VariantDraft {
            row: 0,
            id: id.map(str::to_owned),
            options: Default::default(),
            sku: Some("R-1".to_owned()),
            price_minor,
            compare_at_minor: None,
            grams: 0,
            picture_src: None,
            stock: StockTarget::Keep,
        }
    }

    #[test]
    fn a_price_that_becomes_nothing_is_marked() {
        let product = |variants| ProductDraft {
            variants,
            ..ProductDraft::default()
        };
        let told = |before: i64, after: Vec<VariantDraft>| {
            let before = product(vec![priced(Some("1"), before)]);
            difference(&before, &[3], &product(after), "EUR")
        };
        let dearer = told(500, vec![priced(Some("1"), 600)]);
        assert_eq!(dearer, [FieldChange::new("Price of R-1", "€5.00", "€6.00")]);
        let free = told(500, vec![priced(Some("1"), 0)]);
        assert_eq!((free.len(), free[0].mark), (1, PriceMark::Free));
        assert!(told(0, vec![priced(Some("1"), 0)]).is_empty());
        let new = told(500, vec![priced(Some("1"), 500), priced(None, 0)]);
        assert_eq!((new.len(), new[0].mark), (1, PriceMark::Free));
    }

    #[test]
    fn another_order_of_the_variants_is_a_change() {
        let product = |order: [&str; 2]| ProductDraft {
            variants: order.map(|id| priced(Some(id), 500)).to_vec(),
            ..ProductDraft::default()
        };
        let told = difference(&product(["1", "2"]), &[3, 3], &product(["2", "1"]), "EUR");
        assert_eq!(
            (told.len(), told[0].field.as_str()),
            (1, "Order of variants")
        );
        let same = product(["1", "2"]);
        assert!(difference(&same, &[3, 3], &same, "EUR").is_empty());
    }
}
