//! First step: who orders, and where the parcel goes.

use app::{
    checkout::{text::Text, types::Draft},
    contact::{
        Contact,
        fields::{country_field, email_field, phone_field, place_fields, street_fields},
    },
    locale::{href, locale},
    ui::{
        field::refusal_of,
        form::{Form, PageField},
    },
};
use leptos::prelude::*;

use super::{
    particulars::{billing_fields, business_fields, note_field},
    steps::{Step, form_actions},
};

/// `known` is what the account that is signed in knows already.
pub fn contact_step(draft: &Draft, known: Option<Contact>) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(Step::Contact.action());
    let is_guest = known.is_none();
    let particulars = &draft.particulars;
    let stored = draft.contact.clone().or(known).unwrap_or_default();
    view! {
        {is_guest.then(|| {
            view! {
                <p class="muted form-section">
                    {text.have_an_account()}
                    " "
                    <a class="link" href=href("/account/sign-in?next=/checkout")>
                        {text.sign_in()}
                    </a>
                    " "
                    {text.for_faster_checkout()}
                </p>
            }
        })}
        <form action=href(Step::Contact.action()) method="post" novalidate>
            <PageField/>
            {refusal_of(&form)}
            <fieldset class="form-section">
                <legend>{text.contact()}</legend>
                <div class="form-grid">
                    {email_field(&form, &stored, text.email_hint())} {phone_field(&form, &stored)}
                </div>
            </fieldset>
            <fieldset class="form-section">
                <legend>{text.delivery_address()}</legend>
                <div class="form-grid">
                    {country_field(&form, &stored)} {street_fields(&form, &stored)}
                    {place_fields(&form, &stored)} {business_fields(&form, particulars)}
                </div>
            </fieldset>
            {billing_fields(&form, particulars)} {note_field(&form, particulars)}
            {form_actions(
                (href("/cart"), text.back_to_cart()),
                text.continue_to_shipping().to_owned(),
            )}
        </form>
    }
    .into_any()
}
