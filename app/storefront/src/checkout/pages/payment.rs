//! Third step: how it is paid, in the ways that providers describe.

use app::{
    checkout::{
        text::Text,
        types::{CheckoutView, PaymentChoice, PaymentField, PaymentOffer, PaymentSign},
    },
    error::{ErrorKind, ShopError},
    locale::{href, locale},
    ui::{
        banner::{Banner, Heard, Tone},
        field::{Need, error_line, refusal_of},
        form::{Form, PageField},
        icon::{Icon, icon},
        secret::{Secret, SecretField},
    },
};
use leptos::prelude::*;

use super::{
    review::held_banner,
    steps::{Step, form_actions},
};

/// `held`: why the order cannot be placed, however it is paid.
pub fn payment_step(view: &CheckoutView, held: Option<&ShopError>) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(Step::Payment.action());
    let is_offered = |payment: &&PaymentChoice| {
        let mut offers = view.payment.iter().filter(|offer| can_be_chosen(offer));
        offers.any(|offer| offer.method == payment.method)
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
    let back = (Step::Shipping.href(), text.back_to_shipping());
    let is_payable = view.payment.iter().any(can_be_chosen);
    let none_fits = (!is_payable).then(none_fits);
    let held = held.cloned().map(held_banner);
    // What cannot be chosen cannot be sent.
    let actions = match is_payable {
        true => form_actions(back, text.continue_to_review().to_owned()).into_any(),
        false => {
            let (href, words) = back;
            view! { <p class="row"><a class="btn" href=href>{words}</a></p> }.into_any()
        }
    };
    view! {
        <form action=href(Step::Payment.action()) method="post">
            <PageField/>
            {refusal_of(&form)} {declined()} {held} {none_fits}
            <fieldset class="form-section" id="payment">
                <legend>{text.how_to_pay()}</legend>
                <div class="choices">{choices}</div>
                {error_line("payment", form.error("payment"))}
            </fieldset>
            {actions}
        </form>
    }
    .into_any()
}

/// Why the payment of the order was declined, and what to do.
fn declined() -> Option<AnyView> {
    let error = Form::of(Step::Review.action()).refusal()?;
    let text = Text::from(locale());
    (error.kind == ErrorKind::PaymentDeclined).then(|| {
        view! {
            <Banner
                tone=Tone::Bad
                sign=Icon::Alert
                heard=Heard::First
                title=error.message
                class="form-section"
            >
                <p>{text.after_declined()}</p>
            </Banner>
        }
        .into_any()
    })
}

/// A way to pay that asks for nothing: the usual one, if it does not, or the first of the others.
pub fn unasked(offers: &[PaymentOffer]) -> Option<PaymentChoice> {
    let is_silent = |offer: &&PaymentOffer| offer.field.is_none() && can_be_chosen(offer);
    let silent = || offers.iter().filter(is_silent);
    let usual = usual(offers);
    let offer = silent().find(|offer| Some(offer.method.as_str()) == usual);
    offer
        .or_else(|| silent().next())
        .map(|offer| PaymentChoice {
            method: offer.method.clone(),
            token: String::new(),
            label: offer.title.clone(),
        })
}

/// What is chosen before the shopper chooses: the first in the owner's order that the order can be paid by.
fn usual(offers: &[PaymentOffer]) -> Option<&str> {
    let first = offers.iter().find(|offer| can_be_chosen(offer));
    first.map(|offer| offer.method.as_str())
}

const fn can_be_chosen(offer: &PaymentOffer) -> bool {
    offer.unavailable.is_none()
}

/// There are ways to pay, and none of them is for this order: each says why.
fn none_fits() -> AnyView {
    let text = Text::from(locale());
    view! {
        <Banner
            tone=Tone::Warning
            sign=Icon::Info
            heard=Heard::Soon
            title=text.none_fits()
            class="form-section"
        >
            <p>{text.none_fits_why()}</p>
        </Banner>
    }
    .into_any()
}

const fn sign_of(sign: PaymentSign) -> Icon {
    match sign {
        PaymentSign::Card => Icon::Card,
        PaymentSign::Cash => Icon::Cash,
        PaymentSign::Bank => Icon::Bank,
    }
}

fn choice(offer: &PaymentOffer, chosen: &str) -> impl IntoView + use<> {
    let is_closed = !can_be_chosen(offer);
    let is_chosen = !is_closed && chosen == offer.method;
    let why_not = offer
        .unavailable
        .clone()
        .map(|words| view! { <span class="choice-text choice-why">{words}</span> });
    view! {
        <label class="choice">
            <input
                type="radio"
                name="payment"
                value=offer.method.clone()
                checked=is_chosen
                disabled=is_closed
                required
            />
            <span>
                <span class="choice-title">{offer.title.clone()}</span>
                <span class="choice-text">{offer.text.clone()}</span>
                {why_not}
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
            <SecretField
                form
                secret=Secret::CardNumber
                label=field.label.clone()
                need=Need::Unmarked
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
