//! What may be told besides contact and address: folded, as most orders need none of it.

use app::{
    checkout::{
        particulars::{ELSEWHERE, NOTE, ParticularsInput},
        text::Text,
    },
    contact::{text::Text as Labels, view::company_address},
    countries::DeliveryCountries,
    locale::locale,
    orders::details::{Billing, Particulars},
    ui::{
        field::{Need, SelectField, TextArea, TextField},
        form::Form,
    },
};
use leptos::prelude::*;

/// Whether a folded part has something to show.
fn is_open(form: &Form, fields: &[(&'static str, &str)]) -> bool {
    fields
        .iter()
        .any(|(name, stored)| !form.value(name, *stored).is_empty() || form.error(name).is_some())
}

/// Company and VAT ID.
pub fn business_fields(form: &Form, stored: &Particulars) -> impl IntoView + use<> {
    let text = Text::from(locale());
    let ParticularsInput {
        company, vat_id, ..
    } = stored.clone().into();
    let open = is_open(form, &[("company", &company), ("vat_id", &vat_id)]);
    view! {
        <details class="field-more" open=open>
            <summary>{text.add_company()}</summary>
            <div class="form-grid">
                <TextField
                    form
                    name="company"
                    label=text.company()
                    autocomplete="organization"
                    need=Need::Optional
                    value=company
                />
                <TextField
                    form
                    name="vat_id"
                    label=text.vat_id()
                    need=Need::Optional
                    hint=text.vat_id_hint()
                    value=vat_id
                />
            </div>
        </details>
    }
}

/// Where the invoice goes. The fields show while another address is chosen, without script as well.
pub fn billing_fields(form: &Form, stored: &Particulars) -> AnyView {
    let text = Text::from(locale());
    let told = ParticularsInput::from(stored.clone());
    let is_elsewhere = form.value("billing", told.billing.clone()) == ELSEWHERE;
    let is_same = !is_elsewhere;
    let fields = address_fields(form, told);
    view! {
        <fieldset class="form-section">
            <legend>{text.billing_address()}</legend>
            <div class="choices">
                <label class="choice">
                    <input type="radio" name="billing" value="" checked=is_same/>
                    <span class="choice-title">{text.billing_is_the_same()}</span>
                </label>
                <label class="choice">
                    <input type="radio" name="billing" value=ELSEWHERE checked=is_elsewhere/>
                    <span class="choice-title">{text.billing_is_another()}</span>
                </label>
                <div class="choice-more">{fields}</div>
            </div>
        </fieldset>
    }
    .into_any()
}

/// Nothing of them is required by the browser: they may be hidden.
fn address_fields(form: &Form, told: ParticularsInput) -> AnyView {
    let (text, labels) = (Text::from(locale()), Labels::from(locale()));
    let country = told.billing_country.clone();
    view! {
        <div class="form-grid">
            <SelectField
                form
                name="billing_country"
                label=text.for_billing(labels.country())
                autocomplete="billing country"
                need=Need::Unmarked
                options=countries()
                value=country
            />
            {[
                ("billing_name", labels.full_name(), "billing name", told.billing_name),
                ("billing_company", text.company(), "billing organization", told.billing_company),
                (
                    "billing_address_line1",
                    labels.street(),
                    "billing address-line1",
                    told.billing_address_line1,
                ),
                (
                    "billing_address_line2",
                    labels.more_of_address(),
                    "billing address-line2",
                    told.billing_address_line2,
                ),
                (
                    "billing_postal_code",
                    labels.postal_code(),
                    "billing postal-code",
                    told.billing_postal_code,
                ),
                ("billing_city", labels.city(), "billing address-level2", told.billing_city),
                ("billing_state", labels.state(), "billing address-level1", told.billing_state),
            ]
                .map(|field| line(form, field))
                .into_iter()
                .collect_view()}
        </div>
    }
    .into_any()
}

fn line(
    form: &Form,
    (name, label, autocomplete, value): (&'static str, &'static str, &'static str, String),
) -> AnyView {
    let label = Text::from(locale()).for_billing(label);
    let need = match name {
        "billing_company" | "billing_address_line2" | "billing_state" => Need::Optional,
        _ => Need::Unmarked,
    };
    view! { <TextField form name label autocomplete need value/> }.into_any()
}

/// An invoice may go where no parcel does.
fn countries() -> Vec<(String, String)> {
    let choice = |code: &str, name: &str| (code.to_owned(), name.to_owned());
    let none = choice("", Labels::from(locale()).choose_a_country());
    let everywhere = DeliveryCountries::everywhere();
    let named = everywhere.named().into_iter();
    std::iter::once(none)
        .chain(named.map(|(code, name)| choice(code, name)))
        .collect()
}

pub fn note_field(form: &Form, stored: &Particulars) -> impl IntoView + use<> {
    let text = Text::from(locale());
    let stored = stored.customer_note.clone();
    let open = is_open(form, &[("customer_note", &stored)]);
    let most = NOTE as u32;
    view! {
        <details class="field-more form-section" open=open>
            <summary>{text.add_note()}</summary>
            <TextArea
                form
                name="customer_note"
                label=text.note()
                need=Need::Optional
                hint=text.note_hint()
                rows=3
                maxlength=most
                value=stored
            />
        </details>
    }
}

/// Whom the invoice is for, as the review shows it.
pub fn billing_shown(particulars: &Particulars) -> AnyView {
    let text = Text::from(locale());
    let to = match &particulars.billing {
        None => view! { <p>{text.billing_is_the_same()}</p> }.into_any(),
        Some(billing) => written(billing),
    };
    let vat_id = (!particulars.vat_id.is_empty())
        .then(|| view! { <p>{text.vat_id()} ": " {particulars.vat_id.clone()}</p> });
    view! { {to} {vat_id} }.into_any()
}

fn written(billing: &Billing) -> AnyView {
    company_address(&billing.company, &billing.address()).into_any()
}
