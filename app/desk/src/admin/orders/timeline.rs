//! What happened to an order, as the staff sees it, and notes for one another.

use app::{
    locale::locale,
    orders::{
        payment::RefundStatus,
        status::{paid_back_words, refund_words},
        types::{CancelReason, EventKind, Order, OrderEvent},
    },
    ui::{
        date::time,
        field::TextArea,
        form::{Form, PageField},
    },
};
use leptos::prelude::*;

use crate::admin::orders::{said, types::AdminOrder};

const NOTE: &str = "/api/admin/orders/note";

pub fn time_line(desk: &AdminOrder) -> AnyView {
    let order = &desk.order;
    let placed = item(
        said().order_placed().to_owned(),
        None,
        order.created_at,
        String::new(),
    );
    let events: Vec<_> = desk
        .events
        .iter()
        .map(|event| {
            let text = match event.kind {
                EventKind::Cancelled => order.cancel_reason.map_or("", cancelled_by).to_owned(),
                EventKind::Confirmed
                | EventKind::Paid
                | EventKind::Packed
                | EventKind::Shipped
                | EventKind::Delivered
                | EventKind::Refunded
                | EventKind::Refund
                | EventKind::RefundElsewhere
                | EventKind::RefundFailed
                | EventKind::RefundByBank
                | EventKind::PaidBack
                | EventKind::Received
                | EventKind::Disputed
                | EventKind::DisputeWon
                | EventKind::DisputeLost
                | EventKind::Tracking
                | EventKind::Note => event.text.clone(),
            };
            item(title(order, event), event.actor.clone(), event.at, text)
        })
        .collect();
    view! {
        <section class="panel" aria-labelledby="time-line">
            <h2 class="panel-title" id="time-line">{said().timeline()}</h2>
            <ol class="timeline">{placed} {events}</ol>
        </section>
    }
    .into_any()
}

fn cancelled_by(reason: CancelReason) -> &'static str {
    match reason {
        CancelReason::Declined => said().cancelled_declined(),
        CancelReason::Expired => said().cancelled_expired(),
        CancelReason::Staff => said().cancelled_staff(),
        CancelReason::Shopper => said().cancelled_shopper(),
        CancelReason::Unconfirmed => said().cancelled_unconfirmed(),
        CancelReason::CardLimit => said().cancelled_card_limit(),
    }
}

fn title(order: &Order, event: &OrderEvent) -> String {
    match event.kind {
        EventKind::Confirmed => said().order_confirmed().to_owned(),
        EventKind::Paid if order.is_good_once_confirmed() => said().order_confirmed().to_owned(),
        EventKind::Paid => said().payment_confirmed().to_owned(),
        EventKind::Packed => said().packed().to_owned(),
        EventKind::Shipped => said().shipped().to_owned(),
        EventKind::Delivered => said().delivered().to_owned(),
        EventKind::Cancelled => said().cancelled().to_owned(),
        EventKind::Refunded => said().fully_refunded().to_owned(),
        EventKind::Refund => refund_words(event, &order.currency)
            .unwrap_or_else(|| said().returned_free().to_owned()),
        EventKind::RefundElsewhere => refund_elsewhere_words(event, &order.currency),
        EventKind::RefundFailed => refund_failed_words(event, &order.currency),
        EventKind::RefundByBank => refund_by_bank_words(event, &order.currency),
        EventKind::PaidBack => paid_back_words(event, &order.currency).unwrap_or_default(),
        EventKind::Received => said().money_received().to_owned(),
        EventKind::Disputed => said().bank_asks_back().to_owned(),
        EventKind::DisputeWon => said().dispute_won().to_owned(),
        EventKind::DisputeLost => said().dispute_lost().to_owned(),
        EventKind::Tracking => said().tracking_changed().to_owned(),
        EventKind::Note => said().note().to_owned(),
    }
}

/// `€12.00 refunded at the payment provider`, by someone who did it there.
pub fn refund_elsewhere_words(event: &OrderEvent, currency: &str) -> String {
    let amount = locale().money(event.amount_minor.unwrap_or(0), currency);
    match event.refund_status {
        Some(RefundStatus::Pending) => said().on_its_way_elsewhere(&amount),
        Some(
            RefundStatus::Owed
            | RefundStatus::Returned
            | RefundStatus::ByHand
            | RefundStatus::PaidBack
            | RefundStatus::ByBank
            | RefundStatus::Waived,
        )
        | None => said().refunded_elsewhere(&amount),
    }
}

/// `€12.00 could not be refunded`, at its provider.
pub fn refund_failed_words(event: &OrderEvent, currency: &str) -> String {
    let amount = locale().money(event.amount_minor.unwrap_or(0), currency);
    said().refund_failed(&amount)
}

/// `€12.00 isn’t due any more`, because a bank has given it back; of a part of it, without the amount.
pub fn refund_by_bank_words(event: &OrderEvent, currency: &str) -> String {
    let amount = locale().money(event.amount_minor.unwrap_or(0), currency);
    match event.refund_status {
        Some(RefundStatus::ByBank) => said().not_due_any_more(&amount),
        Some(
            RefundStatus::Owed
            | RefundStatus::Pending
            | RefundStatus::Returned
            | RefundStatus::ByHand
            | RefundStatus::PaidBack
            | RefundStatus::Waived,
        )
        | None => said().part_by_bank(&amount),
    }
}

fn item(title: String, actor: Option<String>, at: i64, text: String) -> AnyView {
    let by = actor.map(|actor| view! { {said().done_by(&actor)} });
    let text = (!text.is_empty()).then(|| view! { <p class="timeline-note">{text}</p> });
    view! {
        <li class="timeline-item timeline-done">
            <p class="timeline-title">{title}</p>
            <p class="timeline-text">{time(at)} {by}</p>
            {text}
        </li>
    }
    .into_any()
}

pub fn note_form(desk: &AdminOrder) -> AnyView {
    let form = Form::of(NOTE);
    view! {
        <section class="panel" aria-labelledby="notes">
            <h2 class="panel-title" id="notes">{said().add_a_note()}</h2>
            <form class="stack" action=NOTE method="post">
                <PageField/>
                <input type="hidden" name="id" value=desk.order.id.clone()/>
                <input type="hidden" name="key" value=desk.form_key.clone()/>
                <TextArea
                    form=&form
                    name="note"
                    label=said().note()
                    rows=3
                    maxlength=2000
                    hint=said().only_staff()
                />
                <div>
                    <button class="btn" type="submit">{said().add_note()}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}
