//! Last step: everything once more, and the button that buys.

use app::{
    checkout::{particulars::ParticularsInput, text::Text, types::CheckoutView},
    contact::view::company_address,
    error::{ErrorKind, FieldError, ShopError},
    locale::{href, locale},
    orders::summary::money_or_free,
    ui::{
        banner::{Banner, Heard, Tone, banner_links},
        form::{Form, PageField},
        icon::Icon,
    },
};
use leptos::prelude::*;

use super::{
    particulars::billing_shown,
    parts::{by_placing, digest_of},
    shipping::{late, promised},
    steps::{Step, form_actions},
};

/// `held`: why the order cannot be placed as it is.
pub fn review_step(view: &CheckoutView, held: Option<&ShopError>) -> AnyView {
    let text = Text::from(locale());
    let totals = &view.totals;
    let total = locale().money(totals.total_minor, &totals.currency);
    let withdrawn = withdrawn(view);
    // Without a choice that is offered there is no total to agree to.
    let actions = match withdrawn.as_ref().or(held) {
        None => {
            let back = (Step::Payment.href(), text.back_to_payment());
            form_actions(back, text.place_order(&total)).into_any()
        }
        Some(_) => ().into_any(),
    };
    let refusal = Form::of(Step::Review.action()).refusal();
    let refusal = match held {
        // It is what counts now, and why there is no button.
        Some(held) => Some(held_banner(held.clone())),
        None => refusal.or(withdrawn).map(|error| refused(error, &total)),
    };
    view! {
        <form action=href(Step::Review.action()) method="post" data-told=digest_of(&view.draft)>
            <PageField/>
            {hidden_fields(view)} {refusal}
            <div class="form-section">
                <h2 tabindex="-1">{text.review_your_order()}</h2>
                <div class="review">{blocks(view)}</div>
            </div>
            <p class="muted small form-section">{by_placing(totals.tax_basis_points)}</p>
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
    let offer = |method: &str| view.payment.iter().find(|offer| offer.method == method);
    let against = payment.and_then(|choice| match offer(&choice.method) {
        None => Some(text.payment_withdrawn().to_owned()),
        Some(offer) => offer.unavailable.clone(),
    });
    let wrong = [
        (
            "shipping",
            (!has_rate).then(|| text.shipping_withdrawn().to_owned()),
        ),
        ("payment", against),
    ];
    let fields: Vec<FieldError> = wrong
        .into_iter()
        .filter_map(|(field, message)| {
            let field = field.to_owned();
            message.map(|message| FieldError { field, message })
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
    let told = ParticularsInput::from(view.draft.particulars.clone()).fields();
    fields
        .into_iter()
        .chain(told.into_iter().filter(|(_, value)| !value.is_empty()))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
}

/// Why so many units cannot be held until they are paid for.
pub fn held_banner(error: ShopError) -> AnyView {
    banner(error.message, banner_links([to_cart()]).into_any())
}

/// Why the order was not placed, and what to do.
fn refused(error: ShopError, total: &str) -> AnyView {
    let text = Text::from(locale());
    let advice = match error.kind {
        ErrorKind::TotalChanged => view! { <p>{text.total_is_now(total)}</p> }.into_any(),
        ErrorKind::Busy
        | ErrorKind::Unavailable
        | ErrorKind::PaymentAway
        | ErrorKind::PaymentUnclear => view! { <p>{text.place_again()}</p> }.into_any(),
        _ => to_mend(&error),
    };
    banner(error.message, advice)
}

fn banner(title: String, advice: AnyView) -> AnyView {
    view! {
        <Banner
            tone=Tone::Bad
            sign=Icon::Alert
            heard=Heard::First
            title=title
            class="form-section"
        >
            {advice}
        </Banner>
    }
    .into_any()
}

fn to_cart() -> (String, String) {
    (href("/cart"), Text::from(locale()).edit_cart().to_owned())
}

/// Where to mend what is wrong: a field in its step, a line in the cart. What is wrong with one line alone is in
/// the title.
fn to_mend(error: &ShopError) -> AnyView {
    let fields = error
        .fields
        .iter()
        .map(|field| (Step::of_field(&field.field).href(), field.message.clone()));
    let is_alone = error.lines.len() == 1;
    let lines = error.lines.iter().map(|line| match is_alone {
        true => to_cart(),
        false => (href("/cart"), line.words()),
    });
    banner_links(fields.chain(lines)).into_any()
}

fn blocks(view: &CheckoutView) -> impl IntoView + use<> {
    let text = Text::from(locale());
    let contact = view.draft.contact.clone().unwrap_or_default();
    let said = &view.draft.particulars;
    let note = (!said.customer_note.is_empty()).then(|| {
        let words = view! { <p class="as-typed">{said.customer_note.clone()}</p> };
        block(Step::Contact, (text.note(), "note"), words.into_any())
    });
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
        {block(
            Step::Contact,
            (text.delivery_address(), "address"),
            company_address(&said.company, &contact).into_any(),
        )}
        {block(Step::Contact, (text.billing_address(), "billing"), billing_shown(said))}
        {note}
        {block(Step::Shipping, (text.shipping(), "shipping"), shipping(view))}
        {block(
            Step::Payment,
            (text.payment(), "payment"),
            view! { <p>{payment.unwrap_or_default()}</p> }.into_any(),
        )}
    }
}

/// `what` is edited by the link beside the title.
pub(super) fn block(
    step: Step,
    (title, what): (&'static str, &str),
    body: AnyView,
) -> impl IntoView + use<> {
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

pub(super) fn shipping(view: &CheckoutView) -> AnyView {
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
                {promised(rate).map(|words| view! { <br/> {words} })}
            </p>
            {late(view)}
        }
    })
    .into_any()
}
