//! Variants that are made of options.

use std::collections::{BTreeMap, HashSet};

use app::{
    catalog::limits::MAX_VARIANTS,
    error::{FieldError, ShopError},
    locale::locale,
};

use super::{Values, parse_name, set, value};
use crate::admin::products::text::Text;

/// Adds a row for each combination of the options' values that has none yet.
pub(super) fn combine(values: &mut Values) -> Result<(), ShopError> {
    let text = Text::from(locale());
    let mut lists: Vec<Vec<String>> = Vec::new();
    let mut wrong = Vec::new();
    for option in 1..=3 {
        let name = value(values, &format!("option{option}_name")).trim();
        let mut list: Vec<String> = Vec::new();
        for part in value(values, &format!("option{option}_values")).split(',') {
            let part = part.trim();
            if !part.is_empty() && !list.iter().any(|other| other == part) {
                list.push(part.to_owned());
            }
        }
        let field = |field: String, message: &str| FieldError {
            field,
            message: message.to_owned(),
        };
        match (name.is_empty(), list.is_empty()) {
            (true, false) => wrong.push(field(
                format!("option{option}_name"),
                text.name_the_option(),
            )),
            (false, true) => wrong.push(field(
                format!("option{option}_values"),
                text.list_the_values(),
            )),
            (true, true) => {}
            (false, false) => lists.push(list),
        }
    }
    if lists.is_empty() && wrong.is_empty() {
        wrong.push(FieldError {
            field: "option1_name".to_owned(),
            message: text.name_an_option_first().to_owned(),
        });
    }
    let wanted: usize = lists.iter().map(Vec::len).product();
    if wanted > MAX_VARIANTS {
        wrong.push(FieldError {
            field: "option1_values".to_owned(),
            message: text.too_many_combinations(&MAX_VARIANTS.to_string(), &wanted.to_string()),
        });
    }
    if !wrong.is_empty() {
        return Err(ShopError::fields(wrong));
    }
    let mut combinations = vec![Vec::<String>::new()];
    for list in &lists {
        combinations = combinations
            .iter()
            .flat_map(|start| {
                list.iter()
                    .map(|value| [start.as_slice(), std::slice::from_ref(value)].concat())
            })
            .collect();
    }
    add_rows(values, combinations);
    Ok(())
}

const OPTIONS: [&str; 3] = ["option1", "option2", "option3"];

/// What a row that means something has at least one of.
const MEANING: [&str; 9] = [
    "id",
    "option1",
    "option2",
    "option3",
    "sku",
    "price",
    "compare_at",
    "barcode",
    "cost",
];

fn cell(row: &BTreeMap<String, String>, field: &str) -> String {
    row.get(field).cloned().unwrap_or_default()
}

fn add_rows(values: &mut Values, combinations: Vec<Vec<String>>) {
    let mut rows: BTreeMap<usize, BTreeMap<String, String>> = BTreeMap::new();
    for (name, value) in values.iter() {
        if let Some((at, field)) = parse_name(name, "variants") {
            let row = rows.entry(at).or_default();
            row.entry(field.to_owned())
                .or_insert_with(|| value.trim().to_owned());
        }
    }
    rows.retain(|_, row| MEANING.iter().any(|field| !cell(row, field).is_empty()));
    let price = rows
        .values()
        .next()
        .map_or(String::new(), |row| cell(row, "price"));
    let options = |row: &BTreeMap<String, String>| OPTIONS.map(|field| cell(row, field));
    let mut taken: HashSet<[String; 3]> = rows.values().map(options).collect();
    // A product that came in one way has one row without values: it becomes the first combination.
    let mut plain = rows
        .iter()
        .find(|(_, row)| options(row).iter().all(String::is_empty))
        .map(|(at, _)| *at);
    let mut next = rows.keys().next_back().map_or(0, |at| at + 1);
    // Empty rows behind are written over.
    values.retain(|(name, _)| {
        parse_name(name, "variants").is_none_or(|(at, _)| rows.contains_key(&at))
    });
    for combination in combinations {
        let mut wanted: [String; 3] = Default::default();
        for (slot, value) in wanted.iter_mut().zip(combination) {
            *slot = value;
        }
        if !taken.insert(wanted.clone()) {
            continue;
        }
        let cells = OPTIONS.into_iter().zip(wanted);
        match plain.take() {
            Some(at) => {
                for (field, value) in cells {
                    set(values, format!("variants[{at}][{field}]"), value);
                }
            }
            None => {
                let new = cells.chain([("price", price.clone())]);
                values.extend(
                    new.map(|(field, value)| (format!("variants[{next}][{field}]"), value)),
                );
                next += 1;
            }
        }
    }
}
