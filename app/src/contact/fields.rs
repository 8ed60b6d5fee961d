//! Fields for an address.

use leptos::prelude::*;

use super::Contact;
use crate::{
    countries::country_name,
    places::state_names,
    shop::shop,
    ui::{
        field::{Need, SelectField, TextField},
        form::Form,
    },
};

/// The list of states to choose from while typing.
const STATES: &str = "states";

pub fn street_fields(form: &Form, stored: &Contact) -> impl IntoView + use<> {
    view! {
        <TextField
            form
            name="name"
            label="Full name"
            autocomplete="name"
            value=stored.name.clone()
        />
        <TextField
            form
            name="address_line1"
            label="Street and number"
            autocomplete="address-line1"
            value=stored.address_line1.clone()
        />
        <TextField
            form
            name="address_line2"
            label="Flat, floor, company"
            autocomplete="address-line2"
            need=Need::Optional
            value=stored.address_line2.clone()
        />
    }
}

pub fn place_fields(form: &Form, stored: &Contact) -> impl IntoView + use<> {
    view! {
        <TextField
            form
            name="postal_code"
            label="Postal code"
            autocomplete="postal-code"
            class="col-third"
            need=Need::Unmarked
            hint="Leave it empty if your address has none."
            value=stored.postal_code.clone()
        />
        <TextField
            form
            name="city"
            label="Town or city"
            autocomplete="address-level2"
            class="col-two-thirds"
            value=stored.city.clone()
        />
        <TextField
            form
            name="state"
            label="State or province"
            autocomplete="address-level1"
            list=STATES
            need=Need::Optional
            hint="Required in Australia, Brazil, Canada, China, India, Japan, Mexico and the \
                  United States."
            value=stored.state.clone()
        />
        <datalist id=STATES>
            {state_names().map(|name| view! { <option value=name></option> }).collect_view()}
        </datalist>
        <SelectField
            form
            name="country"
            label="Country"
            autocomplete="country"
            options=countries(&stored.country)
            value=stored.country.clone()
        />
    }
}

/// Where the shop delivers, by name, behind a choice that is none. A country that was given before and
/// is none of them any more stays, so that what is refused can be seen.
fn countries(stored: &str) -> Vec<(String, String)> {
    let choice = |code: &str, name: &str| (code.to_owned(), name.to_owned());
    let settings = shop().settings;
    let delivered = &settings.delivers_to;
    let gone = match country_name(stored) {
        Some(name) if !delivered.contains(stored) => Some(choice(stored, name)),
        _ => None,
    };
    let named = delivered.named().into_iter();
    [choice("", "Choose a country")]
        .into_iter()
        .chain(named.map(|(code, name)| choice(code, name)))
        .chain(gone)
        .collect()
}
