//! The table of a product's variants, with empty rows for new ones.

use leptos::prelude::*;

use super::{
    editing::parse_name,
    types::{AdminProduct, AdminVariant, VariantForm},
};
use crate::{
    catalog::limits::{MAX_OPTION, MAX_OPTIONS, MAX_SKU},
    money::plain_amount,
    ui::{
        field::cell_input,
        form::Form,
        icon::{Icon, icon},
    },
};

/// Rows left empty for new variants.
const BLANK_ROWS: usize = 3;

/// The rows to show: as typed in a refused form, else as stored; with empty ones behind.
fn rows(product: &AdminProduct, form: &Form, currency: &str) -> Vec<VariantForm> {
    let mut rows = match form.values() {
        Some(values) => typed_rows(values),
        None => product
            .variants
            .iter()
            .map(|variant| stored_row(variant, currency))
            .collect(),
    };
    let blank = rows.iter().rev().take_while(|row| row.is_blank()).count();
    rows.resize_with(
        rows.len() + BLANK_ROWS.saturating_sub(blank),
        VariantForm::default,
    );
    rows
}

pub fn stored_row(variant: &AdminVariant, currency: &str) -> VariantForm {
    let option = |at: usize| variant.options.get(at).cloned().unwrap_or_default();
    let compare_at = variant
        .compare_at_minor
        .map(|minor| plain_amount(minor, currency));
    VariantForm {
        id: variant.id.clone(),
        option1: option(0),
        option2: option(1),
        option3: option(2),
        sku: variant.sku.clone(),
        price: plain_amount(variant.price_minor, currency),
        compare_at: compare_at.unwrap_or_default(),
        stock: variant.stock.to_string(),
        stock_was: variant.stock.to_string(),
        grams: variant.grams.to_string(),
        remove: String::new(),
    }
}

/// The rows of a form that was sent: `variants[2][price]` is the price in the third.
pub fn typed_rows(values: &[(String, String)]) -> Vec<VariantForm> {
    let mut rows: Vec<VariantForm> = Vec::new();
    for (name, value) in values {
        let Some((at, field)) = parse_name(name, "variants") else {
            continue;
        };
        if at >= rows.len() {
            rows.resize_with(at + 1, VariantForm::default);
        }
        if let Some(text) = field_of(&mut rows[at], field) {
            text.clone_from(value);
        }
    }
    rows
}

fn field_of<'a>(row: &'a mut VariantForm, field: &str) -> Option<&'a mut String> {
    Some(match field {
        "id" => &mut row.id,
        "option1" => &mut row.option1,
        "option2" => &mut row.option2,
        "option3" => &mut row.option3,
        "sku" => &mut row.sku,
        "price" => &mut row.price,
        "compare_at" => &mut row.compare_at,
        "stock" => &mut row.stock,
        "stock_was" => &mut row.stock_was,
        "grams" => &mut row.grams,
        "remove" => &mut row.remove,
        _ => return None,
    })
}

/// The table. There is always a column for one more option than the product has.
pub fn variants_section(product: &AdminProduct, form: &Form, currency: &str) -> AnyView {
    let columns = columns(product, form);
    let heads: Vec<_> = columns
        .iter()
        .map(|name| view! { <th scope="col">{name.clone()}</th> })
        .collect();
    let rows: Vec<_> = rows(product, form, currency)
        .into_iter()
        .enumerate()
        .map(|(at, row)| table_row(at, row, &columns, form, currency))
        .collect();
    view! {
        <div class="stack admin-wide">
            <h2 class="panel-title" id="variants">"Variants"</h2>
            <div class="table-wrap" tabindex="0" role="region" aria-labelledby="variants">
                <table class="table table-edit table-stack">
                    <thead>
                        <tr>
                            <th scope="col">"SKU"</th>
                            {heads}
                            <th scope="col">{format!("Price ({currency})")}</th>
                            <th scope="col">{format!("Compare-at ({currency})")}</th>
                            <th scope="col">"Stock"</th>
                            <th scope="col">"Grams"</th>
                            <th scope="col">"Remove"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="muted small">
                "Fill an empty row for a new variant; saving brings more empty rows. What is sold while this page is open is counted: stock changes by the difference you type."
            </p>
        </div>
    }
    .into_any()
}

/// What the option columns are called.
fn columns(product: &AdminProduct, form: &Form) -> Vec<String> {
    let stored = |at: usize| product.options.get(at).cloned().unwrap_or_default();
    let mut names: Vec<String> = ["option1_name", "option2_name", "option3_name"]
        .into_iter()
        .enumerate()
        .map(|(at, field)| form.value(field, stored(at)).trim().to_owned())
        .collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    if names.len() < MAX_OPTIONS {
        names.push(String::new());
    }
    for (at, name) in names.iter_mut().enumerate() {
        if name.is_empty() {
            *name = format!("Option {}", at + 1);
        }
    }
    names
}

fn table_row(
    at: usize,
    row: VariantForm,
    columns: &[String],
    form: &Form,
    currency: &str,
) -> AnyView {
    let cell = |field, value, heads: [&str; 2], kind| cell(at, field, value, heads, kind, form);
    let history = (!row.id.is_empty()).then(|| {
        let label = format!("History of variant {}", at + 1);
        let href = format!("/admin/stock/{}", row.id);
        view! {
            <a class="btn-text" href=href aria-label=label>
                {icon(Icon::Stock)}
                <span class="visually-hidden cell-word">"History"</span>
            </a>
        }
    });
    let options: Vec<_> = ["option1", "option2", "option3"]
        .into_iter()
        .zip([row.option1, row.option2, row.option3])
        .zip(columns)
        .map(|((field, value), head)| cell(field, value, [head, head], Kind::Text))
        .collect();
    let price = format!("Price ({currency})");
    let compare_at = format!("Compare-at ({currency})");
    view! {
        <tr>
            {cell("sku", row.sku, ["SKU", "SKU"], Kind::Code)}
            {options}
            {cell("price", row.price, [&price, "Price"], Kind::Amount)}
            {cell("compare_at", row.compare_at, [&compare_at, "Compare-at price"], Kind::Amount)}
            {cell("stock", row.stock, ["Stock", "Stock"], Kind::Number)}
            {cell("grams", row.grams, ["Grams", "Weight in grams"], Kind::Number)}
            <td class="cell-act">
                {hidden(at, "id", row.id)}
                {hidden(at, "stock_was", row.stock_was)}
                <div class="cell-tools">{history} {remove_box(at, &row.remove)}</div>
            </td>
        </tr>
    }
    .into_any()
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Code,
    Amount,
    Number,
}

fn cell(
    at: usize,
    field: &str,
    value: String,
    [head, words]: [&str; 2],
    kind: Kind,
    form: &Form,
) -> AnyView {
    let name = format!("variants[{at}][{field}]");
    let (class, inputmode, maxlength) = match kind {
        Kind::Text => ("input", None, Some(MAX_OPTION)),
        Kind::Code => ("input mono", None, Some(MAX_SKU)),
        Kind::Amount => ("input nums", Some("decimal"), None),
        Kind::Number => ("input nums", Some("numeric"), None),
    };
    let free = (field == "price" && is_zero(&value))
        .then(|| view! { <span class="badge badge-warn">"Free"</span> });
    let label = format!("{words} of variant {}", at + 1);
    view! {
        <td data-label=head.to_owned()>
            {cell_input(name, label, value, class, inputmode, maxlength, form)} {free}
        </td>
    }
    .into_any()
}

/// Whether a price as it is typed is none at all.
fn is_zero(price: &str) -> bool {
    price.contains('0') && price.chars().all(|c| matches!(c, '0' | '.' | ',' | ' '))
}

fn hidden(at: usize, field: &str, value: String) -> impl IntoView + use<> {
    view! { <input type="hidden" name=format!("variants[{at}][{field}]") value=value/> }
}

fn remove_box(at: usize, remove: &str) -> impl IntoView + use<> {
    view! {
        <label class="check">
            <input
                type="checkbox"
                name=format!("variants[{at}][remove]")
                value="1"
                checked=!remove.is_empty()
            />
            <span class="visually-hidden cell-word">
                "Remove"
                <span class="visually-hidden">{format!(" variant {}", at + 1)}</span>
            </span>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_of_nothing_is_known_however_it_is_typed() {
        for zero in ["0", "0.00", "0,00", " 0 "] {
            assert!(is_zero(zero), "{zero:?}");
        }
        for other in ["", ".", "10", "0.01", "free"] {
            assert!(!is_zero(other), "{other:?}");
        }
    }

    #[test]
    fn typed_rows_come_back_where_they_stood() {
        let typed = [
            ("title", "Boot"),
            ("variants[2][price]", "14x"),
            ("variants[0][id]", "v1"),
            ("variants[0][stock]", "3"),
            ("variants[999999][sku]", "far"),
            ("variants[x][sku]", "wrong"),
            ("variants[1][unknown]", "wrong"),
        ];
        let rows = typed_rows(&typed.map(|(n, v)| (n.to_owned(), v.to_owned())));
        assert_eq!(rows.len(), 3);
        assert_eq!((rows[0].id.as_str(), rows[0].stock.as_str()), ("v1", "3"));
        assert!(rows[1].is_blank());
        assert_eq!(rows[2].price, "14x");
    }
}
