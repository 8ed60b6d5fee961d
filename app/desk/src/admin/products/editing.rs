//! What the editor's form does between two saves, without script: variants made from options, and
//! pictures moved. Works on what was typed and stores nothing.

mod combine;
#[cfg(test)]
mod tests;

use app::{catalog::limits::MAX_VARIANTS, ui::form::FormState};

use super::{
    filling::{FILL, fill},
    types::{PictureForm, ProductChange},
    variants::typed_rows,
};
use combine::combine;

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
