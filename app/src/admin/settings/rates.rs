//! The ways parcels travel, in the settings' form: one row each, with an empty one for a new way.

use leptos::prelude::*;

use super::types::RateForm;
use crate::{
    admin::products::editing::parse_name,
    ui::{field::cell_input, form::Form},
};

/// The rows to show: as typed in a refused form, else as they stand; with an empty one behind.
fn rows(stands: &[RateForm], form: &Form) -> Vec<RateForm> {
    let mut rows = match form.values() {
        Some(values) => typed_rows(values),
        None => stands.to_vec(),
    };
    if rows.last() != Some(&RateForm::default()) {
        rows.push(RateForm::default());
    }
    rows
}

fn typed_rows(values: &[(String, String)]) -> Vec<RateForm> {
    let mut rows: Vec<RateForm> = Vec::new();
    for (name, value) in values {
        let Some((at, field)) = parse_name(name, "rates") else {
            continue;
        };
        if at >= rows.len() {
            rows.resize_with(at + 1, RateForm::default);
        }
        let row = &mut rows[at];
        match field {
            "id" => row.id.clone_from(value),
            "name" => row.name.clone_from(value),
            "description" => row.description.clone_from(value),
            "price" => row.price.clone_from(value),
            "free_from" => row.free_from.clone_from(value),
            _ => {}
        }
    }
    rows
}

/// `is_overtaken`: somebody else has saved meanwhile, so what stands is said where it differs.
pub fn rates_section(
    stands: &[RateForm],
    form: &Form,
    currency: &str,
    is_overtaken: bool,
) -> AnyView {
    let rows: Vec<_> = rows(stands, form)
        .into_iter()
        .enumerate()
        .map(|(at, rate)| row(at, rate, form, currency))
        .collect();
    let by_now = (is_overtaken
        && typed_rows(form.values().unwrap_or_default()) != with_blank(stands))
    .then(|| {
        let list: Vec<_> = stands
            .iter()
            .map(|rate| {
                let free = match rate.free_from.as_str() {
                    "" => String::new(),
                    from => format!(", free from {from}"),
                };
                view! { <li>{format!("{}: {}{free}", rate.name, rate.price)}</li> }
            })
            .collect();
        view! {
            <div class="field-hint">
                <p>"Current values:"</p>
                <ul>{list}</ul>
            </div>
        }
    });
    view! {
        <div class="stack admin-wide">
            <h2 class="panel-title" id="rates">"Shipping"</h2>
            {by_now}
            <div class="table-wrap" tabindex="0" role="region" aria-labelledby="rates">
                <table class="table table-edit table-stack">
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col">"Description"</th>
                            <th scope="col">{format!("Price ({currency})")}</th>
                            <th scope="col">{format!("Free from ({currency})")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="muted small">
                "Add a shipping method in the empty row; another appears when you save. Clear the \
                 name to remove a method; earlier orders keep it. Leave “free from” empty for \
                 never."
            </p>
        </div>
    }
    .into_any()
}

/// As the form sends it if nothing is typed.
fn with_blank(stands: &[RateForm]) -> Vec<RateForm> {
    let mut rows = stands.to_vec();
    rows.push(RateForm::default());
    rows
}

fn row(at: usize, rate: RateForm, form: &Form, currency: &str) -> AnyView {
    let mut id = Some(rate.id);
    let mut cell = |field: &str,
                    value: String,
                    [head, words]: [&str; 2],
                    class,
                    inputmode: Option<&'static str>| {
        let name = format!("rates[{at}][{field}]");
        let label = format!("{words} of method {}", at + 1);
        let wide = (field == "description").then_some("cell-wide");
        let id = id.take().map(|id| {
            view! { <input type="hidden" name=format!("rates[{at}][id]") value=id/> }
        });
        view! {
            <td class=wide data-label=head.to_owned()>
                {id}
                {cell_input(name, label, value, class, inputmode, None, form)}
            </td>
        }
    };
    let price = format!("Price ({currency})");
    let free = format!("Free from ({currency})");
    let (price, free) = ([&price, "Price"], [&free, "Free delivery threshold"]);
    let amount = Some("decimal");
    view! {
        <tr>
            {cell("name", rate.name, ["Name", "Name"], "input", None)}
            {cell("description", rate.description, ["Description", "Description"], "input", None)}
            {cell("price", rate.price, price, "input nums", amount)}
            {cell("free_from", rate.free_from, free, "input nums", amount)}
        </tr>
    }
    .into_any()
}
