//! The state of an order, in words and colours.

use leptos::prelude::*;

use super::{
    payment::{PaymentStatus, RefundStatus},
    tracking::tracking_link,
    types::{EventKind, Order, OrderEvent, OrderStatus, Parcel},
};
use crate::{money::format_money, ui::date::time};

pub fn status_badge(status: OrderStatus) -> impl IntoView {
    use OrderStatus::*;
    let class = match status {
        AwaitingConfirmation | PendingPayment => "badge badge-warn",
        Paid => "badge badge-good",
        Packed => "badge badge-accent",
        Shipped => "badge",
        Delivered => "badge badge-outline",
        Cancelled | Refunded => "badge badge-bad",
    };
    view! { <span class=class>{status.words()}</span> }
}

/// What the state of the payment means for the shopper.
pub fn payment_words(order: &Order) -> &'static str {
    match order.payment_status {
        PaymentStatus::Authorised => "Authorised, and not charged yet",
        PaymentStatus::Captured | PaymentStatus::Disputed => "Paid",
        PaymentStatus::Due => "To be paid on delivery",
        PaymentStatus::Pending => "Waiting for the payment's confirmation",
        PaymentStatus::Declined => "The payment was declined. You were not charged.",
        PaymentStatus::Voided => "You were not charged.",
        PaymentStatus::Refunded => "Refunded",
    }
}

/// Why an order was cancelled.
pub fn cancel_words(order: &Order) -> Option<String> {
    let reason = order.cancel_reason?.words();
    Some(format!("Reason: {reason}"))
}

#[derive(Clone, Copy)]
enum Mark {
    Done,
    Now,
    Ahead,
}

impl Mark {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "timeline-item timeline-done",
            Self::Now => "timeline-item timeline-now",
            Self::Ahead => "timeline-item",
        }
    }
}

/// What was done and what comes next.
pub fn timeline(order: &Order) -> AnyView {
    let placed = item(
        Mark::Done,
        "Order placed".to_owned(),
        time(order.created_at).into_any(),
    );
    let done: Vec<_> = order
        .events
        .iter()
        .filter_map(|event| {
            Some(item(
                Mark::Done,
                happened(order, event)?,
                when(order, event),
            ))
        })
        .collect();
    let ahead = way_to_the_door(order.status);
    view! { <ol class="timeline">{placed} {done} {ahead}</ol> }.into_any()
}

/// What an event means for the shopper; nothing for what another event says as well.
fn happened(order: &Order, event: &OrderEvent) -> Option<String> {
    let title = match event.kind {
        EventKind::Paid => "Payment confirmed",
        EventKind::Packed => "Packed",
        EventKind::Shipped => "On its way",
        EventKind::Delivered => "Delivered",
        EventKind::Cancelled => "Cancelled",
        EventKind::Refund => return refund_words(event, &order.currency),
        EventKind::PaidBack => return paid_back_words(event, &order.currency),
        EventKind::Refunded | EventKind::Received | EventKind::Tracking | EventKind::Note => {
            return None;
        }
    };
    Some(title.to_owned())
}

/// `€12.00 paid back`, of a refund that somebody paid by hand.
pub fn paid_back_words(event: &OrderEvent, currency: &str) -> Option<String> {
    let amount = format_money(event.amount_minor?, currency);
    Some(format!("{amount} paid back"))
}

/// `€12.00 refunded`; nothing for units that cost nothing.
pub fn refund_words(event: &OrderEvent, currency: &str) -> Option<String> {
    let amount = event.amount_minor.filter(|amount| *amount > 0)?;
    let words = match event.refund_status {
        Some(RefundStatus::Waived) => "less to pay",
        Some(RefundStatus::Owed | RefundStatus::ByHand) => "to be paid back",
        Some(RefundStatus::Returned | RefundStatus::PaidBack) | None => "refunded",
    };
    Some(format!("{} {words}", format_money(amount, currency)))
}

fn when(order: &Order, event: &OrderEvent) -> AnyView {
    let parcel = order
        .parcel
        .as_ref()
        .filter(|_| event.kind == EventKind::Shipped)
        .map(parcel_line);
    view! { {time(event.at)} {parcel} }.into_any()
}

/// With whom a parcel travels and under which number, led on to the carrier's page if we know it.
pub fn parcel_line(parcel: &Parcel) -> AnyView {
    let number = parcel.tracking_number.clone();
    let number = match tracking_link(parcel) {
        Some(href) => view! {
            <a class="link mono" href=href rel="noopener noreferrer">{number}</a>
        }
        .into_any(),
        None => view! { <span class="mono">{number}</span> }.into_any(),
    };
    let carrier = parcel.carrier.clone();
    match (carrier.is_empty(), parcel.tracking_number.is_empty()) {
        (true, true) => ().into_any(),
        (false, true) => view! { <span class="parcel">"With "{carrier}</span> }.into_any(),
        (true, false) => {
            view! { <span class="parcel">"Tracking number "{number}</span> }.into_any()
        }
        (false, false) => {
            view! { <span class="parcel">{carrier}", tracking number "{number}</span> }.into_any()
        }
    }
}

/// The steps ahead of an order in this status, the next one first.
fn way_to_the_door(status: OrderStatus) -> Vec<AnyView> {
    use OrderStatus::*;
    let stages = [
        ("Payment confirmed", "Usually within a minute"),
        ("We pack it", "Usually the same day"),
        ("On its way", "The parcel leaves our house"),
        ("Delivered", "It is in your hands"),
    ];
    let reached = match status {
        AwaitingConfirmation | PendingPayment => 0,
        Paid => 1,
        Packed => 2,
        Shipped => 3,
        Delivered | Cancelled | Refunded => stages.len(),
    };
    let mark = |at: usize| if at == 0 { Mark::Now } else { Mark::Ahead };
    stages
        .into_iter()
        .skip(reached)
        .enumerate()
        .map(|(at, (title, text))| item(mark(at), title.to_owned(), text.into_any()))
        .collect()
}

fn item(mark: Mark, title: String, text: AnyView) -> AnyView {
    view! {
        <li class=mark.class()>
            <p class="timeline-title">{title}</p>
            <p class="timeline-text">{text}</p>
        </li>
    }
    .into_any()
}
