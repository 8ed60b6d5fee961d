//! First step: who orders, and where the parcel goes.

use leptos::prelude::*;

use super::steps::{Step, form_actions};
use crate::{
    checkout::types::Draft,
    contact::{
        Contact,
        fields::{place_fields, street_fields},
    },
    ui::{
        field::{Need, TextField, refusal_of},
        form::{Form, PageField},
    },
};

/// `known` is what the account of whoever is signed in knows already.
pub fn contact_step(draft: &Draft, known: Option<Contact>) -> AnyView {
    let form = Form::of(Step::Contact.action());
    let is_guest = known.is_none();
    let stored = draft.contact.clone().or(known).unwrap_or_default();
    view! {
        {is_guest.then(|| {
            view! {
                <p class="muted form-section">
                    "Already have an account? "
                    <a class="link" href="/account/sign-in?next=/checkout">"Sign in"</a>
                    " for faster checkout."
                </p>
            }
        })}
        <form action=Step::Contact.action() method="post" novalidate>
            <PageField/>
            {refusal_of(&form)}
            <fieldset class="form-section">
                <legend>"Contact"</legend>
                <div class="form-grid">{contact_fields(&form, &stored)}</div>
            </fieldset>
            <fieldset class="form-section">
                <legend>"Delivery address"</legend>
                <div class="form-grid">
                    {street_fields(&form, &stored)} {place_fields(&form, &stored)}
                </div>
            </fieldset>
            {form_actions(("/cart".to_owned(), "Back to cart"), "Continue to shipping".to_owned())}
        </form>
    }
    .into_any()
}

fn contact_fields(form: &Form, stored: &Contact) -> impl IntoView + use<> {
    view! {
        <TextField
            form
            name="email"
            label="E-mail"
            kind="email"
            autocomplete="email"
            hint="You’ll need it to find your order."
            value=stored.email.clone()
        />
        <TextField
            form
            name="phone"
            label="Phone"
            kind="tel"
            autocomplete="tel"
            need=Need::Optional
            hint="In case the courier needs to reach you."
            value=stored.phone.clone()
        />
    }
}
