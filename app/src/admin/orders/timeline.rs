//! What happened to an order, as the staff sees it, and notes for one another.

use leptos::prelude::*;

use crate::{
    admin::orders::types::AdminOrder,
    orders::{
        status::{paid_back_words, refund_words},
        types::{CancelReason, EventKind, Order, OrderEvent},
    },
    ui::{
        date::time,
        field::TextArea,
        form::{Form, PageField},
    },
};

const NOTE: &str = "/api/admin/orders/note";

pub fn time_line(desk: &AdminOrder) -> AnyView {
    let order = &desk.order;
    let placed = item(
        "Order placed".to_owned(),
        None,
        order.created_at,
        String::new(),
    );
    let events: Vec<_> = desk
        .events
        .iter()
        .map(|event| {
            let text = match event.kind {
                EventKind::Cancelled => order
                    .cancel_reason
                    .map_or("", CancelReason::words)
                    .to_owned(),
                EventKind::Paid
                | EventKind::Packed
                | EventKind::Shipped
                | EventKind::Delivered
                | EventKind::Refunded
                | EventKind::Refund
                | EventKind::PaidBack
                | EventKind::Received
                | EventKind::Tracking
                | EventKind::Note => event.text.clone(),
            };
            item(title(order, event), event.actor.clone(), event.at, text)
        })
        .collect();
    view! {
        <section class="panel" aria-labelledby="time-line">
            <h2 class="panel-title" id="time-line">"Timeline"</h2>
            <ol class="timeline">{placed} {events}</ol>
        </section>
    }
    .into_any()
}

fn title(order: &Order, event: &OrderEvent) -> String {
    match event.kind {
        EventKind::Paid => "Payment confirmed".to_owned(),
        EventKind::Packed => "Packed".to_owned(),
        EventKind::Shipped => "Shipped".to_owned(),
        EventKind::Delivered => "Delivered".to_owned(),
        EventKind::Cancelled => "Cancelled".to_owned(),
        EventKind::Refunded => "Fully refunded".to_owned(),
        EventKind::Refund => refund_words(event, &order.currency)
            .unwrap_or_else(|| "Items returned, no refund due".to_owned()),
        EventKind::PaidBack => paid_back_words(event, &order.currency).unwrap_or_default(),
        EventKind::Received => "Money received".to_owned(),
        EventKind::Tracking => "Tracking number changed".to_owned(),
        EventKind::Note => "Note".to_owned(),
    }
}

fn item(title: String, actor: Option<String>, at: i64, text: String) -> AnyView {
    let by = actor.map(|actor| view! { " by "{actor} });
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
            <h2 class="panel-title" id="notes">"Add a note"</h2>
            <form class="stack" action=NOTE method="post">
                <PageField/>
                <input type="hidden" name="id" value=desk.order.id.clone()/>
                <input type="hidden" name="key" value=desk.form_key.clone()/>
                <TextArea
                    form=&form
                    name="note"
                    label="Note"
                    rows=3
                    maxlength=2000
                    hint="Only staff see this."
                />
                <div>
                    <button class="btn" type="submit">"Add note"</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}
