//! What an order is, below what became of it.

use app::{
    contact::view::company_address,
    locale::locale,
    orders::{
        payment::{PaymentStatus, RefundStatus},
        status::{payment_words, status_badge, timeline},
        summary::{SummaryLine, sum, summary_lines, totals_list},
        text::Text,
        types::{Order, OrderLine, OrderStatus},
    },
    ui::{
        date::time,
        fact::{code_fact, fact},
    },
};
use leptos::prelude::*;

pub(super) fn facts(order: &Order) -> AnyView {
    let text = Text::from(locale());
    let shipping = view! { {order.shipping_method.clone()} {promised(order)} };
    view! {
        <section class="panel" aria-label=text.order()>
            <dl class="order-facts">
                {code_fact(text.order_number(), order.number.clone())}
                {fact(text.placed(), time(order.created_at))}
                {fact(text.status(), status_badge(order.status))}
                {fact(text.shipping_method(), shipping)}
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

pub(super) fn next(order: &Order) -> AnyView {
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

pub(super) fn whereto(order: &Order) -> AnyView {
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
