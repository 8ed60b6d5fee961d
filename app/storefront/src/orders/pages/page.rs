//! `/orders/{token}`: the confirmation, and later what became of the order.

mod facts;

use app::{
    load::load,
    locale::{href, locale},
    orders::{
        payment::PaymentStatus,
        ports::orders,
        status::cancel_words,
        text::Text,
        types::{Order, OrderStatus},
    },
    style,
    ui::{
        banner::{Banner, Heard, Tone},
        date::time,
        field::refusal_of,
        form::{Form, PageField},
        head::private_head,
        icon::{Icon, icon},
        path::path_part,
    },
    visitor::visitor,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    new_account::{new_account, offer},
    transfer::transfer_panel,
};
use crate::frame::Frame;

pub use super::look_up::OrderLookUpPage;
pub use facts::bought;
use facts::{facts, next, whereto};

const PAY: &str = "/api/checkout/pay";

#[component]
pub fn OrderPage() -> impl IntoView {
    let token = path_part("token");
    let port = orders();
    let way_back = came_from_paying();
    let (is_signed_in, offer) = (visitor().account.is_some(), offer());
    let data = async move {
        let order = match way_back {
            Some(CameFrom::Paying(_)) => port.returned(&token).await?,
            None => port.by_token(&token).await?,
        };
        let is_offered =
            !is_signed_in && may_have_account(&order) && port.is_of_guest(&order.id).await?;
        Ok((order, is_offered))
    };
    load(data, move |(order, is_offered)| {
        let text = Text::from(locale());
        let account = is_offered.then(|| new_account(&order, offer));
        let onward = view! {
            {account}
            <p class="row">
                <a class="btn" href=href("/products")>{text.continue_shopping()}</a>
                <a class="btn-text" href=href("/orders")>{text.find_later()}</a>
            </p>
        };
        let content = content(&order, onward.into_any());
        let again = way_back
            .filter(|_| order.status == OrderStatus::PendingPayment)
            .map(look_again);
        view! {
            {private_head(&text.order_title(&order.number))}
            {again}
            <Frame>
                <div class="container">{content}</div>
            </Frame>
        }
    })
}

/// What ended is no reason for an account, and of who was erased there is no address.
fn may_have_account(order: &Order) -> bool {
    let has_ended = matches!(order.status, OrderStatus::Cancelled | OrderStatus::Refunded);
    !has_ended && !order.contact.email.is_empty()
}

/// How often a page looks whether the provider knows of the payment, every five seconds without script.
const LOOKS: u8 = 12;

/// Where the shopper comes from, if the address tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CameFrom {
    /// From the page of a payment provider, with something done there; and how often this page was looked at since.
    Paying(u8),
}

fn came_from_paying() -> Option<CameFrom> {
    let query = use_query_map().get_untracked();
    let look = |told: &str| told.parse().unwrap_or(1);
    query
        .get_str("paid")
        .map(|told| CameFrom::Paying(look(told)))
}

/// The provider may need a moment: the page asks again by itself, with script or without.
fn look_again(CameFrom::Paying(look): CameFrom) -> AnyView {
    let next = (look < LOOKS).then(|| {
        let content = format!("5; url=?paid={}", look.saturating_add(1));
        view! { <noscript><meta http-equiv="refresh" content=content/></noscript> }
    });
    view! {
        {next}
        <script type="module" src=style::PAYING.href() data-paying></script>
    }
    .into_any()
}

/// All there is to see of an order. `onward` is what can be done from here.
pub fn content(order: &Order, onward: AnyView) -> AnyView {
    view! {
        {head(order)}
        <div class="with-aside">
            <div class="stack-l">
                {transfer_panel(order)} {facts(order)} {next(order)} {whereto(order)} {onward}
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
            match (order.awaits_transfer(), order.waits_for_payer) {
                (Some(_), _) => text.received_to_transfer(),
                (None, true) => text.received_to_be_paid(),
                (None, false) => text.received_unpaid(),
            },
        ),
        Packed if order.is_collected() => (
            Icon::Stock,
            text.order_is_packed().to_owned(),
            text.ready_next(),
        ),
        Packed => (
            Icon::Stock,
            text.order_is_packed().to_owned(),
            text.shipped_next(),
        ),
        Shipped if order.is_collected() => (
            Icon::Stock,
            text.order_is_ready().to_owned(),
            text.collect_it(),
        ),
        Shipped => (
            Icon::Truck,
            text.order_is_on_its_way().to_owned(),
            text.has_been_shipped(),
        ),
        Delivered if order.is_collected() => (
            Icon::Check,
            text.order_was_collected().to_owned(),
            text.hope_you_like_it(),
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
                PaymentStatus::Disputed if order.is_refunded_by_bank() => text.money_by_bank(),
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
            {mailed_to(order)}
            {cancel_words(order).map(|words| view! { <p class="muted">{words}</p> })}
            {confirm_until(order)} {order.waits_for_payer.then(|| pay(order))}
        </header>
    }
    .into_any()
}

/// What was mailed where, as long as the order is fresh.
fn mailed_to(order: &Order) -> Option<impl IntoView + use<>> {
    let (text, email) = (Text::from(locale()), &order.contact.email);
    if email.is_empty() {
        return None;
    }
    let words = match order.status {
        OrderStatus::AwaitingConfirmation => text.link_mailed(email),
        OrderStatus::PendingPayment => {
            order.awaits_transfer()?.to.as_ref()?;
            text.bank_details_mailed(email)
        }
        OrderStatus::Paid => text.confirmation_mailed(email),
        OrderStatus::Packed
        | OrderStatus::Shipped
        | OrderStatus::Delivered
        | OrderStatus::Cancelled
        | OrderStatus::Refunded => return None,
    };
    Some(view! { <p class="muted">{words}</p> })
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
    let form = Form::of(PAY);
    let away = (form.refusal().is_none() && is_to_pay_later()).then(|| {
        view! {
            <Banner tone=Tone::Warning sign=Icon::Alert heard=Heard::Soon class="form-section">
                <p>{text.provider_away()}</p>
            </Banner>
        }
    });
    view! {
        <form action=href(PAY) method="post">
            <PageField/>
            {refusal_of(&form)} {away}
            <input type="hidden" name="token" value=order.token.clone()/>
            <button class="btn btn-primary" type="submit">{text.pay_now(&amount)}</button>
        </form>
    }
    .into_any()
}

/// Whether the order was placed just now and its provider's page could not be begun, as the address tells.
fn is_to_pay_later() -> bool {
    use_query_map().get_untracked().get_str("pay") == Some("later")
}
