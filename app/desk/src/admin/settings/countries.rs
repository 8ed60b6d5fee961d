//! Where the shop delivers, in the settings' form: a box for each country, by region.

use app::{
    countries::{DeliveryCountries, EVERYWHERE, REGIONS, Region},
    ui::{
        field::error_line,
        form::Form,
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

use super::said;

const COUNTRIES: &str = "countries[]";
const ADD_REGIONS: &str = "add_regions[]";

/// As ticked in a refused form, else as they are set.
fn ticked(current: &DeliveryCountries, form: &Form) -> DeliveryCountries {
    let Some(values) = form.values() else {
        return current.clone();
    };
    let mut named = values
        .iter()
        .filter(|(name, _)| name == COUNTRIES)
        .peekable();
    if named.peek().is_none() {
        return current.clone();
    }
    DeliveryCountries::of(named.map(|(_, code)| code.as_str()))
}

/// If someone else has saved meanwhile, what is set is said if it differs.
pub fn countries_section(current: &DeliveryCountries, form: &Form) -> AnyView {
    let ticked = ticked(current, form);
    let by_now = (form.is_overtaken() && ticked != *current).then(|| {
        let names: Vec<_> = current.named().into_iter().map(|(_, name)| name).collect();
        let words = said().current_list(&names.join(", "));
        view! { <p class="field-hint">{words}</p> }
    });
    let regions: Vec<_> = REGIONS
        .iter()
        .map(|region| region_boxes(region, &ticked, form))
        .collect();
    let error = form.error("countries");
    view! {
        <section class="panel admin-wide stack" id="countries" aria-labelledby="delivers-to">
            <h2 class="panel-title" id="delivers-to">{said().countries()}</h2>
            {error_line("countries", error)}
            {by_now}
            // So that a form on which nothing is ticked says so.
            <input type="hidden" name=COUNTRIES value=""/>
            {add_box(EVERYWHERE, said().add_all_countries(), form)}
            {regions}
            <p class="muted small">
                {said().countries_why()}
            </p>
        </section>
    }
    .into_any()
}

fn add_box(id: &'static str, words: &'static str, form: &Form) -> AnyView {
    let checked = form
        .values()
        .unwrap_or_default()
        .iter()
        .any(|(name, value)| name == ADD_REGIONS && value == id);
    view! {
        <label class="check">
            <input type="checkbox" name=ADD_REGIONS value=id checked=checked/>
            <span>{words}</span>
        </label>
    }
    .into_any()
}

fn region_boxes(region: &'static Region, ticked: &DeliveryCountries, form: &Form) -> AnyView {
    let codes = region.countries.iter().map(|(code, _)| *code);
    let boxes: Vec<_> = DeliveryCountries::of(codes)
        .named()
        .into_iter()
        .map(|(code, name)| {
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        name=COUNTRIES
                        value=code
                        checked=ticked.contains(code)
                    />
                    <span>{name}</span>
                </label>
            }
        })
        .collect();
    let all = region.countries.len();
    let some = region
        .countries
        .iter()
        .filter(|(code, _)| ticked.contains(code))
        .count();
    view! {
        <details class="fold">
            <summary>
                {icon(Icon::Chevron)}
                {said().region(region.id)}
                <span class="muted nums">{said().some_of_all(&all.to_string(), &some.to_string())}</span>
            </summary>
            {(some < all).then(|| add_box(region.id, said().add_all(), form))}
            <div class="countries-boxes">{boxes}</div>
        </details>
    }
    .into_any()
}
