//! The parts of the checkout on the page of a step: what was told before in short, and the part that is open. A
//! script (`style/scripts/checkout.js`) makes one page of the steps' pages, by these attributes.

use app::{
    checkout::{
        text::Text,
        types::{CheckoutView, Draft, PaymentOffer},
    },
    contact::Contact,
    digest::fnv1a,
    error::ShopError,
    locale::locale,
};
use leptos::prelude::*;

use super::{
    review::{block, shipping},
    steps::Step,
    summary::bought,
};

/// `form` is the open part's. What could not be `held` cannot be placed.
pub fn parts(view: &CheckoutView, step: Step, form: AnyView, held: Option<&ShopError>) -> AnyView {
    let name = step.as_str();
    let title = match step {
        // It has a heading that says more.
        Step::Review => None,
        Step::Contact | Step::Shipping | Step::Payment => {
            Some(view! { <h2 class="part-title" tabindex="-1">{step.title()}</h2> })
        }
    };
    let placing = match step {
        Step::Payment if held.is_none() => placing(view),
        Step::Payment | Step::Contact | Step::Shipping | Step::Review => None,
    };
    view! {
        <div class="checkout-parts" data-checkout=name>
            {told(view, step)} <section class="part" data-part=name>{title} {form}</section>
            {placing}
        </div>
    }
    .into_any()
}

/// What was told in the steps before. The review tells all of it itself.
fn told(view: &CheckoutView, step: Step) -> Option<AnyView> {
    let is_told = |other: Step| step != Step::Review && other < step;
    let text = Text::from(locale());
    let contact = view
        .draft
        .contact
        .as_ref()
        .filter(|_| is_told(Step::Contact));
    let contact = contact?;
    let shipping = is_told(Step::Shipping).then(|| {
        block(
            Step::Shipping,
            (text.shipping(), "shipping"),
            shipping(view),
        )
    });
    let told = view! {
        <div class="review parts-told">
            {block(Step::Contact, (text.contact_and_address(), "contact"), in_short(contact))}
            {shipping}
        </div>
    };
    Some(told.into_any())
}

fn in_short(contact: &Contact) -> AnyView {
    let town = format!("{} {}", contact.postal_code, contact.city);
    let place = [&contact.name, &contact.address_line1, &town]
        .map(|part| part.trim().to_owned())
        .join(", ");
    view! { <p>{place} <small>{contact.email.clone()}</small></p> }.into_any()
}

/// What is bought, what it costs, and the button that buys, for below the payment: the script shows it there
/// once everything before was told. Without script the review has all of it.
fn placing(view: &CheckoutView) -> Option<AnyView> {
    let can_be_paid = |offer: &PaymentOffer| offer.unavailable.is_none();
    let text = Text::from(locale());
    let totals = &view.totals;
    let total = locale().money(totals.total_minor, &totals.currency);
    let placing = view! {
        <template
            data-place=""
            data-total=totals.total_minor.to_string()
            data-terms=totals.terms()
            data-told=digest_of(&view.draft)
        >
            <section class="part placing" aria-label=text.review_your_order()>
                <h2 class="part-title">{text.review_your_order()}</h2>
                <div class="summary">{bought(view)}</div>
                <p class="muted small">{by_placing(totals.tax_basis_points)}</p>
                <button
                    class="btn btn-primary btn-large btn-block"
                    type="button"
                    data-place-order=""
                >
                    {text.place_order(&total)}
                </button>
            </section>
        </template>
    };
    let has_rate = view.draft.shipping.is_some();
    (has_rate && view.payment.iter().any(can_be_paid)).then(|| placing.into_any())
}

/// A digest of who gets the order, where and how: the script orders nothing that another page has changed since.
pub fn digest_of(draft: &Draft) -> String {
    let told = serde_json::json!([draft.contact, draft.particulars, draft.shipping]);
    format!("{:016x}", fnv1a(told.to_string().as_bytes()))
}

/// What the shopper agrees to by ordering.
pub fn by_placing(tax_basis_points: i64) -> impl IntoView {
    let text = Text::from(locale());
    let tax = (tax_basis_points > 0).then(|| format!(" {}", text.tax_is_included()));
    view! { {text.by_placing()} {tax} }
}
