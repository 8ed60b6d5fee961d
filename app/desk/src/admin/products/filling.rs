//! One price and one stock for all variants at once.

use app::{
    error::ShopError,
    locale::locale,
    ui::{
        field::{Need, TextField},
        form::Form,
    },
};
use leptos::prelude::*;

use super::{
    editing::{DRAFT, Values, set, value},
    text::Text,
    variants::typed_rows,
};

/// What `do` says for it.
pub const FILL: &str = "fill";

/// Fields of the form, and of a row what they fill.
const FIELDS: [(&str, &str); 2] = [("all_price", "price"), ("all_stock", "stock")];

/// Above the table of variants. Without script the page comes back filled in; nothing is saved.
pub fn fill_section(form: &Form, currency: &str) -> AnyView {
    let text = Text::from(locale());
    view! {
        <fieldset class="fill-all">
            <legend class="field-label">{text.set_for_all()}</legend>
            <TextField
                form
                name="all_price"
                label=text.price_of_all(currency)
                need=Need::Unmarked
                inputmode="decimal"
            />
            <TextField
                form
                name="all_stock"
                label=text.stock_of_all()
                need=Need::Unmarked
                inputmode="numeric"
            />
            <button class="btn" type="submit" formaction=DRAFT name="do" value=FILL>
                {text.fill_in()}
            </button>
        </fieldset>
    }
    .into_any()
}

/// Writes what was typed for all into each row that is a variant. What is wrong with it is said when
/// the product is saved, in the rows.
pub(super) fn fill(values: &mut Values) -> Result<(), ShopError> {
    let wanted: Vec<(&str, &str, String)> = FIELDS
        .into_iter()
        .map(|(all, field)| (all, field, value(values, all).trim().to_owned()))
        .filter(|(_, _, text)| !text.is_empty())
        .collect();
    if wanted.is_empty() {
        let words = Text::from(locale()).fill_wanted();
        return Err(ShopError::field("all_price", words));
    }
    let rows = typed_rows(values);
    let filled = rows.iter().enumerate();
    let filled: Vec<usize> = filled
        .filter(|(_, row)| !row.is_blank() && row.remove.is_empty())
        .map(|(at, _)| at)
        .collect();
    for (all, field, text) in wanted {
        for at in &filled {
            set(values, format!("variants[{at}][{field}]"), text.clone());
        }
        set(values, all.to_owned(), String::new());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pairs: &[(&str, &str)]) -> Result<Values, ShopError> {
        let pairs = pairs.iter();
        let mut values: Values = pairs
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        fill(&mut values).map(|()| values)
    }

    #[test]
    fn every_variant_gets_what_was_typed_and_empty_rows_stay_empty() {
        let values = filled(&[
            ("all_price", " 12.50 "),
            ("all_stock", ""),
            ("variants[0][id]", "v1"),
            ("variants[0][price]", "9"),
            ("variants[0][stock]", "3"),
            ("variants[1][option1]", "Large"),
            ("variants[2][price]", "1"),
            ("variants[2][remove]", "1"),
            ("variants[3][price]", ""),
        ])
        .unwrap();
        for (name, is) in [
            ("variants[0][price]", "12.50"),
            ("variants[0][stock]", "3"),
            ("variants[1][price]", "12.50"),
            ("variants[2][price]", "1"),
            ("variants[3][price]", ""),
            ("all_price", ""),
        ] {
            assert_eq!(value(&values, name), is, "{name}");
        }
    }

    #[test]
    fn nothing_to_fill_in_is_said() {
        let error = filled(&[("variants[0][id]", "v1")]).unwrap_err();
        assert_eq!(error.fields[0].field, "all_price");
    }
}
