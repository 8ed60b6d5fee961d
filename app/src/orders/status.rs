//! The state of an order, in words and colours.

use leptos::prelude::*;

use super::{
    payment::{PaymentStatus, RefundStatus},
    text::Text,
    types::{CancelReason, EventKind, Order, OrderEvent, OrderStatus, Parcel},
};
use crate::{locale::locale, shop::shop, ui::date::time};

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
    view! { <span class=class>{status_words(status)}</span> }
}

/// In the language of the request at hand.
pub fn status_words(status: OrderStatus) -> &'static str {
    let text = Text::from(locale());
    match status {
        OrderStatus::AwaitingConfirmation => text.status_awaiting_confirmation(),
        OrderStatus::PendingPayment => text.status_pending_payment(),
        OrderStatus::Paid => text.status_paid(),
        OrderStatus::Packed => text.status_packed(),
        OrderStatus::Shipped => text.status_shipped(),
        OrderStatus::Delivered => text.status_delivered(),
        OrderStatus::Cancelled => text.status_cancelled(),
        OrderStatus::Refunded => text.status_refunded(),
    }
}

/// What the state of the payment means for the shopper.
pub fn payment_words(order: &Order) -> &'static str {
    let text = Text::from(locale());
    // Of an order that ended unpaid.
    let came_in = order
        .transfer
        .as_ref()
        .filter(|_| order.status == OrderStatus::Cancelled)
        .map(|transfer| transfer.came_minor());
    match order.payment_status {
        PaymentStatus::Pending | PaymentStatus::Voided
            if came_in.is_some_and(|minor| minor > 0) =>
        {
            text.transfer_goes_back()
        }
        PaymentStatus::Pending if came_in.is_some() => text.not_charged(),
        PaymentStatus::Authorised => text.authorised(),
        PaymentStatus::Disputed if order.is_refunded_by_bank() => text.returned_by_bank(),
        PaymentStatus::Captured | PaymentStatus::Disputed => text.paid(),
        PaymentStatus::Due => text.due_on_delivery(),
        PaymentStatus::Pending => text.waiting_for_payment(),
        PaymentStatus::Declined => text.declined(),
        PaymentStatus::Voided => text.not_charged(),
        PaymentStatus::Refunded => text.refunded(),
    }
}

/// Why an order was cancelled, for the shopper.
pub fn cancel_words(order: &Order) -> Option<&'static str> {
    let text = Text::from(locale());
    Some(match order.cancel_reason? {
        CancelReason::Declined => text.cancelled_declined(),
        CancelReason::Expired => text.cancelled_expired(),
        CancelReason::Staff => text.cancelled_by_shop(),
        CancelReason::Shopper => text.cancelled_by_you(),
        CancelReason::Unconfirmed => text.cancelled_unconfirmed(),
        CancelReason::CardLimit => text.cancelled_card_limit(),
    })
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
        Text::from(locale()).order_placed().to_owned(),
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
    let ahead = way_to_the_door(order);
    view! { <ol class="timeline">{placed} {done} {ahead}</ol> }.into_any()
}

/// What an event means for the shopper; nothing for what another event says as well.
fn happened(order: &Order, event: &OrderEvent) -> Option<String> {
    let text = Text::from(locale());
    let title = match event.kind {
        EventKind::Confirmed => text.order_confirmed(),
        EventKind::Paid if order.is_good_once_confirmed() => text.order_confirmed(),
        EventKind::Paid => text.payment_confirmed(),
        EventKind::Packed => text.packed(),
        EventKind::Shipped if order.is_collected() => text.ready_to_collect(),
        EventKind::Shipped => text.on_its_way(),
        EventKind::Delivered if order.is_collected() => text.collected(),
        EventKind::Delivered => text.delivered(),
        EventKind::Cancelled => text.cancelled(),
        EventKind::Refund | EventKind::RefundElsewhere => {
            return refund_words(event, &order.currency);
        }
        EventKind::PaidBack => return paid_back_words(event, &order.currency),
        EventKind::Refunded
        | EventKind::RefundFailed
        | EventKind::RefundByBank
        | EventKind::Received
        | EventKind::Disputed
        | EventKind::DisputeWon
        | EventKind::DisputeLost
        | EventKind::Tracking
        | EventKind::Note => {
            return None;
        }
    };
    Some(title.to_owned())
}

/// `€12.00 paid back`, of a refund that someone paid by hand.
pub fn paid_back_words(event: &OrderEvent, currency: &str) -> Option<String> {
    let amount = locale().money(event.amount_minor?, currency);
    Some(Text::from(locale()).amount_paid_back(&amount))
}

/// `€12.00 refunded`; nothing for units that cost nothing.
pub fn refund_words(event: &OrderEvent, currency: &str) -> Option<String> {
    let amount = event.amount_minor.filter(|amount| *amount > 0)?;
    let (text, amount) = (Text::from(locale()), locale().money(amount, currency));
    Some(match event.refund_status {
        Some(RefundStatus::Waived) => text.amount_off(&amount),
        Some(RefundStatus::ByBank) => text.amount_by_bank(&amount),
        Some(RefundStatus::Owed | RefundStatus::ByHand) => text.amount_to_be_refunded(&amount),
        Some(RefundStatus::Pending) => text.amount_on_its_way(&amount),
        Some(RefundStatus::Returned | RefundStatus::PaidBack) | None => {
            text.amount_refunded(&amount)
        }
    })
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
    let text = Text::from(locale());
    let number = parcel.tracking_number.clone();
    let link = shop()
        .settings
        .carriers
        .link(&parcel.carrier, &parcel.tracking_number);
    let number = match link {
        Some(href) => view! {
            <a class="link mono" href=href rel="noopener noreferrer">{number}</a>
        }
        .into_any(),
        None => view! { <span class="mono">{number}</span> }.into_any(),
    };
    let carrier = parcel.carrier.clone();
    match (carrier.is_empty(), parcel.tracking_number.is_empty()) {
        (true, true) => ().into_any(),
        (false, true) => view! { <span class="parcel">{text.with_carrier()} " " {carrier}</span> }.into_any(),
        (true, false) => {
            view! { <span class="parcel">{text.tracking_number()} " " {number}</span> }.into_any()
        }
        (false, false) => {
            view! { <span class="parcel">{carrier} {text.and_tracking_number()} " " {number}</span> }.into_any()
        }
    }
}

/// The steps ahead of an order, the next one first.
fn way_to_the_door(order: &Order) -> Vec<AnyView> {
    use OrderStatus::*;
    let text = Text::from(locale());
    let status = order.status;
    let confirmed = (text.order_confirmed(), text.order_confirmed_when());
    let first = match status {
        AwaitingConfirmation if order.is_good_once_confirmed() => confirmed,
        AwaitingConfirmation | PendingPayment if order.transfer.is_some() => {
            (text.transfer_awaited(), text.transfer_awaited_when())
        }
        AwaitingConfirmation | PendingPayment | Paid | Packed | Shipped | Delivered | Cancelled
        | Refunded => (text.payment_confirmed(), text.payment_confirmed_when()),
    };
    // What is confirmed first and paid then has a step more.
    let before = (status == AwaitingConfirmation && first != confirmed).then_some(confirmed);
    let [packed, ready, fetched] = match order.is_collected() {
        true => [
            (text.we_pack_it(), text.we_pack_it_to_collect()),
            (text.ready_to_collect(), text.ready_to_collect_when()),
            (text.collected(), text.collected_when()),
        ],
        false => [
            (text.we_pack_it(), text.we_pack_it_when()),
            (text.on_its_way(), text.on_its_way_when()),
            (text.delivered(), text.delivered_when()),
        ],
    };
    let stages = [first, packed, ready, fetched];
    let reached = match status {
        AwaitingConfirmation | PendingPayment => 0,
        Paid => 1,
        Packed => 2,
        Shipped => 3,
        Delivered | Cancelled | Refunded => stages.len(),
    };
    let mark = |at: usize| if at == 0 { Mark::Now } else { Mark::Ahead };
    before
        .into_iter()
        .chain(stages.into_iter().skip(reached))
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
