//! `/account/orders/{id}`

use app::{
    account::ports::own_orders,
    load::load,
    locale::href,
    orders::{payment::PaymentStatus, steps::Action, types::Order},
    ui::{
        banner::done,
        field::refusal_of,
        form::{Form, PageField},
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    account::pages::{
        frame::{Tab, account_frame, own_page},
        said,
    },
    orders::pages::page::content,
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
            let title = said().order_title(&order.number);
            account_frame(&title, Tab::Orders, page(&order))
        })
    })
}

fn page(order: &Order) -> AnyView {
    let news = done(&[("cancelled", said().order_cancelled())]);
    let onward = view! {
        <div class="stack">
            {again(order)} {cancel(order)}
            <p>
                <a class="section-link" href=href("/account/orders")>
                    {icon(Icon::Back)} {said().all_your_orders()}
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
        <form action=href(AGAIN) method="post">
            <PageField/>
            <input type="hidden" name="id" value=order.id.clone()/>
            <button class="btn" type="submit">{icon(Icon::Bag)} {said().buy_again()}</button>
        </form>
    }
}

fn cancel(order: &Order) -> Option<impl IntoView + use<>> {
    let id = order.id.clone();
    let money = match order.payment_status {
        PaymentStatus::Captured => said().cancel_refund(),
        PaymentStatus::Pending => said().cancel_maybe_refund(),
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
                <summary class="btn-text">{said().cancel_this_order()}</summary>
                <form class="panel stack" action=href(CANCEL) method="post">
                    <PageField/>
                    <p>{said().can_still_cancel()} " " {money}</p>
                    <input type="hidden" name="id" value=id/>
                    <div>
                        <button class="btn btn-danger" type="submit">{said().yes_cancel_order()}</button>
                    </div>
                </form>
            </details>
        }
    })
}
