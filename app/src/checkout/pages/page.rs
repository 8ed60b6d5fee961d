//! `/checkout?step=…`: one step at a time, beside what is bought.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    closed::closed,
    contact::contact_step,
    payment::{payment_step, unasked},
    review::review_step,
    shipping::shipping_step,
    steps::{Step, step_list},
    summary::aside,
};
use crate::{
    account::ports::{OwnAccount, own_account},
    checkout::{ports, text::Text, types::CheckoutView},
    contact::Contact,
    error::ErrorKind,
    identity::Account,
    locale::locale,
    storefront::{frame::Frame, load::load},
    ui::{form::FormState, head::private_head, onward::onward},
    visitor::visitor,
};

#[component]
pub fn CheckoutPage() -> impl IntoView {
    let refused = refused_step();
    let asked = asked_step();
    let (port, own_account, visitor) = (ports::checkout(), own_account(), visitor());
    let data = async move {
        let known = known(&*own_account, visitor.account).await;
        let cart = visitor.cart.as_deref();
        let view = match &known {
            Some(known) => port.view_of(cart, known).await,
            None => port.view(cart).await,
        };
        match view {
            // The cart page says what is wrong, and how to mend it.
            Ok(view) if !view.cart.problems().is_empty() => Ok(Found::Cart),
            Err(error) if error.kind == ErrorKind::EmptyCart => Ok(Found::Cart),
            Err(error) if error.kind == ErrorKind::NotOpen => Ok(Found::Closed),
            Ok(view) => Ok(Found::Checkout(Box::new((view, known)))),
            Err(error) => Err(error),
        }
    };
    load(data, move |found| match found {
        Found::Checkout(found) => {
            let (mut view, known) = *found;
            let wanted = refused.or(asked);
            // Customers who are known go to the review at once, and may choose another way to pay from there.
            if known.is_some() && wanted.is_none_or(|step| step == Step::Review) {
                let payment = &mut view.draft.payment;
                *payment = payment.take().or_else(|| unasked(&view.payment));
            }
            let shown = Step::shown(wanted, &view.draft);
            // Every step has its own address, so that the browser's way back leads through them.
            match refused.is_some() || asked == Some(shown) {
                true => checkout(&view, shown, known),
                false => onward(&shown.path()),
            }
        }
        Found::Cart => onward("/cart"),
        Found::Closed => closed(),
    })
}

/// What there is to be shown.
enum Found {
    Checkout(Box<(CheckoutView, Option<Contact>)>),
    /// The cart page, which has something to say first.
    Cart,
    /// The shop takes no orders yet.
    Closed,
}

/// What the account of whoever is signed in knows of them: its default address.
async fn known(own_account: &dyn OwnAccount, account: Option<Account>) -> Option<Contact> {
    let account = account?;
    // Typing it is always possible, so that it cannot be read is no reason to stop.
    let addresses = own_account.addresses(&account).await;
    let default = addresses.ok().and_then(|all| all.into_iter().next());
    let contact = match default {
        Some(address) => address.contact,
        None => Contact {
            name: account.name,
            ..Contact::default()
        },
    };
    Some(Contact {
        email: account.email,
        ..contact
    })
}

/// The step whose form was refused; after a declined payment the one that asks for another.
fn refused_step() -> Option<Step> {
    let form = use_context::<FormState>()?;
    let kind = form.error.map(|error| error.kind);
    match Step::of_action(&form.action)? {
        Step::Review if kind == Some(ErrorKind::PaymentDeclined) => Some(Step::Payment),
        step => Some(step),
    }
}

/// The step in the address.
fn asked_step() -> Option<Step> {
    let query = use_query_map().get_untracked();
    query.get_str("step").and_then(Step::parse)
}

fn checkout(view: &CheckoutView, step: Step, known: Option<Contact>) -> AnyView {
    let form = match step {
        Step::Contact => contact_step(&view.draft, known),
        Step::Shipping => shipping_step(view),
        Step::Payment => payment_step(view),
        Step::Review => review_step(view),
    };
    let (text, aside) = (Text::from(locale()), aside(view));
    view! {
        {private_head(&text.checkout_step(step.title()))}
        <Frame>
            <div class="container">
                <div class="checkout-head">
                    <h1>{text.checkout()}</h1>
                    {step_list(step)}
                </div>
                <div class="with-aside">
                    <div>{form}</div>
                    {aside}
                </div>
            </div>
        </Frame>
    }
    .into_any()
}
