//! The table of a product's variants, with empty rows for new ones.

use app::{
    catalog::limits::{MAX_OPTION, MAX_OPTIONS, MAX_SKU},
    locale::locale,
    money::{parse_amount, plain_amount},
    ui::{
        field::cell_input,
        form::Form,
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

use super::{
    editing::parse_name,
    filling::fill_section,
    keeping::keeping_section,
    text::Text,
    types::{AdminProduct, AdminVariant, NO_PICTURE, Sent, VariantForm},
    variant_pictures::{PictureChoice, picture_cell, picture_head, shared_list},
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
    VariantForm {
        id: variant.id.clone(),
        option1: option(0),
        option2: option(1),
        option3: option(2),
        sku: variant.sku.clone(),
        price: plain_amount(variant.price_minor, currency),
        compare_at: amount_of(variant.compare_at_minor, currency),
        stock: variant.stock.to_string(),
        stock_was: variant.stock.to_string(),
        grams: variant.grams.to_string(),
        picture: picture_of(variant.picture_src.as_deref()),
        barcode: sent(variant.barcode.clone().unwrap_or_default()),
        cost: sent(amount_of(variant.cost_minor, currency)),
        tracked: sent(flag(variant.tracked).to_owned()),
        backorder_limit: sent(variant.backorder_limit.to_string()),
        remove: String::new(),
    }
}

pub fn sent(text: String) -> Sent {
    Sent(Some(text))
}

/// An amount that need not be there, as a form says it.
pub fn amount_of(minor: Option<i64>, currency: &str) -> String {
    minor.map_or(String::new(), |minor| plain_amount(minor, currency))
}

pub const fn flag(is_so: bool) -> &'static str {
    if is_so { "1" } else { "0" }
}

/// A variant's picture as its form says it.
pub fn picture_of(src: Option<&str>) -> String {
    src.unwrap_or(NO_PICTURE).to_owned()
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
        "picture" => &mut row.picture,
        "barcode" => row.barcode.0.get_or_insert_default(),
        "cost" => row.cost.0.get_or_insert_default(),
        "tracked" => row.tracked.0.get_or_insert_default(),
        "backorder_limit" => row.backorder_limit.0.get_or_insert_default(),
        "remove" => &mut row.remove,
        _ => return None,
    })
}

/// The table. There is always a column for one more option than the product has.
pub fn variants_section(product: &AdminProduct, form: &Form, currency: &str) -> AnyView {
    let text = Text::from(locale());
    let columns = columns(product, form);
    let heads: Vec<_> = columns
        .iter()
        .map(|name| view! { <th scope="col">{name.clone()}</th> })
        .collect();
    let rows = rows(product, form, currency);
    let keeping = keeping_section(&rows, form, currency);
    let choice = PictureChoice::of(rows.len(), product.pictures.len());
    let rows: Vec<_> = rows
        .into_iter()
        .enumerate()
        .map(|(at, row)| {
            let picture = picture_cell(at, &row, product, choice, form);
            table_row(at, row, &columns, picture, form, currency)
        })
        .collect();
    let shared = (choice == PictureChoice::Shared).then(|| shared_list(product));
    view! {
        <div class="stack admin-wide">
            <h2 class="panel-title" id="variants">{text.variants()}</h2>
            {fill_section(form, currency)}
            <div class="table-wrap" tabindex="0" role="region" aria-labelledby="variants">
                <table class="table table-edit table-stack">
                    <thead>
                        <tr>
                            <th scope="col">{text.sku()}</th>
                            {heads}
                            <th scope="col">{text.price_in(currency)}</th>
                            <th scope="col">{text.compare_at_in(currency)}</th>
                            <th scope="col">{text.stock()}</th>
                            <th scope="col">{text.grams()}</th>
                            {picture_head(product)}
                            <th scope="col">{text.remove()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {shared}
            <p class="muted small">{text.variants_hint()}</p>
            {keeping}
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
            *name = Text::from(locale()).option_number(&(at + 1).to_string());
        }
    }
    names
}

fn table_row(
    at: usize,
    row: VariantForm,
    columns: &[String],
    picture: AnyView,
    form: &Form,
    currency: &str,
) -> AnyView {
    let text = Text::from(locale());
    let cell =
        |field, value, heads: [&str; 2], kind| cell(at, field, value, heads, kind, form, currency);
    let history = (!row.id.is_empty()).then(|| {
        let label = text.history_of_variant(&(at + 1).to_string());
        let href = format!("/admin/stock/{}", row.id);
        view! {
            <a class="btn-text" href=href aria-label=label>
                {icon(Icon::Stock)}
                <span class="visually-hidden cell-word">{text.history()}</span>
            </a>
        }
    });
    let options: Vec<_> = ["option1", "option2", "option3"]
        .into_iter()
        .zip([row.option1, row.option2, row.option3])
        .zip(columns)
        .map(|((field, value), head)| cell(field, value, [head, head], Kind::Text))
        .collect();
    let (price, compare_at) = (text.price_in(currency), text.compare_at_in(currency));
    view! {
        <tr>
            {cell("sku", row.sku, [text.sku(), text.sku()], Kind::Code)}
            {options}
            {cell("price", row.price, [&price, text.price()], Kind::Amount)}
            {cell(
                "compare_at",
                row.compare_at,
                [&compare_at, text.compare_at_price()],
                Kind::Amount,
            )}
            {cell("stock", row.stock, [text.stock(), text.stock()], Kind::Number)}
            {cell("grams", row.grams, [text.grams(), text.weight_in_grams()], Kind::Number)}
            {picture}
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
    currency: &str,
) -> AnyView {
    let text = Text::from(locale());
    let name = format!("variants[{at}][{field}]");
    let (class, inputmode, maxlength) = match kind {
        Kind::Text => ("input", None, Some(MAX_OPTION)),
        Kind::Code => ("input mono", None, Some(MAX_SKU)),
        Kind::Amount => ("input nums", Some("decimal"), None),
        Kind::Number => ("input nums", Some("numeric"), None),
    };
    let free = (field == "price" && is_zero(&value, currency))
        .then(|| view! { <span class="badge badge-warn">{text.free()}</span> });
    let label = text.what_of_variant(&(at + 1).to_string(), words);
    view! {
        <td data-label=head.to_owned()>
            {cell_input(name, label, value, class, inputmode, maxlength, form)} {free}
        </td>
    }
    .into_any()
}

/// Whether a price as it is typed is none at all.
fn is_zero(price: &str, currency: &str) -> bool {
    parse_amount(price, currency) == Ok(0)
}

fn hidden(at: usize, field: &str, value: String) -> impl IntoView + use<> {
    view! { <input type="hidden" name=format!("variants[{at}][{field}]") value=value/> }
}

fn remove_box(at: usize, remove: &str) -> impl IntoView + use<> {
    let text = Text::from(locale());
    view! {
        <label class="check">
            <input
                type="checkbox"
                name=format!("variants[{at}][remove]")
                value="1"
                checked=!remove.is_empty()
            />
            <span class="visually-hidden cell-word">
                {text.remove()}
                <span class="visually-hidden">{text.remove_which(&(at + 1).to_string())}</span>
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
            assert!(is_zero(zero, "EUR"), "{zero:?}");
        }
        for other in ["", ".", "10", "0.01", "free"] {
            assert!(!is_zero(other, "EUR"), "{other:?}");
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
