//! `/orders/{token}`: the confirmation, and later what became of the order.

use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_query_map;

pub use super::look_up::OrderLookUpPage;
use crate::{
    contact::view::address,
    locale::{href, locale},
    orders::{
        payment::{PaymentStatus, RefundStatus},
        ports::orders,
        status::{cancel_words, payment_words, status_badge, timeline},
        summary::{Sum, SummaryLine, money_or_free, summary_lines, totals_list},
        text::Text,
        types::{Order, OrderLine, OrderStatus},
    },
    storefront::{frame::Frame, load::load},
    ui::{
        date::time,
        field::refusal_of,
        form::{Form, PageField},
        head::private_head,
        icon::{Icon, icon},
        path::path_part,
    },
};

const PAY: &str = "/api/checkout/pay";

#[component]
pub fn OrderPage() -> impl IntoView {
    let token = path_part("token");
    let port = orders();
    let way_back = came_from_paying();
    let data = async move {
        match way_back {
            Some(CameFrom::Paying) => port.returned(&token).await,
            None => port.by_token(&token).await,
        }
    };
    load(data, move |order| {
        let text = Text::from(locale());
        let onward = view! {
            <p class="row">
                <a class="btn" href=href("/products")>{text.continue_shopping()}</a>
                <a class="btn-text" href=href("/orders")>{text.find_later()}</a>
            </p>
        };
        let content = content(&order, onward.into_any());
        // The provider may need a moment; without script, too, the page says when it knows.
        let again = (way_back.is_some() && order.status == OrderStatus::PendingPayment)
            .then(|| view! { <Meta http_equiv="refresh" content=LOOK_AGAIN/> });
        view! {
            {private_head(&text.order_title(&order.number))}
            {again}
            <Frame>
                <div class="container">{content}</div>
            </Frame>
        }
    })
}

/// In seconds.
const LOOK_AGAIN: &str = "5";

/// Where the shopper comes from, if the address tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CameFrom {
    /// From the page of a payment provider, with something done there.
    Paying,
}

fn came_from_paying() -> Option<CameFrom> {
    let query = use_query_map().get_untracked();
    query.get_str("paid").map(|_| CameFrom::Paying)
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
    let text = Text::from(locale());
    let first_name = order
        .contact
        .name
        .split_whitespace()
        .next()
        .unwrap_or_default();
    let (sign, title, words) = match order.status {
        Paid => (Icon::Check, text.thank_you(first_name), text.received()),
        AwaitingConfirmation => (
            Icon::Info,
            text.thank_you(first_name),
            text.received_unconfirmed(),
        ),
        Cancelled if order.has_lapsed() => (
            Icon::Close,
            text.order_has_lapsed().to_owned(),
            text.nothing_will_be_sent(),
        ),
        PendingPayment => (
            Icon::Info,
            text.thank_you(first_name),
            match order.waits_for_payer {
                true => text.received_to_be_paid(),
                false => text.received_unpaid(),
            },
        ),
        Packed => (
            Icon::Stock,
            text.order_is_packed().to_owned(),
            text.shipped_soon(),
        ),
        Shipped => (
            Icon::Truck,
            text.order_is_on_its_way().to_owned(),
            text.has_been_shipped(),
        ),
        Delivered => (
            Icon::Check,
            text.order_has_arrived().to_owned(),
            text.hope_you_like_it(),
        ),
        Cancelled => (
            Icon::Close,
            text.order_was_cancelled().to_owned(),
            text.nothing_will_be_sent(),
        ),
        Refunded => (
            Icon::Return,
            text.order_was_refunded().to_owned(),
            match order.payment_status {
                PaymentStatus::Captured | PaymentStatus::Disputed => text.refund_on_its_way(),
                PaymentStatus::Refunded => text.money_refunded(),
                PaymentStatus::Pending
                | PaymentStatus::Authorised
                | PaymentStatus::Due
                | PaymentStatus::Declined
                | PaymentStatus::Voided => text.refund_not_charged(),
            },
        ),
    };
    view! {
        <header class="order-head">
            <span class="order-mark">{icon(sign)}</span>
            <h1>{title}</h1>
            <p>{words}</p>
            {cancel_words(order).map(|words| view! { <p class="muted">{words}</p> })}
            {confirm_until(order)} {order.waits_for_payer.then(|| pay(order))}
        </header>
    }
    .into_any()
}

/// Until when it can be confirmed.
fn confirm_until(order: &Order) -> Option<impl IntoView + use<>> {
    let awaited = order.status == OrderStatus::AwaitingConfirmation;
    let until = order.confirm_by.filter(|_| awaited)?;
    let words = Text::from(locale()).confirm_until();
    Some(view! { <p class="muted">{words} " " {time(until)}</p> })
}

/// The way on to the provider's page, for who has closed it.
fn pay(order: &Order) -> AnyView {
    let text = Text::from(locale());
    let amount = locale().money(order.total_minor, &order.currency);
    view! {
        <form action=href(PAY) method="post">
            <PageField/>
            {refusal_of(&Form::of(PAY))}
            <input type="hidden" name="token" value=order.token.clone()/>
            <button class="btn btn-primary" type="submit">{text.pay_now(&amount)}</button>
        </form>
    }
    .into_any()
}

fn facts(order: &Order) -> AnyView {
    let text = Text::from(locale());
    view! {
        <section class="panel" aria-label=text.order()>
            <dl class="order-facts">
                <div>
                    <dt>{text.order_number()}</dt>
                    <dd class="mono">{order.number.clone()}</dd>
                </div>
                <div>
                    <dt>{text.placed()}</dt>
                    <dd>{time(order.created_at)}</dd>
                </div>
                <div>
                    <dt>{text.status()}</dt>
                    <dd>{status_badge(order.status)}</dd>
                </div>
                <div>
                    <dt>{text.shipping_method()}</dt>
                    <dd>{order.shipping_method.clone()}</dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}

fn next(order: &Order) -> AnyView {
    let text = Text::from(locale());
    let title = match order.status {
        OrderStatus::Delivered | OrderStatus::Cancelled | OrderStatus::Refunded => {
            text.what_happened()
        }
        OrderStatus::AwaitingConfirmation
        | OrderStatus::PendingPayment
        | OrderStatus::Paid
        | OrderStatus::Packed
        | OrderStatus::Shipped => text.what_happens_next(),
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
    let text = Text::from(locale());
    view! {
        <section class="cols-2" aria-label=text.address_and_payment()>
            <div>
                <h2 class="panel-title">{text.delivery_address()}</h2>
                {address(&order.contact)}
            </div>
            <div>
                <h2 class="panel-title">{text.payment()}</h2>
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
    (amount > 0).then(|| {
        let (text, amount) = (
            Text::from(locale()),
            locale().money(amount, &order.currency),
        );
        let words = match is_open {
            true => text.amount_will_be_refunded(&amount),
            false => text.amount_refunded(&amount),
        };
        view! { <p class="muted">{words}</p> }
    })
}

pub fn bought(order: &Order) -> AnyView {
    let lines = order.lines.iter().map(summary_line).collect();
    view! {
        <aside class="panel panel-soft summary" aria-labelledby="lines">
            <h2 class="panel-title" id="lines">{Text::from(locale()).your_items()}</h2>
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
    let text = Text::from(locale());
    let money = |minor| locale().money(minor, &order.currency);
    Sum {
        subtotal: money(order.subtotal_minor),
        delivery_label: text.shipping().to_owned(),
        delivery: money_or_free(order.shipping_minor, &order.currency),
        total: money(order.total_minor),
        tax: (order.tax_minor > 0)
            .then(|| (text.includes_tax().to_owned(), money(order.tax_minor))),
    }
}
