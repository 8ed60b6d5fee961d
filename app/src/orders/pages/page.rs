//! `/orders/{token}`: the confirmation, and later what became of the order.

use leptos::prelude::*;

pub use super::look_up::OrderLookUpPage;
use crate::{
    contact::view::address,
    money::format_money,
    orders::{
        payment::{PaymentStatus, RefundStatus},
        ports::orders,
        status::{cancel_words, payment_words, status_badge, timeline},
        summary::{Sum, SummaryLine, money_or_free, summary_lines, totals_list},
        types::{Order, OrderLine, OrderStatus},
    },
    storefront::{frame::Frame, load::load},
    ui::{
        date::time,
        head::private_head,
        icon::{Icon, icon},
        path::path_part,
    },
};

#[component]
pub fn OrderPage() -> impl IntoView {
    let token = path_part("token");
    let port = orders();
    load(async move { port.by_token(&token).await }, |order| {
        let onward = view! {
            <p class="row">
                <a class="btn" href="/products">"Keep shopping"</a>
                <a class="btn-text" href="/orders">"Find this order later"</a>
            </p>
        };
        let content = content(&order, onward.into_any());
        view! {
            {private_head(&format!("Order {}", order.number))}
            <Frame>
                <div class="container">{content}</div>
            </Frame>
        }
    })
}

/// All there is to see of an order. `onward` is what can be done from here.
pub fn content(order: &Order, onward: AnyView) -> AnyView {
    view! {
        {head(order)}
        <div class="with-aside">
            <div class="stack-l">
                {facts(order)} {next(order)} {whereto(order)} {onward}
            </div>
            {bought(order)}
        </div>
    }
    .into_any()
}

fn head(order: &Order) -> AnyView {
    use OrderStatus::*;
    let first_name = order
        .contact
        .name
        .split_whitespace()
        .next()
        .unwrap_or_default();
    let (sign, title, words) = match order.status {
        Paid => (
            Icon::Check,
            format!("Thank you, {first_name}"),
            "Your order is with us. Keep this page's address: it is the way back to your order.",
        ),
        AwaitingConfirmation => (
            Icon::Info,
            format!("Thank you, {first_name}"),
            "Your order waits for you to confirm it. The link is in the e-mail we have sent you.",
        ),
        PendingPayment => (
            Icon::Info,
            format!("Thank you, {first_name}"),
            "Your order is with us. We are still waiting for the payment's confirmation. \
             There is nothing for you to do, and please do not order again: this page will tell \
             you when it is through.",
        ),
        Packed => (
            Icon::Stock,
            "Your order is packed".to_owned(),
            "It leaves our house soon.",
        ),
        Shipped => (
            Icon::Truck,
            "Your order is on its way".to_owned(),
            "It left our house.",
        ),
        Delivered => (
            Icon::Check,
            "Your order has arrived".to_owned(),
            "We hope you like it.",
        ),
        Cancelled => (
            Icon::Close,
            "This order was cancelled".to_owned(),
            "Nothing will be sent.",
        ),
        Refunded => (
            Icon::Return,
            "This order was refunded".to_owned(),
            match order.payment_status {
                PaymentStatus::Captured | PaymentStatus::Disputed => {
                    "The money is on its way back to you."
                }
                PaymentStatus::Refunded => "The money was paid back to you.",
                PaymentStatus::Pending
                | PaymentStatus::Authorised
                | PaymentStatus::Due
                | PaymentStatus::Declined
                | PaymentStatus::Voided => "For what was refunded you pay nothing.",
            },
        ),
    };
    view! {
        <header class="order-head">
            <span class="order-mark">{icon(sign)}</span>
            <h1>{title}</h1>
            <p>{words}</p>
            {cancel_words(order).map(|words| view! { <p class="muted">{words}</p> })}
        </header>
    }
    .into_any()
}

fn facts(order: &Order) -> AnyView {
    view! {
        <section class="panel" aria-label="Order">
            <dl class="order-facts">
                <div>
                    <dt>"Order number"</dt>
                    <dd class="mono">{order.number.clone()}</dd>
                </div>
                <div>
                    <dt>"Placed"</dt>
                    <dd>{time(order.created_at)}</dd>
                </div>
                <div>
                    <dt>"Status"</dt>
                    <dd>{status_badge(order.status)}</dd>
                </div>
                <div>
                    <dt>"Shipping"</dt>
                    <dd>{order.shipping_method.clone()}</dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}

fn next(order: &Order) -> AnyView {
    let title = match order.status {
        OrderStatus::Delivered | OrderStatus::Cancelled | OrderStatus::Refunded => "What happened",
        OrderStatus::AwaitingConfirmation
        | OrderStatus::PendingPayment
        | OrderStatus::Paid
        | OrderStatus::Packed
        | OrderStatus::Shipped => "What comes next",
    };
    view! {
        <section aria-labelledby="next">
            <h2 class="panel-title" id="next">{title}</h2>
            {timeline(order)}
        </section>
    }
    .into_any()
}

fn whereto(order: &Order) -> AnyView {
    view! {
        <section class="cols-2" aria-label="Address and payment">
            <div>
                <h2 class="panel-title">"Delivery address"</h2>
                {address(&order.contact)}
            </div>
            <div>
                <h2 class="panel-title">"Payment"</h2>
                <p>
                    {order.payment_label.clone()} <br/>
                    <span class="muted">{payment_words(order)}</span>
                </p>
                {refunded(order)}
            </div>
        </section>
    }
    .into_any()
}

/// What went back of an order that goes on; of one that ended, the other words tell.
fn refunded(order: &Order) -> Option<impl IntoView + use<>> {
    let amount = match order.payment_status {
        PaymentStatus::Captured | PaymentStatus::Disputed => order.refunded_minor,
        PaymentStatus::Pending
        | PaymentStatus::Authorised
        | PaymentStatus::Due
        | PaymentStatus::Declined
        | PaymentStatus::Voided
        | PaymentStatus::Refunded => 0,
    };
    let is_open = order
        .events
        .iter()
        .any(|event| event.refund_status.is_some_and(RefundStatus::is_open));
    let state = match is_open {
        true => "goes back to you",
        false => "refunded",
    };
    (amount > 0).then(|| {
        let amount = format_money(amount, &order.currency);
        view! { <p class="muted">{format!("{amount} of it {state}")}</p> }
    })
}

fn bought(order: &Order) -> AnyView {
    let lines = order.lines.iter().map(summary_line).collect();
    view! {
        <aside class="panel panel-soft summary" aria-labelledby="lines">
            <h2 class="panel-title" id="lines">"What you bought"</h2>
            {summary_lines(lines, &order.currency)}
            {totals_list(sum(order))}
        </aside>
    }
    .into_any()
}

fn summary_line(line: &OrderLine) -> SummaryLine {
    SummaryLine {
        title: line.title.clone(),
        variant_title: line.variant_title.clone(),
        picture_src: line.picture_src.clone(),
        quantity: line.quantity,
        total_minor: line.unit_price_minor * line.quantity,
    }
}

/// What the order cost.
pub fn sum(order: &Order) -> Sum {
    let money = |minor| format_money(minor, &order.currency);
    Sum {
        subtotal: money(order.subtotal_minor),
        delivery_label: "Delivery".to_owned(),
        delivery: money_or_free(order.shipping_minor, &order.currency),
        total: money(order.total_minor),
        tax: (order.tax_minor > 0).then(|| ("Includes tax".to_owned(), money(order.tax_minor))),
    }
}
