//! Second step: how the parcel travels.

use app::{
    checkout::{
        text::Text,
        types::{CheckoutView, ShippingRate},
    },
    delivery::{Start, words::not_all_in_stock},
    locale::{href, locale},
    orders::summary::money_or_free,
    ui::{
        field::{error_line, refusal_of},
        form::{Form, PageField},
    },
};
use leptos::prelude::*;

use super::steps::{Step, form_actions};

pub fn shipping_step(view: &CheckoutView) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(Step::Shipping.action());
    let first = view
        .rates
        .first()
        .map(|rate| rate.id.clone())
        .unwrap_or_default();
    let chosen = form.value("shipping", view.draft.shipping.clone().unwrap_or(first));
    let currency = &view.totals.currency;
    let rates: Vec<_> = view
        .rates
        .iter()
        .map(|rate| choice(rate, *chosen == rate.id, currency))
        .collect();
    view! {
        <form action=href(Step::Shipping.action()) method="post">
            <PageField/>
            {refusal_of(&form)}
            <fieldset class="form-section" id="shipping">
                <legend>{text.choose_shipping()}</legend>
                <div class="choices">{rates}</div>
                {late(view)}
                {error_line("shipping", form.error("shipping"))}
            </fieldset>
            {form_actions(
                (Step::Contact.href(), text.back_to_address()),
                text.continue_to_payment().to_owned(),
            )}
        </form>
    }
    .into_any()
}

/// Why no dates are named.
pub fn late(view: &CheckoutView) -> Option<AnyView> {
    let words = not_all_in_stock(locale());
    (!view.cart.is_in_stock()).then(|| view! { <p class="muted">{words}</p> }.into_any())
}

/// When an order by it arrives.
pub fn promised(rate: &ShippingRate) -> Option<String> {
    let promise = rate.promise.as_ref()?;
    Some(promise.words(locale(), Start::Payment))
}

fn choice(rate: &ShippingRate, checked: bool, currency: &str) -> impl IntoView + use<> {
    view! {
        <label class="choice">
            <input type="radio" name="shipping" value=rate.id.clone() checked=checked required/>
            <span>
                <span class="choice-title">{rate.name.clone()}</span>
                <span class="choice-text">{rate.description.clone()}</span>
                {promised(rate).map(|words| view! { <span class="choice-text">{words}</span> })}
            </span>
            <span class="choice-end">{money_or_free(rate.price_minor, currency)}</span>
        </label>
    }
}
