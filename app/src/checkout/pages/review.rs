//! Last step: everything once more, and the button that buys.

use leptos::prelude::*;

use super::steps::{Step, form_actions};
use crate::{
    checkout::{text::Text, types::CheckoutView},
    contact::view::address,
    error::{ErrorKind, FieldError, LineProblem, ShopError},
    locale::{href, locale},
    orders::summary::money_or_free,
    ui::{
        form::{Form, PageField},
        icon::{Icon, icon},
    },
};

pub fn review_step(view: &CheckoutView) -> AnyView {
    let text = Text::from(locale());
    let totals = &view.totals;
    let total = locale().money(totals.total_minor, &totals.currency);
    let withdrawn = withdrawn(view);
    // Without a choice that is offered there is no total to agree to.
    let actions = match withdrawn {
        None => {
            let back = (Step::Payment.href(), text.back_to_payment());
            form_actions(back, text.place_order(&total)).into_any()
        }
        Some(_) => ().into_any(),
    };
    let refusal = Form::of(Step::Review.action())
        .refusal()
        .or(withdrawn)
        .map(|error| refused(error, &total));
    view! {
        <form action=href(Step::Review.action()) method="post">
            <PageField/>
            {hidden_fields(view)} {refusal}
            <div class="form-section">
                <h2>{text.review_your_order()}</h2>
                <div class="review">{blocks(view)}</div>
            </div>
            <p class="muted small form-section">
                {text.by_placing()}
                {(totals.tax_basis_points > 0).then(|| format!(" {}", text.tax_is_included()))}
            </p>
            {actions}
        </form>
    }
    .into_any()
}

/// What was chosen and is not offered any more, for this order at least.
fn withdrawn(view: &CheckoutView) -> Option<ShopError> {
    let text = Text::from(locale());
    let (rate, payment) = (view.draft.shipping.as_ref(), view.draft.payment.as_ref());
    let has_rate = rate.is_none_or(|id| view.rates.iter().any(|rate| rate.id == *id));
    let has_payment = payment.is_none_or(|choice| {
        let mut offers = view.payment.iter();
        offers.any(|offer| offer.method == choice.method)
    });
    let wrong = [
        (has_rate, "shipping", text.shipping_withdrawn()),
        (has_payment, "payment", text.payment_withdrawn()),
    ];
    let fields: Vec<FieldError> = wrong
        .into_iter()
        .filter(|(is_offered, ..)| !is_offered)
        .map(|(_, field, message)| FieldError {
            field: field.to_owned(),
            message: message.to_owned(),
        })
        .collect();
    (!fields.is_empty()).then(|| ShopError {
        message: text.choose_again().to_owned(),
        ..ShopError::fields(fields)
    })
}

/// The order's form says everything itself, so that what is sent is what was shown.
fn hidden_fields(view: &CheckoutView) -> impl IntoView + use<> {
    let contact = view.draft.contact.clone().unwrap_or_default();
    let payment = view
        .draft
        .payment
        .as_ref()
        .map(|payment| payment.method.clone());
    let fields = [
        ("checkout_key", view.checkout_key.clone()),
        ("email", contact.email),
        ("name", contact.name),
        ("address_line1", contact.address_line1),
        ("address_line2", contact.address_line2),
        ("postal_code", contact.postal_code),
        ("city", contact.city),
        ("state", contact.state),
        ("country", contact.country),
        ("phone", contact.phone),
        ("shipping", view.draft.shipping.clone().unwrap_or_default()),
        ("payment", payment.unwrap_or_default()),
        ("expected_total_minor", view.totals.total_minor.to_string()),
        ("terms", view.totals.terms()),
    ];
    fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
}

/// Why the order was not placed, and what to do.
fn refused(error: ShopError, total: &str) -> AnyView {
    let text = Text::from(locale());
    let advice = match error.kind {
        ErrorKind::TotalChanged => view! { <p>{text.total_is_now(total)}</p> }.into_any(),
        ErrorKind::Busy | ErrorKind::Unavailable | ErrorKind::PaymentUnclear => view! {
            <p>{text.place_again()}</p>
        }
        .into_any(),
        _ => to_mend(&error),
    };
    view! {
        <div class="banner banner-bad form-section" role="alert" tabindex="-1" autofocus>
            {icon(Icon::Alert)}
            <div class="banner-body">
                <h2 class="banner-title">{error.message}</h2>
                {advice}
            </div>
        </div>
    }
    .into_any()
}

/// Where to mend what is wrong: a field in its step, a line in the cart. One line alone is what the
/// title tells of.
fn to_mend(error: &ShopError) -> AnyView {
    let fields = error
        .fields
        .iter()
        .map(|field| (Step::of_field(&field.field).href(), field.message.clone()));
    let lines: &[LineProblem] = match error.lines.as_slice() {
        [_] => &[],
        lines => lines,
    };
    let lines = lines.iter().map(|line| (href("/cart"), line.words()));
    let links: Vec<_> = fields
        .chain(lines)
        .map(|(href, words)| view! { <li><a href=href>{words}</a></li> })
        .collect();
    match links.is_empty() {
        true => ().into_any(),
        false => view! { <ul class="banner-list">{links}</ul> }.into_any(),
    }
}

fn blocks(view: &CheckoutView) -> impl IntoView + use<> {
    let text = Text::from(locale());
    let contact = view.draft.contact.clone().unwrap_or_default();
    let payment = view
        .draft
        .payment
        .as_ref()
        .map(|payment| payment.label.clone());
    let phone =
        (!contact.phone.is_empty()).then(|| view! { <small>{contact.phone.clone()}</small> });
    view! {
        {block(
            Step::Contact,
            (text.contact(), "contact"),
            view! { <p>{contact.email.clone()} {phone}</p> }.into_any(),
        )}
        {block(Step::Contact, (text.delivery_address(), "address"), address(&contact).into_any())}
        {block(Step::Shipping, (text.shipping(), "shipping"), shipping(view))}
        {block(
            Step::Payment,
            (text.payment(), "payment"),
            view! { <p>{payment.unwrap_or_default()}</p> }.into_any(),
        )}
    }
}

/// `what` is edited by the link beside the title.
fn block(step: Step, (title, what): (&'static str, &str), body: AnyView) -> impl IntoView + use<> {
    let text = Text::from(locale());
    let edited = text.edit_what(what);
    view! {
        <section class="review-block">
            <h2 class="review-title">{title}</h2>
            <a class="btn-text" href=step.href()>
                {text.edit()}
                <span class="visually-hidden">" " {edited}</span>
            </a>
            <div class="review-body">{body}</div>
        </section>
    }
}

fn shipping(view: &CheckoutView) -> AnyView {
    let chosen = view.draft.shipping.as_deref();
    let rate = view
        .rates
        .iter()
        .find(|rate| Some(rate.id.as_str()) == chosen);
    rate.map(|rate| {
        let price = money_or_free(rate.price_minor, &view.totals.currency);
        view! {
            <p>
                {format!("{}, {price} ", rate.name)}
                <small>{rate.description.clone()}</small>
            </p>
        }
    })
    .into_any()
}
