//! The variants of a product that two people have edited.

use app::{locale::locale, money::plain_amount, ui::form::FormState};

use super::{Clash, Verdict, judge, put, sent_text};
use crate::admin::products::{
    editing::parse_name,
    text::Text,
    types::{AdminProduct, ProductSnapshot, VariantForm},
    variants::{amount_of, flag, picture_of, sent, stored_row, typed_rows},
};

/// A variant's cells by their names in the form. Stock is left out: it is booked by difference.
fn cells(row: &VariantForm) -> [(&'static str, &String); 12] {
    [
        ("option1", &row.option1),
        ("option2", &row.option2),
        ("option3", &row.option3),
        ("sku", &row.sku),
        ("price", &row.price),
        ("compare_at", &row.compare_at),
        ("grams", &row.grams),
        ("picture", &row.picture),
        ("barcode", sent_text(&row.barcode)),
        ("cost", sent_text(&row.cost)),
        ("tracked", sent_text(&row.tracked)),
        ("backorder_limit", sent_text(&row.backorder_limit)),
    ]
}

/// Whether the form has the cell. Those that it may be without stay as they are then.
fn was_sent(row: &VariantForm, field: &str) -> bool {
    match field {
        "picture" => !row.picture.is_empty(),
        "barcode" => row.barcode.0.is_some(),
        "cost" => row.cost.0.is_some(),
        "tracked" => row.tracked.0.is_some(),
        "backorder_limit" => row.backorder_limit.0.is_some(),
        _ => true,
    }
}

/// What the table calls the cells, in their order.
fn cell_labels() -> [String; 12] {
    let text = Text::from(locale());
    [
        text.option_number("1"),
        text.option_number("2"),
        text.option_number("3"),
        text.sku().to_owned(),
        text.price().to_owned(),
        text.compare_at_price().to_owned(),
        text.grams().to_owned(),
        text.picture().to_owned(),
        text.barcode().to_owned(),
        text.cost().to_owned(),
        text.tracked_or_not().to_owned(),
        text.backorder_limit().to_owned(),
    ]
}

fn base_row(base: &ProductSnapshot, id: &str, currency: &str) -> Option<VariantForm> {
    let variant = base
        .variants
        .iter()
        .find(|variant| variant.id.as_deref() == Some(id))?;
    let option = |at: usize| variant.options.get(at).cloned().unwrap_or_default();
    let compare_at = variant.compare_at_minor;
    Some(VariantForm {
        id: id.to_owned(),
        option1: option(0),
        option2: option(1),
        option3: option(2),
        sku: variant.sku.clone().unwrap_or_default(),
        price: plain_amount(variant.price_minor, currency),
        compare_at: compare_at.map_or(String::new(), |minor| plain_amount(minor, currency)),
        grams: variant.grams.to_string(),
        picture: picture_of(variant.picture_src.as_deref()),
        barcode: sent(variant.barcode.clone().unwrap_or_default()),
        cost: sent(amount_of(variant.cost_minor, currency)),
        tracked: sent(flag(variant.tracked.unwrap_or(true)).to_owned()),
        backorder_limit: sent(variant.backorder_limit.to_string()),
        ..VariantForm::default()
    })
}

fn name(row: &VariantForm, at: usize) -> String {
    let options: Vec<&str> = [&row.option1, &row.option2, &row.option3]
        .into_iter()
        .map(|value| value.trim())
        .filter(|value| !value.is_empty())
        .collect();
    match options.is_empty() {
        true => Text::from(locale()).variant_number(&(at + 1).to_string()),
        false => options.join(" / "),
    }
}

pub(super) fn variants(
    now: &AdminProduct,
    base: Option<&ProductSnapshot>,
    state: &mut FormState,
    currency: &str,
    clashes: &mut Vec<Clash>,
) {
    let (text, labels) = (Text::from(locale()), cell_labels());
    let typed = typed_rows(&state.values);
    let stored: Vec<VariantForm> = now
        .variants
        .iter()
        .map(|variant| stored_row(variant, currency))
        .collect();
    for (at, row) in typed
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.id.is_empty())
    {
        let was = base.and_then(|base| base_row(base, &row.id, currency));
        let Some(is) = stored.iter().find(|is| is.id == row.id) else {
            gone(state, at, row, was.as_ref(), clashes);
            continue;
        };
        let before = was.as_ref().map(cells);
        for (n, (field, now)) in cells(is).into_iter().enumerate() {
            let mine = cells(row)[n].1;
            // A product without pictures asks for none, and programs need not send all.
            if !was_sent(row, field) {
                continue;
            }
            let base = before.as_ref().map(|cells| cells[n].1.clone());
            let clash = |yours: Option<String>| Clash {
                label: text.what_of(&name(is, at), &labels[n]),
                before: base.clone(),
                theirs: now.clone(),
                yours,
            };
            match judge(mine.trim(), base.as_deref(), now) {
                Verdict::Same => {}
                Verdict::TakeOver => {
                    clashes.push(clash(None));
                    put(state, &format!("variants[{at}][{field}]"), now.clone());
                }
                Verdict::Keep => clashes.push(clash(Some(mine.clone()))),
            }
        }
    }
    let mut next = typed.len();
    for row in stored {
        if typed.iter().any(|typed| typed.id == row.id) {
            continue;
        }
        clashes.push(Clash {
            label: text.new_variant(&name(&row, next)),
            before: Some(String::new()),
            theirs: row.price.clone(),
            yours: None,
        });
        for (field, value) in cells(&row) {
            put(state, &format!("variants[{next}][{field}]"), value.clone());
        }
        for (field, value) in [
            ("id", &row.id),
            ("stock", &row.stock),
            ("stock_was", &row.stock_was),
        ] {
            put(state, &format!("variants[{next}][{field}]"), value.clone());
        }
        next += 1;
    }
}

/// The other one took the variant away. A row that nothing was typed into goes too; another one
/// becomes a new variant.
fn gone(
    state: &mut FormState,
    at: usize,
    row: &VariantForm,
    was: Option<&VariantForm>,
    clashes: &mut Vec<Clash>,
) {
    let text = Text::from(locale());
    let same = |(mine, base): ((&str, &String), (&str, &String))| -> bool {
        let ((field, mine), (_, base)) = (mine, base);
        mine.trim() == base || !was_sent(row, field)
    };
    let is_untouched = was.is_some_and(|was| cells(row).into_iter().zip(cells(was)).all(same));
    clashes.push(Clash {
        label: text.removed_variant(&name(row, at)),
        before: was.map(|was| was.price.clone()),
        theirs: text.removed().to_owned(),
        yours: (!is_untouched).then(|| text.will_be_recreated().to_owned()),
    });
    match is_untouched {
        true => state
            .values
            .retain(|(name, _)| parse_name(name, "variants").is_none_or(|(row, _)| row != at)),
        false => {
            put(state, &format!("variants[{at}][id]"), String::new());
            put(state, &format!("variants[{at}][stock_was]"), String::new());
        }
    }
}
