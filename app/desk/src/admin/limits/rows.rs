//! The limits' form as a table: a row for the shop, or for a product and each of its variants.

use app::{
    locale::locale,
    ui::{field::cell_input, form::Form},
};
use leptos::prelude::*;

use super::{
    ports::{LimitRow, LimitsView},
    text::Text,
};

pub fn rows(view: &LimitsView, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let whole = match view.product {
        Some(_) => text.whole_product(),
        None => text.whole_shop(),
    };
    let rows: Vec<_> = view
        .rows
        .iter()
        .enumerate()
        .map(|(at, limit)| row(at, limit, whole, form))
        .collect();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=text.limits()>
            <table class="table table-edit table-stack">
                <thead>
                    <tr>
                        <th scope="col">{text.what()}</th>
                        <th scope="col">{text.units()}</th>
                        <th scope="col">{text.days()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// As typed, or as it is set. After someone else has saved, what they set is said below.
fn row(at: usize, limit: &LimitRow, whole: &str, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let called = match limit.name.as_str() {
        "" => whole.to_owned(),
        name => name.to_owned(),
    };
    let current = limit.current;
    let units = current.map(|current| current.units.to_string());
    let days = current.map(|current| match current.days {
        0 => String::new(),
        days => days.to_string(),
    });
    let cell = |field: &str, head: &str, current: String| {
        let name = format!("limits[{at}][{field}]");
        let typed = form.value(&name, current.clone());
        let by_now = (form.is_overtaken() && typed.trim() != current).then(|| {
            let words = match current.as_str() {
                "" => text.now_empty().to_owned(),
                current => text.now(current),
            };
            view! { <p class="field-hint">{words}</p> }
        });
        let label = text.of_what(head, &called);
        view! {
            <td data-label=head.to_owned()>
                {cell_input(name, label, typed, "input nums", Some("numeric"), Some(5), form)} {by_now}
            </td>
        }
        .into_any()
    };
    let units = cell("units", text.units(), units.unwrap_or_default());
    let days = cell("days", text.days(), days.unwrap_or_default());
    let name = format!("limits[{at}][variant]");
    view! {
        <tr>
            <td data-label=text.what()>
                <input type="hidden" name=name value=limit.variant.clone()/>
                {called.clone()}
            </td>
            {units}
            {days}
        </tr>
    }
    .into_any()
}
