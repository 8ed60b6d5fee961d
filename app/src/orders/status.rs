//! The state of an order, in words and colours.

use leptos::prelude::*;

use super::types::{Order, OrderStatus};
use crate::ui::date::time;

pub fn status_badge(status: OrderStatus) -> impl IntoView {
    use OrderStatus::*;
    let class = match status {
        PendingPayment => "badge badge-warn",
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
    match order.payment_status.as_str() {
        "captured" => "Paid",
        "due" => "To be paid on delivery",
        "pending" => "Waiting for the payment's confirmation",
        "declined" => "The payment was declined. You were not charged.",
        "void" => "You were not charged.",
        "refunded" => "Refunded",
        _ => "",
    }
}

/// Why an order was cancelled, as stored (`payment_declined`), in words.
pub fn cancel_words(order: &Order) -> Option<String> {
    let reason = order.cancel_reason.as_ref()?.replace('_', " ");
    (!reason.trim().is_empty()).then(|| format!("Reason: {}", reason.trim()))
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
        "Order placed",
        time(order.created_at).into_any(),
    );
    let rest = match order.status {
        OrderStatus::Cancelled => {
            vec![item(
                Mark::Done,
                "Cancelled",
                time(order.updated_at).into_any(),
            )]
        }
        OrderStatus::Refunded => {
            vec![item(
                Mark::Done,
                "Refunded",
                time(order.updated_at).into_any(),
            )]
        }
        status => way_to_the_door(status),
    };
    view! { <ol class="timeline">{placed} {rest}</ol> }.into_any()
}

fn way_to_the_door(status: OrderStatus) -> Vec<AnyView> {
    use OrderStatus::*;
    let reached = match status {
        PendingPayment => 0,
        Paid => 1,
        Packed => 2,
        Shipped => 3,
        _ => 4,
    };
    let stages = [
        ("Payment confirmed", "Usually within a minute"),
        ("We pack it", "Usually the same day"),
        ("On its way", "The parcel leaves our house"),
        ("Delivered", "It is in your hands"),
    ];
    let mark = |at: usize| match at.cmp(&reached) {
        std::cmp::Ordering::Less => Mark::Done,
        std::cmp::Ordering::Equal => Mark::Now,
        std::cmp::Ordering::Greater => Mark::Ahead,
    };
    stages
        .into_iter()
        .enumerate()
        // Cash is paid at the door, and a card once it is charged needs no more words.
        .filter(|(at, _)| *at > 0 || reached == 0)
        .map(|(at, (title, text))| item(mark(at), title, text.into_any()))
        .collect()
}

fn item(mark: Mark, title: &'static str, text: AnyView) -> AnyView {
    view! {
        <li class=mark.class()>
            <p class="timeline-title">{title}</p>
            <p class="timeline-text">{text}</p>
        </li>
    }
    .into_any()
}
