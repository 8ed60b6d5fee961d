//! `/orders/{token}`: the confirmation, and later what became of the order.

use app::{
    contact::view::company_address,
    load::load,
    locale::{href, locale},
    orders::{
        payment::{PaymentStatus, RefundStatus},
        ports::orders,
        status::{cancel_words, payment_words, status_badge, timeline},
        summary::{SummaryLine, sum, summary_lines, totals_list},
        text::Text,
        types::{Order, OrderLine, OrderStatus},
    },
    style,
    ui::{
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

pub use super::look_up::OrderLookUpPage;
use super::{
    new_account::{new_account, offer},
    transfer::transfer_panel,
};
use crate::frame::Frame;

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
            <div class="banner banner-warn form-section" role="status">
                {icon(Icon::Alert)}
                <div class="banner-body"><p>{text.provider_away()}</p></div>
            </div>
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
                    <dd>{order.shipping_method.clone()} {promised(order)}</dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}

/// When it arrives.
fn promised(order: &Order) -> Option<impl IntoView + use<>> {
    let (promise, start) = order.promised()?;
    let words = promise.words(locale(), start);
    Some(view! { <br/> <span class="muted">{words}</span> })
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
                {company_address(&order.particulars.company, &order.contact)}
            </div>
            {billing(order)}
            <div>
                <h2 class="panel-title">{text.payment()}</h2>
                <p>
                    {order.payment_label.clone()} <br/>
                    <span class="muted">{payment_words(order)}</span>
                </p>
                {refunded(order)}
            </div>
            {note(order)}
        </section>
    }
    .into_any()
}

/// Whom the invoice is for, if that is not the one who gets the parcel.
fn billing(order: &Order) -> Option<AnyView> {
    let said = &order.particulars;
    let billing = said.billing.as_ref();
    if billing.is_none() && said.vat_id.is_empty() {
        return None;
    }
    let text = Text::from(locale());
    let address = billing.map(|to| company_address(&to.company, &to.address()));
    let vat_id = (!said.vat_id.is_empty()).then(|| view! { <p>{text.vat_id(&said.vat_id)}</p> });
    let view = view! {
        <div>
            <h2 class="panel-title">{text.billing_address()}</h2>
            {address}
            {vat_id}
        </div>
    };
    Some(view.into_any())
}

/// What the customer wrote to the shop.
fn note(order: &Order) -> Option<AnyView> {
    let note = order.particulars.customer_note.clone();
    let view = view! {
        <div>
            <h2 class="panel-title">{Text::from(locale()).your_note()}</h2>
            <p class="as-typed">{note.clone()}</p>
        </div>
    };
    (!note.is_empty()).then(|| view.into_any())
}

/// What went back of an order that goes on; of one that ended, the other words tell.
fn refunded(order: &Order) -> Option<impl IntoView + use<>> {
    let amount = match order.payment_status {
        PaymentStatus::Disputed if order.is_refunded_by_bank() => 0,
        PaymentStatus::Captured | PaymentStatus::Disputed => order.refunded_minor,
        PaymentStatus::Pending
        | PaymentStatus::Authorised
        | PaymentStatus::Due
        | PaymentStatus::Declined
        | PaymentStatus::Voided
        | PaymentStatus::Refunded => 0,
    };
    let mut refunds = order.events.iter().filter_map(|event| event.refund_status);
    let is_open = refunds.clone().any(RefundStatus::is_open);
    let is_on_its_way = refunds.any(|status| status == RefundStatus::Pending);
    (amount > 0).then(|| {
        let (text, amount) = (
            Text::from(locale()),
            locale().money(amount, &order.currency),
        );
        let words = match (is_open, is_on_its_way) {
            (true, _) => text.amount_will_be_refunded(&amount),
            (false, true) => text.amount_travels_back(&amount),
            (false, false) => text.amount_refunded(&amount),
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
        picture: line.picture.clone(),
        quantity: line.quantity,
        total_minor: line.unit_price_minor * line.quantity,
    }
}
