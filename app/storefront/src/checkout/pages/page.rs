//! `/checkout?step=…`: one step at a time, beside what is bought.

use app::{
    account::ports::own_account,
    checkout::{cookies::TO_PAY, known::known, ports, text::Text, types::CheckoutView},
    contact::Contact,
    error::{ErrorKind, ShopError},
    load::load,
    locale::{href, locale},
    orders::{
        ports::{Orders, orders},
        types::OrderStatus,
    },
    style,
    ui::{form::FormState, head::private_head, onward::onward},
    visitor::visitor,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    closed::{Closed, closed},
    contact::contact_step,
    parts::parts,
    payment::{payment_step, unasked},
    review::review_step,
    shipping::shipping_step,
    steps::{Step, step_list},
    summary::aside,
};
use crate::frame::bare::BareFrame;

#[component]
pub fn CheckoutPage() -> impl IntoView {
    let refused = refused_step();
    let asked = asked_step();
    let (port, own_account, visitor) = (ports::checkout(), own_account(), visitor());
    let orders = orders();
    let to_pay = visitor.of_device(TO_PAY).map(str::to_owned);
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
            Err(error) if error.kind == ErrorKind::EmptyCart => {
                let waiting = waiting_order(&*orders, to_pay).await;
                Ok(waiting.map_or(Found::Cart, Found::Order))
            }
            Err(error) if error.kind == ErrorKind::NotOpen => Ok(Found::Closed(Closed::NotOpen)),
            // Nobody types an address to learn that afterwards.
            Ok(view) if view.payment.is_empty() => Ok(Found::Closed(Closed::NoWayToPay)),
            Ok(view) => {
                // Before the address is told little is known.
                let held = match &view.draft.contact {
                    Some(_) => port.held(&view, &visitor.client).await?,
                    None => None,
                };
                Ok(Found::Checkout(Box::new((view, known, held))))
            }
            Err(error) => Err(error),
        }
    };
    load(data, move |found| match found {
        Found::Checkout(found) => {
            let (mut view, known, held) = *found;
            let wanted = refused.or(asked);
            // Customers who are known go to the review at once, and may choose another way to pay from there.
            if known.is_some() && wanted.is_none_or(|step| step == Step::Review) {
                let payment = &mut view.draft.payment;
                *payment = payment.take().or_else(|| unasked(&view.payment));
            }
            let shown = Step::shown(wanted, &view.draft);
            // Every step has its own address, so that the browser's way back leads through them.
            match refused.is_some() || asked == Some(shown) {
                true => checkout(&view, shown, known, held),
                false => onward(&shown.path()),
            }
        }
        Found::Cart => onward("/cart"),
        Found::Order(token) => onward(&format!("/orders/{token}")),
        Found::Closed(why) => closed(why),
    })
}

/// What there is to be shown.
enum Found {
    /// With what is known of who is signed in, and why so much cannot be held.
    Checkout(Box<(CheckoutView, Option<Contact>, Option<ShopError>)>),
    /// The cart page, which has something to say first.
    Cart,
    /// The order that was placed from this cart, by its token: its payment is waited for.
    Order(String),
    /// The shop takes no orders yet.
    Closed(Closed),
}

/// The token, if its order still waits for its payment.
async fn waiting_order(orders: &dyn Orders, token: Option<String>) -> Option<String> {
    let token = token?;
    let order = orders.by_token(&token).await.ok()?;
    (order.status == OrderStatus::PendingPayment).then_some(token)
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

fn checkout(
    view: &CheckoutView,
    step: Step,
    known: Option<Contact>,
    held: Option<ShopError>,
) -> AnyView {
    let held = held.as_ref();
    let form = match step {
        Step::Contact => contact_step(&view.draft, known),
        Step::Shipping => shipping_step(view),
        Step::Payment => payment_step(view, held),
        Step::Review => review_step(view, held),
    };
    let (text, aside) = (Text::from(locale()), aside(view));
    let parts = parts(view, step, form, held);
    let back = (href("/cart"), text.back_to_cart());
    view! {
        {private_head(&text.checkout_step(step.title()))}
        <BareFrame back>
            <div class="container">
                <div class="checkout-head">
                    <h1>{text.checkout()}</h1>
                    {step_list(step)}
                </div>
                <div class="with-aside">
                    {parts}
                    {aside}
                </div>
            </div>
        </BareFrame>
        // Outside of what the script replaces: it says here what a changed order comes to.
        <p class="visually-hidden" role="status" data-total-said=""></p>
        <script type="module" src=style::CHECKOUT.href()></script>
    }
    .into_any()
}
