//! What the editor's form does between two saves, without script: variants made from options, and
//! pictures moved. Works on what was typed and stores nothing.

use std::collections::{BTreeMap, HashSet};

use app::{
    catalog::limits::MAX_VARIANTS,
    error::{FieldError, ShopError},
    locale::locale,
    ui::form::FormState,
};

use super::{
    filling::{FILL, fill},
    text::Text,
    types::{PictureForm, ProductChange},
    variants::typed_rows,
};

pub const DRAFT: &str = "/api/admin/products/draft";
pub const CREATE: &str = "/api/admin/products/create";
pub const UPDATE: &str = "/api/admin/products/update";

/// No form has more rows than this, whatever the names of its fields say: there are some empty ones
/// behind the last variant.
const MAX_ROWS: usize = MAX_VARIANTS + 64;

pub(super) type Values = Vec<(String, String)>;

/// What the form of a stored product says.
pub fn change_of(values: &[(String, String)]) -> ProductChange {
    let sent = |name: &str| {
        let field = values.iter().find(|(known, _)| known == name);
        field.map(|(_, value)| value.clone())
    };
    let names = ["option1_name", "option2_name", "option3_name"].map(sent);
    let rows = typed_rows(values);
    let pictures = picture_order(values).into_iter().map(|(id, row)| {
        let field = |name: &str| value(values, &format!("pictures[{row}][{name}]")).to_owned();
        PictureForm {
            alt: field("alt"),
            position: field("position"),
            id,
        }
    });
    ProductChange {
        title: sent("title"),
        slug: sent("slug"),
        description_html: sent("description_html"),
        vendor: sent("vendor"),
        category: sent("category"),
        tags: sent("tags"),
        seo_title: sent("seo_title"),
        seo_description: sent("seo_description"),
        options: names
            .iter()
            .any(Option::is_some)
            .then(|| names.map(Option::unwrap_or_default)),
        variants: (!rows.is_empty()).then_some(rows),
        pictures: Some(pictures.collect()),
        ..ProductChange::default()
    }
}

pub(super) fn value<'a>(values: &'a [(String, String)], name: &str) -> &'a str {
    values
        .iter()
        .find(|(n, _)| n == name)
        .map_or("", |(_, value)| value)
}

pub(super) fn set(values: &mut Values, name: String, value: String) {
    match values.iter_mut().find(|(n, _)| *n == name) {
        Some((_, old)) => *old = value,
        None => values.push((name, value)),
    }
}

/// `variants[3][price]`: the row and the field.
pub fn parse_name<'a>(name: &'a str, list: &str) -> Option<(usize, &'a str)> {
    let (at, field) = name
        .strip_prefix(list)?
        .strip_prefix('[')?
        .split_once("][")?;
    let at: usize = at.parse().ok().filter(|at| *at < MAX_ROWS)?;
    Some((at, field.strip_suffix(']')?))
}

/// The form as it is to be shown again. What is to be done is in its field `do`.
pub fn rework(mut values: Values) -> FormState {
    let wanted = value(&values, "do").to_owned();
    values.retain(|(name, _)| name != "do");
    let mut error = None;
    match wanted.split_once(':') {
        Some(("up", id)) => move_picture(&mut values, id, -1),
        Some(("down", id)) => move_picture(&mut values, id, 1),
        _ if wanted == "combine" => error = combine(&mut values).err(),
        _ if wanted == FILL => error = fill(&mut values).err(),
        // Only to see it: the page shows what was typed.
        _ => {}
    }
    let action = match value(&values, "id") {
        "" => CREATE,
        _ => UPDATE,
    };
    FormState {
        action: action.to_owned(),
        values,
        error,
    }
}

/// Ids of the form's pictures in the order of their places.
pub fn picture_order(values: &[(String, String)]) -> Vec<(String, usize)> {
    let mut pictures: Vec<(i64, usize, String)> = values
        .iter()
        .filter_map(|(name, id)| match parse_name(name, "pictures")? {
            (at, "id") => {
                let place = value(values, &format!("pictures[{at}][position]"));
                Some((place.trim().parse().unwrap_or(i64::MAX), at, id.clone()))
            }
            _ => None,
        })
        .collect();
    pictures.sort();
    pictures.into_iter().map(|(_, at, id)| (id, at)).collect()
}

fn move_picture(values: &mut Values, id: &str, by: isize) {
    let mut order = picture_order(values);
    let Some(at) = order.iter().position(|(other, _)| other == id) else {
        return;
    };
    let Some(to) = at.checked_add_signed(by).filter(|to| *to < order.len()) else {
        return;
    };
    order.swap(at, to);
    for (place, (_, row)) in order.into_iter().enumerate() {
        let name = format!("pictures[{row}][position]");
        set(values, name, (place + 1).to_string());
    }
}

/// Adds a row for each combination of the options' values that has none yet.
fn combine(values: &mut Values) -> Result<(), ShopError> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Values {
        pairs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect()
    }

    #[test]
    fn combinations_are_added_to_what_is_there() {
        let state = rework(form(&[
            ("do", "combine"),
            ("id", "x"),
            ("title", "Shirt"),
            ("option1_name", "Size"),
            ("option1_values", "S, M, , M"),
            ("option2_name", "Colour"),
            ("option2_values", "Red,Blue"),
            ("variants[0][id]", "v1"),
            ("variants[0][option1]", "S"),
            ("variants[0][option2]", "Blue"),
            ("variants[0][price]", "12.50"),
            ("variants[1][price]", ""),
        ]));
        assert_eq!((state.action.as_str(), state.error), (UPDATE, None));
        let cell = |at: usize, field: &str| {
            value(&state.values, &format!("variants[{at}][{field}]")).to_owned()
        };
        let rows: Vec<_> = (0..5)
            .map(|at| [cell(at, "option1"), cell(at, "option2"), cell(at, "price")].join(" "))
            .collect();
        assert_eq!(
            rows,
            [
                "S Blue 12.50",
                "S Red 12.50",
                "M Red 12.50",
                "M Blue 12.50",
                "  "
            ]
        );
        assert_eq!(value(&state.values, "title"), "Shirt");
    }

    #[test]
    fn as_many_variants_are_made_as_there_may_be() {
        let many: Vec<String> = (0..64).map(|n| n.to_string()).collect();
        let (many, some) = (many.join(","), many[..32].join(","));
        let state = rework(form(&[
            ("do", "combine"),
            ("option1_name", "A"),
            ("option1_values", &many),
            ("option2_name", "B"),
            ("option2_values", &some),
            ("variants[0][price]", "5"),
        ]));
        assert_eq!(state.error, None);
        let last = format!("variants[{}][option2]", MAX_VARIANTS - 1);
        assert_eq!(value(&state.values, &last), "31");
    }

    #[test]
    fn the_only_row_without_values_becomes_the_first_combination() {
        let state = rework(form(&[
            ("do", "combine"),
            ("option1_name", "Size"),
            ("option1_values", "S,M"),
            ("variants[0][id]", "v1"),
            ("variants[0][price]", "5"),
        ]));
        assert_eq!(state.action, CREATE);
        assert_eq!(value(&state.values, "variants[0][option1]"), "S");
        assert_eq!(value(&state.values, "variants[0][id]"), "v1");
        assert_eq!(value(&state.values, "variants[1][option1]"), "M");
    }

    #[test]
    fn what_cannot_be_combined_is_said_of_its_field() {
        let fields = |pairs: &[(&str, &str)]| {
            let mut pairs = form(pairs);
            pairs.push(("do".to_owned(), "combine".to_owned()));
            let error = rework(pairs).error.unwrap();
            error
                .fields
                .into_iter()
                .map(|f| f.field)
                .collect::<Vec<_>>()
        };
        assert_eq!(fields(&[]), ["option1_name"]);
        assert_eq!(fields(&[("option2_values", "a")]), ["option2_name"]);
        assert_eq!(fields(&[("option1_name", "Size")]), ["option1_values"]);
        let many: Vec<String> = (0..60).map(|n| n.to_string()).collect();
        let many = many.join(",");
        assert_eq!(
            fields(&[
                ("option1_name", "A"),
                ("option1_values", &many),
                ("option2_name", "B"),
                ("option2_values", &many),
            ]),
            ["option1_values"]
        );
    }

    #[test]
    fn pictures_are_moved_by_a_button() {
        let pictures = |wanted: &str| {
            let state = rework(form(&[
                ("do", wanted),
                ("pictures[0][id]", "a"),
                ("pictures[0][position]", "1"),
                ("pictures[1][id]", "b"),
                ("pictures[1][position]", "2"),
                ("pictures[2][id]", "c"),
                ("pictures[2][position]", "3"),
            ]));
            let order = picture_order(&state.values);
            order.into_iter().map(|(id, _)| id).collect::<String>()
        };
        assert_eq!(pictures("up:b"), "bac");
        assert_eq!(pictures("down:b"), "acb");
        assert_eq!(pictures("up:a"), "abc");
        assert_eq!(pictures("down:c"), "abc");
        assert_eq!(pictures("down:unknown"), "abc");
    }
}
