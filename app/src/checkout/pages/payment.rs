//! Third step: how it is paid, in the ways that providers describe.

use leptos::prelude::*;

use super::steps::{Step, form_actions};
use crate::{
    checkout::{
        text::Text,
        types::{CheckoutView, PaymentChoice, PaymentField, PaymentOffer, PaymentSign},
    },
    locale::{href, locale},
    ui::{
        field::{Need, TextField, error_line, refusal_of},
        form::{Form, PageField},
        icon::{Icon, icon},
    },
};

pub fn payment_step(view: &CheckoutView) -> AnyView {
    let text = Text::from(locale());
    if view.payment.is_empty() {
        return no_way_to_pay();
    }
    let form = Form::of(Step::Payment.action());
    let is_offered = |payment: &&PaymentChoice| {
        view.payment
            .iter()
            .any(|offer| offer.method == payment.method)
    };
    let stored = view.draft.payment.as_ref().filter(is_offered);
    let chosen = stored.map_or_else(
        || usual(&view.payment),
        |payment| Some(payment.method.as_str()),
    );
    let chosen = form.value("payment", chosen.unwrap_or_default());
    let choices: Vec<_> = view
        .payment
        .iter()
        .map(|offer| {
            let kept = stored.filter(|kept| kept.method == offer.method);
            let more = offer.field.as_ref().map(|field| {
                view! { <div class="choice-more">{asked(&form, field, kept)}</div> }
            });
            view! { {choice(offer, &chosen)} {more} }
        })
        .collect();
    view! {
        <form action=href(Step::Payment.action()) method="post">
            <PageField/>
            {refusal_of(&form)}
            <fieldset class="form-section" id="payment">
                <legend>{text.how_to_pay()}</legend>
                <div class="choices">{choices}</div>
                {error_line("payment", form.error("payment"))}
            </fieldset>
            {form_actions(
                (Step::Shipping.href(), text.back_to_shipping()),
                text.continue_to_review().to_owned(),
            )}
        </form>
    }
    .into_any()
}

/// A way to pay that asks for nothing: the usual one, if it does not, or the first of the others.
pub fn unasked(offers: &[PaymentOffer]) -> Option<PaymentChoice> {
    let silent = || offers.iter().filter(|offer| offer.field.is_none());
    let usual = usual(offers);
    let offer = silent().find(|offer| Some(offer.method.as_str()) == usual);
    offer.or_else(|| silent().next()).map(|offer| PaymentChoice {
        method: offer.method.clone(),
        token: String::new(),
        label: offer.title.clone(),
    })
}

/// What is chosen before the shopper chooses: to be paid at once, if that is possible.
fn usual(offers: &[PaymentOffer]) -> Option<&str> {
    let online = offers.iter().find(|offer| offer.sign != PaymentSign::Cash);
    let usual = online.or(offers.first());
    usual.map(|offer| offer.method.as_str())
}

fn no_way_to_pay() -> AnyView {
    let text = Text::from(locale());
    view! {
        <div class="banner banner-warn form-section" role="status">
            {icon(Icon::Info)}
            <div class="banner-body">
                <h2 class="banner-title">{text.no_orders()}</h2>
                <p>{text.no_orders_why()}</p>
            </div>
        </div>
    }
    .into_any()
}

const fn sign_of(sign: PaymentSign) -> Icon {
    match sign {
        PaymentSign::Card => Icon::Card,
        PaymentSign::Cash => Icon::Cash,
    }
}

fn choice(offer: &PaymentOffer, chosen: &str) -> impl IntoView + use<> {
    let is_chosen = chosen == offer.method;
    view! {
        <label class="choice">
            <input
                type="radio"
                name="payment"
                value=offer.method.clone()
                checked=is_chosen
                required
            />
            <span>
                <span class="choice-title">{offer.title.clone()}</span>
                <span class="choice-text">{offer.text.clone()}</span>
            </span>
            <span class="choice-end">{icon(sign_of(offer.sign))}</span>
        </label>
    }
}

fn asked(form: &Form, field: &PaymentField, kept: Option<&PaymentChoice>) -> impl IntoView + use<> {
    let text = Text::from(locale());
    let hint = kept
        .filter(|kept| !kept.token.is_empty())
        .map(|kept| text.keep_card(&kept.label))
        .unwrap_or_default();
    let samples = field
        .samples
        .iter()
        .map(|sample| {
            let (value, text) = (sample.value.clone(), sample.text.clone());
            view! { <li><span class="nums">{value}</span> " " {text}</li> }
        })
        .collect_view();
    let about = field.about_samples.clone();
    view! {
        <div class="form-grid">
            <TextField
                form
                name="card_number"
                label=field.label.clone()
                need=Need::Unmarked
                autocomplete="cc-number"
                inputmode="numeric"
                maxlength=30
                placeholder=field.placeholder.clone()
                hint=hint
            />
            {(!field.samples.is_empty())
                .then(|| {
                    view! {
                        <div class="small muted">
                            <p>{about}</p>
                            <ul>{samples}</ul>
                        </div>
                    }
                })}
        </div>
    }
}
