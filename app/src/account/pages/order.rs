//! `/account/orders/{id}`

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    account::{
        pages::frame::{Tab, account_frame, own_page},
        ports::own_orders,
    },
    orders::{pages::page::content, payment::PaymentStatus, steps::Action, types::Order},
    storefront::load::load,
    ui::{
        banner::done,
        field::refusal_of,
        form::{Form, PageField},
        icon::{Icon, icon},
    },
};

const CANCEL: &str = "/api/account/orders/cancel";
const AGAIN: &str = "/api/account/orders/again";

#[component]
pub fn OwnOrderPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id");
    // What is no id of an order is not gone back to after signing in either.
    let id = id
        .filter(|id| id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        .unwrap_or_default();
    own_page(&format!("/account/orders/{id}"), |account| {
        let port = own_orders();
        load(async move { port.order(&account, &id).await }, |order| {
            let title = format!("Order {}", order.number);
            account_frame(&title, Tab::Orders, page(&order))
        })
    })
}

fn page(order: &Order) -> AnyView {
    let news = done(&[("cancelled", "Your order is cancelled.")]);
    let onward = view! {
        <div class="stack">
            {again(order)} {cancel(order)}
            <p>
                <a class="section-link" href="/account/orders">
                    {icon(Icon::Back)} "All your orders"
                </a>
            </p>
        </div>
    };
    view! {
        {news} {refusal_of(&Form::of(CANCEL))} {refusal_of(&Form::of(AGAIN))}
        {content(order, onward.into_any())}
    }
    .into_any()
}

fn again(order: &Order) -> impl IntoView + use<> {
    view! {
        <form action=AGAIN method="post">
            <PageField/>
            <input type="hidden" name="id" value=order.id.clone()/>
            <button class="btn" type="submit">{icon(Icon::Bag)} "Order this again"</button>
        </form>
    }
}

fn cancel(order: &Order) -> Option<impl IntoView + use<>> {
    let id = order.id.clone();
    let money = match order.payment_status {
        PaymentStatus::Captured => " What you paid goes back to you.",
        PaymentStatus::Pending => " If your payment has come in by then, it goes back to you.",
        PaymentStatus::Due
        | PaymentStatus::Authorised
        | PaymentStatus::Disputed
        | PaymentStatus::Declined
        | PaymentStatus::Voided
        | PaymentStatus::Refunded => "",
    };
    order.allows(Action::Cancel).then(|| {
        view! {
            <details class="asked">
                <summary class="btn-text">"Cancel this order"</summary>
                <form class="panel stack" action=CANCEL method="post">
                    <PageField/>
                    <p>{format!("It is not packed yet, so it can still be stopped.{money}")}</p>
                    <input type="hidden" name="id" value=id/>
                    <div>
                        <button class="btn btn-danger" type="submit">"Yes, cancel it"</button>
                    </div>
                </form>
            </details>
        }
    })
}
