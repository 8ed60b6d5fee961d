//! What is different between two states of a product, field by field, in words.

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap, HashSet};

use desk::admin::jobs::{
    told::{JobText, Message, TextChange},
    types::PriceMark,
};

use super::draft::{PictureDraft, ProductDraft, VariantDraft};
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

fn translated_field(field: &str) -> Message {
    match field {
        TITLE => Message::Title,
        DESCRIPTION => Message::Description,
        SEO_TITLE => Message::PageTitle,
        _ => Message::PageDescription,
    }
}

const fn state(active: bool) -> Message {
    match active {
        true => Message::Active,
        false => Message::Inactive,
    }
}

const fn yes_or_no(is_so: bool) -> Message {
    match is_so {
        true => Message::Yes,
        false => Message::No,
    }
}

fn money(minor: i64, currency: &str) -> JobText {
    let currency = currency.to_owned();
    Message::Money { minor, currency }.into()
}

/// Notes the two texts, if they differ.
fn compare(changes: &mut Vec<TextChange>, field: Message, before: &str, after: &str) {
    if before != after {
        changes.push(TextChange::new(field, shorten(before), shorten(after)));
    }
}

/// `units` are those of the stored variants, in their order.
pub fn difference(
    before: &ProductDraft,
    units: &[i64],
    after: &ProductDraft,
    currency: &str,
) -> Vec<TextChange> {
    let mut changes = Vec::new();
    compare(&mut changes, Message::Title, &before.title, &after.title);
    compare(&mut changes, Message::Slug, &before.slug, &after.slug);
    if before.active != after.active {
        let (was, is) = (state(before.active), state(after.active));
        changes.push(TextChange::new(Message::Status, was, is));
    }
    if before.prepaid != after.prepaid {
        let (was, is) = (yes_or_no(before.prepaid), yes_or_no(after.prepaid));
        changes.push(TextChange::new(Message::PrepaidOnly, was, is));
    }
    compare(&mut changes, Message::Vendor, &before.vendor, &after.vendor);
    compare(
        &mut changes,
        Message::Category,
        &before.category,
        &after.category,
    );
    let tags = |draft: &ProductDraft| draft.tags.join(", ");
    compare(&mut changes, Message::Tags, &tags(before), &tags(after));
    description(before, after, &mut changes);
    let seo_title = |draft: &ProductDraft| draft.seo_title.clone().unwrap_or_default();
    compare(
        &mut changes,
        Message::PageTitle,
        &seo_title(before),
        &seo_title(after),
    );
    let keys = before.translations.keys().chain(after.translations.keys());
    for key in keys.collect::<BTreeSet<_>>() {
        let text = |draft: &ProductDraft| match draft.translations.get(key) {
            Some(text) if key.1 == DESCRIPTION => plain_text(text),
            Some(text) => text.clone(),
            None => String::new(),
        };
        let field = Message::InLanguage {
            what: Box::new(translated_field(key.1)),
            language: key.0,
        };
        compare(&mut changes, field, &text(before), &text(after));
    }
    let seo_description = |draft: &ProductDraft| draft.seo_description.clone().unwrap_or_default();
    compare(
        &mut changes,
        Message::PageDescription,
        &seo_description(before),
        &seo_description(after),
    );
    let options = |draft: &ProductDraft| draft.options.join(", ");
    compare(
        &mut changes,
        Message::Options,
        &options(before),
        &options(after),
    );
    pictures(before, after, &mut changes);
    let after_by_id: HashMap<Option<&str>, &VariantDraft> = after
        .variants
        .iter()
        .map(|new| (new.id.as_deref(), new))
        .collect();
    for (at, old) in before.variants.iter().enumerate() {
        let name = name(old);
        let Some(new) = after_by_id.get(&old.id.as_deref()) else {
            changes.push(TextChange::new(name, Message::There, Message::Removed));
            continue;
        };
        if old.price_minor != new.price_minor {
            let (was, is) = (old.price_minor, new.price_minor);
            changes.push(TextChange {
                mark: mark_of(is),
                ..TextChange::new(
                    of(Message::Price, &name),
                    money(was, currency),
                    money(is, currency),
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
        changes.push(TextChange {
            mark: mark_of(new.price_minor),
            ..TextChange::new(name(new), "", money(new.price_minor, currency))
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
            // One without a name is the only one, and has no order.
            let names: Vec<String> = draft.variants.iter().map(own_name).collect();
            shorten(&names.join(", "))
        };
        let (before, after) = (names(before), names(after));
        changes.push(TextChange::new(Message::OrderOfVariants, before, after));
    }
    changes
}

fn mark_of(price_minor: i64) -> PriceMark {
    match price_minor {
        0 => PriceMark::Free,
        _ => PriceMark::None,
    }
}

/// Its options or else its SKU; empty if it has neither.
fn own_name(variant: &VariantDraft) -> String {
    let options: Vec<&str> = variant
        .options
        .iter()
        .map(String::as_str)
        .filter(|value| !value.is_empty())
        .collect();
    match (options.is_empty(), &variant.sku) {
        (false, _) => options.join(" / "),
        (true, sku) => sku.clone().unwrap_or_default(),
    }
}

fn name(variant: &VariantDraft) -> JobText {
    match own_name(variant) {
        none if none.is_empty() => Message::Variant.into(),
        name => name.into(),
    }
}

fn of(what: Message, name: &JobText) -> Message {
    Message::Of {
        what: Box::new(what),
        name: Box::new(name.clone()),
    }
}

fn description(before: &ProductDraft, after: &ProductDraft, changes: &mut Vec<TextChange>) {
    if before.description_html == after.description_html {
        return;
    }
    let (was, is) = (
        plain_text(&before.description_html),
        plain_text(&after.description_html),
    );
    let field = Message::Description;
    match was == is {
        // Another markup around the same words.
        true => changes.push(TextChange::new(
            field,
            Message::SameWords,
            Message::SetDifferently,
        )),
        false => compare(changes, field, &was, &is),
    }
}

fn pictures(before: &ProductDraft, after: &ProductDraft, changes: &mut Vec<TextChange>) {
    let is_same = |(one, other): (&PictureDraft, &PictureDraft)| {
        (&one.src, &one.alt) == (&other.src, &other.alt)
    };
    let (was, is) = (&before.pictures, &after.pictures);
    if was.len() == is.len() && was.iter().zip(is).all(is_same) {
        return;
    }
    let count = |pictures: &[PictureDraft]| pictures.len() as i64;
    let after = match was.len() == is.len() {
        true => Message::PicturesChanged { count: count(is) },
        false => Message::PictureCount { count: count(is) },
    };
    let before = Message::PictureCount { count: count(was) };
    changes.push(TextChange::new(Message::Pictures, before, after));
}

/// What differs besides the price.
fn variant(
    name: &JobText,
    old: &VariantDraft,
    units: Option<i64>,
    new: &VariantDraft,
    currency: &str,
    changes: &mut Vec<TextChange>,
) {
    let amount = |minor: Option<i64>| match minor {
        Some(minor) => money(minor, currency),
        None => "".into(),
    };
    if old.compare_at_minor != new.compare_at_minor {
        changes.push(TextChange::new(
            of(Message::CompareAtPrice, name),
            amount(old.compare_at_minor),
            amount(new.compare_at_minor),
        ));
    }
    if old.cost_minor != new.cost_minor {
        changes.push(TextChange::new(
            of(Message::Cost, name),
            amount(old.cost_minor),
            amount(new.cost_minor),
        ));
    }
    if old.tracked != new.tracked {
        changes.push(TextChange::new(
            of(Message::Tracked, name),
            yes_or_no(old.tracked),
            yes_or_no(new.tracked),
        ));
    }
    let mut compare = |field: Message, before: &str, after: &str| {
        compare(changes, of(field, name), before, after);
    };
    let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
    compare(Message::Sku, &or_none(&old.sku), &or_none(&new.sku));
    compare(
        Message::Barcode,
        &or_none(&old.barcode),
        &or_none(&new.barcode),
    );
    compare(
        Message::BackorderLimit,
        &old.backorder_limit.to_string(),
        &new.backorder_limit.to_string(),
    );
    compare(
        Message::Options,
        &old.options.join(" / "),
        &new.options.join(" / "),
    );
    compare(
        Message::Grams,
        &old.grams.to_string(),
        &new.grams.to_string(),
    );
    compare(
        Message::Picture,
        &or_none(&old.picture_src),
        &or_none(&new.picture_src),
    );
    if let Some(units) = units {
        let after = new.stock.from(units);
        compare(Message::Stock, &units.to_string(), &after.to_string());
    }
}
