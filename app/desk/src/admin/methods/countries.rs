//! Where a payment method is offered: a box for each country that the shop delivers to.

use app::{
    countries::DeliveryCountries,
    ui::{
        field::error_line,
        form::Form,
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

use super::{
    ports::{MethodView, MethodsView},
    said,
};

/// As ticked in a refused form, else as they are.
fn ticked(form: &Form, name: &str, present: &DeliveryCountries) -> DeliveryCountries {
    match form.values() {
        None => present.clone(),
        Some(values) => {
            let typed = values.iter().filter(|(field, _)| field == name);
            DeliveryCountries::of(typed.map(|(_, code)| code.as_str()))
        }
    }
}

pub fn countries(form: &Form, view: &MethodsView, one: &MethodView) -> AnyView {
    let field = format!("methods[{}][countries]", one.method);
    let name = format!("{field}[]");
    let ticked = ticked(form, &name, &one.countries);
    // What is ticked is shown although nothing is delivered there any more: unseen, it would be lost, and
    // none ticked is everywhere.
    let shown = view.delivers_to.clone().with(ticked.clone());
    let some = match ticked.len() {
        0 => said().all_countries().to_owned(),
        some => said().some_countries(&shown.len().to_string(), &some.to_string()),
    };
    let boxes: Vec<_> = shown
        .named()
        .into_iter()
        .map(|(code, words)| {
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        name=name.clone()
                        value=code
                        checked=ticked.contains(code)
                    />
                    <span>{words}</span>
                </label>
            }
        })
        .collect();
    let error = form.error(&field);
    view! {
        <div class="field" id=field.clone()>
            <details class="fold" open=error.is_some()>
                <summary>
                    {icon(Icon::Chevron)} {said().countries()} <span class="muted nums">{some}</span>
                </summary>
                <p class="field-hint">{said().countries_hint()}</p>
                <div class="countries-boxes">{boxes}</div>
            </details>
            {error_line(&field, error)}
        </div>
    }
    .into_any()
}
