//! Fields for an address.

use leptos::prelude::*;

use super::{Contact, text::Text};
use crate::{
    countries::local_name,
    locale::locale,
    places::state_names,
    shop::shop,
    ui::{
        field::{Need, SelectField, TextField},
        form::Form,
    },
};

/// The list of states to choose from while typing.
const STATES: &str = "states";

pub fn email_field(form: &Form, stored: &Contact, hint: &'static str) -> impl IntoView + use<> {
    let label = Text::from(locale()).email();
    view! {
        <TextField
            form
            name="email"
            label=label
            kind="email"
            autocomplete="email"
            hint=hint
            value=stored.email.clone()
        />
    }
}

pub fn phone_field(form: &Form, stored: &Contact) -> impl IntoView + use<> {
    let text = Text::from(locale());
    view! {
        <TextField
            form
            name="phone"
            label=text.phone()
            kind="tel"
            autocomplete="tel"
            need=Need::Optional
            hint=text.phone_hint()
            value=stored.phone.clone()
        />
    }
}

pub fn street_fields(form: &Form, stored: &Contact) -> impl IntoView + use<> {
    let text = Text::from(locale());
    view! {
        <TextField
            form
            name="name"
            label=text.full_name()
            autocomplete="name"
            value=stored.name.clone()
        />
        <TextField
            form
            name="address_line1"
            label=text.street()
            autocomplete="address-line1"
            value=stored.address_line1.clone()
        />
        {more_of_address(form, stored)}
    }
}

/// Folded up: few addresses need it.
fn more_of_address(form: &Form, stored: &Contact) -> impl IntoView + use<> {
    const NAME: &str = "address_line2";
    let text = Text::from(locale());
    let stored = stored.address_line2.clone();
    let is_open = !form.value(NAME, stored.clone()).is_empty() || form.error(NAME).is_some();
    view! {
        <details class="field-more" open=is_open>
            <summary>{text.add_more_of_address()}</summary>
            <TextField
                form
                name=NAME
                label=text.more_of_address()
                autocomplete="address-line2"
                need=Need::Optional
                value=stored
            />
        </details>
    }
}

pub fn place_fields(form: &Form, stored: &Contact) -> impl IntoView + use<> {
    let text = Text::from(locale());
    view! {
        <TextField
            form
            name="postal_code"
            label=text.postal_code()
            autocomplete="postal-code"
            class="col-third"
            need=Need::Unmarked
            hint=text.postal_code_hint()
            value=stored.postal_code.clone()
        />
        <TextField
            form
            name="city"
            label=text.city()
            autocomplete="address-level2"
            class="col-two-thirds"
            value=stored.city.clone()
        />
        <TextField
            form
            name="state"
            label=text.state()
            autocomplete="address-level1"
            list=STATES
            need=Need::Optional
            hint=text.state_hint()
            value=stored.state.clone()
        />
        <datalist id=STATES>
            {state_names().map(|name| view! { <option value=name></option> }).collect_view()}
        </datalist>
    }
}

/// Comes first: what else an address needs depends on it.
pub fn country_field(form: &Form, stored: &Contact) -> impl IntoView + use<> {
    let country = match stored.country.as_str() {
        "" => usual_country(),
        country => country.to_owned(),
    };
    view! {
        <SelectField
            form
            name="country"
            label=Text::from(locale()).country()
            autocomplete="country"
            options=countries(&country)
            value=country
        />
    }
}

/// Chosen before the shopper chooses: the seller's own country, or the only one there is; none where the
/// shop does not deliver there.
fn usual_country() -> String {
    let settings = shop().settings;
    let delivered = &settings.delivers_to;
    let own = &settings.seller.country;
    match delivered.named().as_slice() {
        [(only, _)] => (*only).to_owned(),
        _ if delivered.contains(own) => own.clone(),
        _ => String::new(),
    }
}

/// Where the shop delivers, by name, behind a choice that is none. A country that was given before and
/// is none of them any more stays, so that what is refused can be seen.
fn countries(stored: &str) -> Vec<(String, String)> {
    let choice = |code: &str, name: &str| (code.to_owned(), name.to_owned());
    let settings = shop().settings;
    let delivered = &settings.delivers_to;
    let gone = match local_name(stored) {
        Some(name) if !delivered.contains(stored) => Some(choice(stored, name)),
        _ => None,
    };
    let named = delivered.named().into_iter();
    [choice("", Text::from(locale()).choose_a_country())]
        .into_iter()
        .chain(named.map(|(code, name)| choice(code, name)))
        .chain(gone)
        .collect()
}
