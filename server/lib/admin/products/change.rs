//! From what was typed in the editor to what is to be stored.

use std::collections::BTreeSet;

use app::{
    catalog::{gtin::gtin, limits::MAX_ALT},
    error::FieldError,
    faults::amount_words,
    locale::locale,
    money::parse_amount,
};
use desk::admin::products::{
    text::Text,
    types::{NO_PICTURE, ProductChange, VariantForm},
};

use crate::{
    catalog::write::draft::{MAX_COUNT, ProductDraft, StockTarget, VariantDraft},
    text::{html::sanitise, spelled},
};

/// The draft with the fields that were sent in place of the old ones, and what of them could not
/// be read at all.
pub fn apply(
    mut draft: ProductDraft,
    change: ProductChange,
    currency: &str,
) -> (ProductDraft, Vec<FieldError>) {
    let says = Text::from(locale());
    let mut wrong = Vec::new();
    let set = |slot: &mut String, text: Option<String>| {
        if let Some(text) = text {
            *slot = text.trim().to_owned();
        }
    };
    set(&mut draft.title, change.title);
    if let Some(slug) = change.slug {
        draft.slug = spelled(&slug);
        if draft.slug.is_empty() && !slug.trim().is_empty() {
            wrong.push(FieldError {
                field: "slug".to_owned(),
                message: says.slug_empty().to_owned(),
            });
        }
    }
    set(&mut draft.vendor, change.vendor);
    set(&mut draft.category, change.category);
    if let Some(html) = change.description_html {
        draft.description_html = sanitise(&html);
    }
    if let Some(tags) = change.tags {
        let tags: BTreeSet<String> = tags
            .split(',')
            .map(|tag| tag.trim().to_lowercase())
            .filter(|tag| !tag.is_empty())
            .collect();
        draft.tags = tags.into_iter().collect();
    }
    let some = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    if let Some(text) = change.seo_title {
        draft.seo_title = some(text);
    }
    if let Some(text) = change.seo_description {
        draft.seo_description = some(text);
    }
    if let Some(active) = change.active {
        draft.active = active;
    }
    if let Some(prepaid) = change.prepaid {
        draft.prepaid = prepaid;
    }
    if let Some(options) = change.options {
        draft.options = options
            .into_iter()
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect();
    }
    if let Some(forms) = change.variants {
        let (variants, errors) = variants(&draft, forms, currency);
        draft.variants = variants;
        wrong.extend(errors);
    }
    if let Some(mut forms) = change.pictures {
        for (row, form) in forms.iter().enumerate() {
            if form.alt.trim().chars().count() > MAX_ALT {
                wrong.push(FieldError {
                    field: format!("pictures[{row}][alt]"),
                    message: says.up_to_characters(&MAX_ALT.to_string()),
                });
            }
        }
        forms.sort_by_key(|form| form.position.trim().parse::<i64>().unwrap_or(i64::MAX));
        let mut pictures = Vec::new();
        for form in forms {
            let known = draft
                .pictures
                .iter()
                .find(|old| old.id.as_ref() == Some(&form.id));
            if let Some(known) = known {
                let alt = form.alt.trim().to_owned();
                pictures.push(crate::catalog::write::draft::PictureDraft {
                    alt,
                    ..known.clone()
                });
            }
        }
        let rest: Vec<_> = draft
            .pictures
            .iter()
            .filter(|old| !pictures.iter().any(|new| new.src == old.src))
            .cloned()
            .collect();
        pictures.extend(rest);
        draft.pictures = pictures;
    }
    (draft, wrong)
}

fn variants(
    draft: &ProductDraft,
    forms: Vec<VariantForm>,
    currency: &str,
) -> (Vec<VariantDraft>, Vec<FieldError>) {
    let says = Text::from(locale());
    let mut errors = Vec::new();
    let mut variants = Vec::new();
    for (row, form) in forms.into_iter().enumerate() {
        if form.is_blank() || form.remove == "1" {
            continue;
        }
        let mut wrong = |name: &str, message: &str| {
            errors.push(FieldError {
                field: format!("variants[{row}][{name}]"),
                message: message.to_owned(),
            });
        };
        let price = parse_amount(&form.price, currency);
        if let Err(error) = &price {
            wrong("price", &amount_words(error, says.price_wanted()));
        }
        let compare_at = match form.compare_at.trim() {
            "" => Ok(None),
            text => parse_amount(text, currency).map(Some),
        };
        if let Err(error) = &compare_at {
            wrong("compare_at", &amount_words(error, says.compare_at_wanted()));
        }
        let whole = |text: &str| match text.trim() {
            "" => Some(0),
            text => text.parse::<i64>().ok(),
        };
        let number = |text: &str| whole(text).filter(|n| *n >= 0);
        let grams = number(&form.grams);
        if grams.is_none() {
            wrong("grams", says.grams_wanted());
        }
        let id = Some(form.id.trim().to_owned()).filter(|id| !id.is_empty());
        let old = draft
            .variants
            .iter()
            .find(|old| old.id == id && id.is_some());
        let sold_ahead = form.backorder_limit.0.as_deref().map(number);
        let backorder_limit = match sold_ahead {
            None => old.map_or(0, |old| old.backorder_limit),
            Some(Some(units)) if units <= MAX_COUNT => units,
            Some(Some(_)) => {
                wrong("backorder_limit", says.too_many_units());
                0
            }
            Some(None) => {
                wrong("backorder_limit", says.units_wanted());
                0
            }
        };
        // Said here: what is sold meanwhile makes a difference of it, of which no draft can judge.
        let stock = match whole(&form.stock) {
            // Units that are owed are in the form as they are.
            Some(units) if units < 0 && form.stock.trim() != form.stock_was.trim() => {
                wrong("stock", says.units_wanted());
                None
            }
            None => {
                wrong("stock", says.units_wanted());
                None
            }
            Some(units) if units > MAX_COUNT => {
                wrong("stock", says.too_many_units());
                None
            }
            units => units,
        };
        if id.is_some() && old.is_none() {
            wrong("price", says.variant_gone());
        }
        let known = old.and_then(|old| old.picture_src.as_deref());
        let picture_src = match form.picture.trim() {
            "" => known,
            NO_PICTURE => None,
            src if known == Some(src) => known,
            src => {
                let picture = draft.pictures.iter().find(|picture| picture.src == src);
                if picture.is_none() {
                    wrong("picture", says.choose_own_picture());
                }
                picture.map(|picture| picture.src.as_str())
            }
        };
        let kept = |old: &VariantDraft| (old.barcode.clone(), old.cost_minor, old.tracked);
        let (mut barcode, mut cost_minor, mut tracked) = old.map_or((None, None, true), kept);
        match form.barcode.0.as_deref().map(str::trim) {
            None => {}
            Some("") => barcode = None,
            Some(text) => {
                barcode = gtin(text);
                if barcode.is_none() {
                    wrong("barcode", says.barcode_wrong());
                }
            }
        }
        match form.cost.0.as_deref().map(str::trim) {
            None => {}
            Some("") => cost_minor = None,
            Some(text) => match parse_amount(text, currency) {
                Ok(minor) => cost_minor = Some(minor),
                Err(error) => wrong("cost", &amount_words(&error, says.cost_wanted())),
            },
        }
        match form.tracked.0.as_deref().map(str::trim) {
            None | Some("") => {}
            Some("1") => tracked = true,
            Some("0") => tracked = false,
            Some(_) => wrong("tracked", says.true_or_false()),
        }
        let readable = price.is_ok() && grams.is_some() && stock.is_some();
        // What could not be read is reported; the row stays, so that the rest of it is looked at.
        let (price_minor, grams, stock) =
            (price.unwrap_or(0), grams.unwrap_or(0), stock.unwrap_or(0));
        // Without what the form was made with, such as from a program, it is what there is to be.
        let was = Some(form.stock_was.as_str()).filter(|text| !text.trim().is_empty());
        let target = match (old, was.and_then(whole)) {
            _ if !readable || form.stock.trim().is_empty() => StockTarget::Keep,
            (None, _) | (Some(_), None) => StockTarget::Set(stock),
            (Some(_), Some(was)) if was == stock => StockTarget::Keep,
            (Some(_), Some(was)) => StockTarget::Change(stock - was),
        };
        variants.push(VariantDraft {
            row,
            id,
            options: [form.option1, form.option2, form.option3]
                .map(|value| value.trim().to_owned()),
            sku: Some(form.sku.trim().to_owned()).filter(|sku| !sku.is_empty()),
            price_minor,
            compare_at_minor: compare_at.unwrap_or_default(),
            grams,
            picture_src: picture_src.map(str::to_owned),
            barcode,
            cost_minor,
            tracked,
            backorder_limit,
            stock: target,
        });
    }
    (variants, errors)
}
