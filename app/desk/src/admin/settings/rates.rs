//! The ways parcels travel, in the settings' form: one row each, with an empty one for a new way.

use app::{
    delivery::Handover,
    ui::{
        field::{cell_input, error_line},
        form::Form,
    },
};
use leptos::prelude::*;

use super::{said, types::RateForm};
use crate::admin::{
    products::editing::parse_name,
    translations::{links::links_to, ports::Group},
};

/// The rows to show: as typed in a refused form, else as they are set; with an empty one behind.
fn rows(current: &[RateForm], form: &Form) -> Vec<RateForm> {
    let mut rows = match form.values() {
        Some(values) => typed_rows(values),
        None => current.to_vec(),
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
            "days_from" => row.days_from.clone_from(value),
            "days_to" => row.days_to.clone_from(value),
            "handover" => row.handover.clone_from(value),
            _ => {}
        }
    }
    rows
}

/// If someone else has saved meanwhile, what is set is said where it differs. `dispatch` is the field for what their
/// days count from.
pub fn rates_section(
    current: &[RateForm],
    form: &Form,
    currency: &str,
    dispatch: AnyView,
) -> AnyView {
    let rows: Vec<_> = rows(current, form)
        .into_iter()
        .enumerate()
        .map(|(at, rate)| row(at, rate, form, currency))
        .collect();
    let by_now = (form.is_overtaken()
        && typed_rows(form.values().unwrap_or_default()) != with_blank(current))
    .then(|| {
        let list: Vec<_> = current
            .iter()
            .map(|rate| {
                let free = match rate.free_from.as_str() {
                    "" => String::new(),
                    from => said().and_free_from(from),
                };
                let days = match (rate.days_from.as_str(), rate.days_to.as_str()) {
                    ("", _) | (_, "") => String::new(),
                    (from, to) => said().and_days(from, to),
                };
                view! { <li>{format!("{}: {}{free}{days}", rate.name, rate.price)}</li> }
            })
            .collect();
        view! {
            <div class="field-hint">
                <p>{said().current_values()}</p>
                <ul>{list}</ul>
            </div>
        }
    });
    view! {
        <div class="stack admin-wide">
            <h2 class="panel-title" id="rates">{said().shipping()}</h2>
            {by_now}
            <div class="table-wrap" tabindex="0" role="region" aria-labelledby="rates">
                <table class="table table-edit table-stack">
                    <thead>
                        <tr>
                            <th scope="col">{said().name()}</th>
                            <th scope="col">{said().description()}</th>
                            <th scope="col">{said().price_in(currency)}</th>
                            <th scope="col">{said().free_from_in(currency)}</th>
                            <th scope="col">{said().days_from()}</th>
                            <th scope="col">{said().days_to()}</th>
                            <th scope="col">{said().handover()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="muted small">
                {said().rates_why()}
            </p>
            <p class="muted small">
                {said().days_why()}
            </p>
            <div class="form-grid">{dispatch}</div>
            <div class="row">{links_to(Group::Shipping)}</div>
        </div>
    }
    .into_any()
}

/// As the form sends it if nothing is typed.
fn with_blank(current: &[RateForm]) -> Vec<RateForm> {
    let mut rows = current.to_vec();
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
        let label = said().of_method(&(at + 1).to_string(), words);
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
    let (price, free) = (said().price_in(currency), said().free_from_in(currency));
    let price = [price.as_str(), said().price()];
    let free = [free.as_str(), said().free_threshold()];
    let (title, words) = (said().name(), said().description());
    let (from, to) = (said().days_from(), said().days_to());
    let (amount, days) = (Some("decimal"), Some("numeric"));
    view! {
        <tr>
            {cell("name", rate.name, [title, title], "input", None)}
            {cell("description", rate.description, [words, words], "input", None)}
            {cell("price", rate.price, price, "input nums", amount)}
            {cell("free_from", rate.free_from, free, "input nums", amount)}
            {cell("days_from", rate.days_from, [from, from], "input nums", days)}
            {cell("days_to", rate.days_to, [to, to], "input nums", days)}
            {handover(at, &rate.handover, form)}
        </tr>
    }
    .into_any()
}

/// Whether it is brought or fetched. The empty choice is the usual one, so that a row in which nothing is
/// typed says nothing.
fn handover(at: usize, chosen: &str, form: &Form) -> impl IntoView + use<> {
    let name = format!("rates[{at}][handover]");
    let label = said().of_method(&(at + 1).to_string(), said().handover());
    let error = form.error(&name);
    let collection = Handover::Collection.as_str();
    view! {
        <td data-label=said().handover()>
            <select
                class="select"
                id=name.clone()
                name=name.clone()
                aria-label=label
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=error.is_some().then(|| format!("{name}-error"))
            >
                <option value="">{said().delivered()}</option>
                <option value=collection selected={chosen == collection}>
                    {said().collected()}
                </option>
            </select>
            {error_line(&name, error)}
        </td>
    }
}
