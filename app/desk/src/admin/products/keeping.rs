//! What only the shop's staff see of variants: barcodes, what they cost, and how their stock is kept.

use app::{
    catalog::limits::MAX_BARCODE,
    locale::locale,
    money::{contained_tax, currency_digits, parse_amount},
    shop::shop,
    ui::{
        field::{cell_input, error_line},
        form::Form,
    },
};
use leptos::prelude::*;

use super::{text::Text, types::VariantForm};

/// Below the table of variants, with a row for each of its rows.
pub fn keeping_section(rows: &[VariantForm], form: &Form, currency: &str) -> AnyView {
    let text = Text::from(locale());
    let rows: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| table_row(at, row, form, currency))
        .collect();
    view! {
        <h3 class="panel-title" id="keeping">{text.keeping()}</h3>
        <div class="table-wrap" tabindex="0" role="region" aria-labelledby="keeping">
            <table
                class="table table-edit table-stack"
                id="keeping-rows"
                data-digits=currency_digits(currency)
                data-tax=shop().settings.tax_basis_points
                data-decimal=locale().separated(".")
            >
                <thead>
                    <tr>
                        <th scope="col">{text.variant()}</th>
                        <th scope="col">{text.barcode()}</th>
                        <th scope="col">{text.cost_in(currency)}</th>
                        <th scope="col">{text.margin()}</th>
                        <th scope="col">{text.stock_is()}</th>
                        <th scope="col">{text.backorder_limit()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="muted small">{text.keeping_hint()}</p>
    }
    .into_any()
}

fn table_row(at: usize, row: &VariantForm, form: &Form, currency: &str) -> AnyView {
    let text = Text::from(locale());
    let number = (at + 1).to_string();
    let value = |sent: &Option<String>| sent.clone().unwrap_or_default();
    let field = |field: &str, value: String, words: &str, class, inputmode, maxlength| {
        let name = format!("variants[{at}][{field}]");
        let label = text.what_of_variant(&number, words);
        cell_input(name, label, value, class, inputmode, maxlength, form)
    };
    let (barcode, cost, limit) = (
        field(
            "barcode",
            value(&row.barcode.0),
            text.barcode(),
            "input mono",
            Some("numeric"),
            Some(MAX_BARCODE),
        ),
        field(
            "cost",
            value(&row.cost.0),
            text.cost(),
            "input nums",
            Some("decimal"),
            None,
        ),
        field(
            "backorder_limit",
            value(&row.backorder_limit.0),
            text.backorder_limit(),
            "input nums",
            Some("numeric"),
            None,
        ),
    );
    view! {
        <tr>
            <th scope="row" class="cell-first">{name(at, row)}</th>
            <td data-label=text.barcode()>{barcode}</td>
            <td data-label=text.cost_in(currency)>{cost}</td>
            <td data-label=text.margin() data-margin=at class="nums">{shown_margin(row, currency)}</td>
            <td data-label=text.stock_is()>{tracking(at, row, form)}</td>
            <td data-label=text.backorder_limit()>{limit}</td>
        </tr>
    }
    .into_any()
}

/// What the variant is called: its options, its SKU, or the number of its row.
fn name(at: usize, row: &VariantForm) -> String {
    let options: Vec<&str> = [&row.option1, &row.option2, &row.option3]
        .into_iter()
        .map(|value| value.trim())
        .filter(|value| !value.is_empty())
        .collect();
    match (options.is_empty(), row.sku.trim()) {
        (false, _) => options.join(" / "),
        (true, "") => Text::from(locale()).row_number(&(at + 1).to_string()),
        (true, sku) => sku.to_owned(),
    }
}

fn tracking(at: usize, row: &VariantForm, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let name = format!("variants[{at}][tracked]");
    let label = text.what_of_variant(&(at + 1).to_string(), text.stock_is());
    let is_untracked = row.tracked.0.as_deref() == Some("0");
    let error = form.error(&name);
    view! {
        <select
            class="select"
            id=name.clone()
            name=name.clone()
            aria-label=label
            aria-invalid=error.is_some().then_some("true")
            aria-describedby=error.is_some().then(|| format!("{name}-error"))
        >
            <option value="1" selected=!is_untracked>
                {text.tracked()}
            </option>
            <option value="0" selected=is_untracked>
                {text.not_tracked()}
            </option>
        </select>
        {error_line(&name, error)}
    }
    .into_any()
}

/// What is left of the price as it is typed, if both amounts can be read. `admin-assets/margins.js` does the same
/// while they are typed.
fn shown_margin(row: &VariantForm, currency: &str) -> String {
    let cost = row.cost.0.as_deref().unwrap_or_default();
    let amounts = (
        parse_amount(&row.price, currency),
        parse_amount(cost, currency),
    );
    match amounts {
        (Ok(price), Ok(cost)) => {
            let share = margin(price, cost, shop().settings.tax_basis_points);
            let words = |share: i64| {
                let sign = if share < 0 { "−" } else { "" };
                format!("{sign}{}\u{a0}%", locale().percent(share.abs()))
            };
            share.map_or("–".to_owned(), words)
        }
        _ => "–".to_owned(),
    }
}

/// The part of the price without its tax that is left when the cost is paid: percent times 100. Nothing for what is given away.
fn margin(price_minor: i64, cost_minor: i64, tax_basis_points: i64) -> Option<i64> {
    let net = i128::from(price_minor - contained_tax(price_minor, tax_basis_points));
    if net <= 0 {
        return None;
    }
    // To one decimal, so that nobody reads more into it.
    let tenths = ((net - i128::from(cost_minor)) * 1000).div_euclid(net);
    i64::try_from(tenths * 10).ok()
}

#[cfg(test)]
mod tests {
    use super::margin;

    #[test]
    fn the_margin_is_what_is_left_of_the_price_without_its_tax() {
        assert_eq!(margin(11_900, 5_000, 1_900), Some(5_000));
        assert_eq!(margin(10_000, 5_000, 0), Some(5_000));
        assert_eq!(margin(300, 200, 0), Some(3_330));
        assert_eq!(margin(100, 150, 0), Some(-5_000), "sold at a loss");
        assert_eq!(margin(0, 150, 0), None);
        assert_eq!(margin(i64::MAX, i64::MAX, 0), Some(0));
    }
}
