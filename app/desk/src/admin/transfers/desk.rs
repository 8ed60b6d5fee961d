//! `/admin/transfers/{id}`: what came for an order, and the form that records more.

use app::{
    identity::Role,
    locale::locale,
    orders::{status::status_badge, types::Order},
    text::in_fours,
    ui::{
        banner::done,
        breadcrumbs::{breadcrumbs, crumb},
        date::{day, iso, time},
        fact::{code_fact, fact},
        field::{Need, TextField, refusal_of},
        form::{Form, PageField},
        path::path_part,
    },
};
use leptos::prelude::*;

use super::{
    list::HERE,
    ports::transfer_admin,
    text::Text,
    types::{Recorded, TransferDesk},
};
use crate::admin::frame::{Section, admin_page, short_number};

/// Where the forms go.
pub const RECORD: &str = "/api/admin/transfers/record";
pub const RETURNED: &str = "/api/admin/transfers/returned";

#[component]
pub fn AdminTransferPage() -> impl IntoView {
    let id = path_part("id");
    let port = transfer_admin();
    let data = async move { port.order(&id).await };
    admin_page(Role::Staff, data, |_, desk| {
        let title = Text::from(locale()).payment_of(&desk.order.number);
        Section::Orders.page(title.clone(), page(&desk, title))
    })
}

fn page(desk: &TransferDesk, title: String) -> AnyView {
    let text = Text::from(locale());
    let order = &desk.order;
    view! {
        <div class="admin-head">
            {breadcrumbs(
                vec![crumb("/admin/orders", text.orders()), crumb(HERE, text.to_match())],
                &order.number,
            )}
            <div class="row">
                <h1 class="admin-title">{title}</h1>
                {short_number(desk.short_number)}
                {status_badge(order.status)}
            </div>
            <div class="row">
                <a class="btn-text" href=format!("/admin/orders/{}", order.id)>{text.view_order()}</a>
            </div>
        </div>
        <div class="stack">
            {done(&[("recorded", text.recorded()), ("returned", text.returned())])}
            {refusal_of(&Form::of(RETURNED))}
            <div class="admin-cols">
                <div class="stack">{form(desk)} {transfers(desk)}</div>
                {expected(order)}
            </div>
        </div>
    }
    .into_any()
}

fn expected(order: &Order) -> Option<AnyView> {
    let text = Text::from(locale());
    let transfer = order.transfer.as_ref()?;
    let money = |minor| locale().money(minor, &order.currency);
    let waiting = order.awaits_transfer().map(|transfer| {
        let missing = transfer.missing_minor(order.total_minor);
        view! { {fact(text.missing(), money(missing))} {fact(text.until(), time(transfer.until))} }
    });
    let to = transfer.to.as_ref();
    let reference = to.map(|to| code_fact(text.reference(), in_fours(&to.reference)));
    let panel = view! {
        <section class="panel" aria-labelledby="expected">
            <h2 class="panel-title" id="expected">{text.expected()}</h2>
            <dl class="order-facts">
                {fact(text.total(), money(order.total_minor))}
                {fact(text.received(), money(transfer.received_minor))}
                {waiting}
                {reference}
            </dl>
        </section>
    };
    Some(panel.into_any())
}

fn form(desk: &TransferDesk) -> AnyView {
    let text = Text::from(locale());
    let order = &desk.order;
    let form = Form::of(RECORD);
    let waits = order.awaits_transfer().is_some();
    let why = match waits {
        true => text.record_why(),
        false => text.record_late_why(),
    };
    let today: String = iso(desk.now).chars().take(10).collect();
    view! {
        <section class="panel" aria-labelledby="record">
            <h2 class="panel-title" id="record">{text.record()}</h2>
            {refusal_of(&form)} <p class="muted">{why}</p>
            <form class="form-grid" action=RECORD method="post" novalidate>
                <PageField/>
                <input type="hidden" name="id" value=order.id.clone()/>
                <input type="hidden" name="key" value=desk.form_key.clone()/>
                <TextField
                    form=&form
                    name="amount"
                    label=text.amount_in(&order.currency)
                    autocomplete="off"
                    inputmode="decimal"
                    hint=text.amount_hint()
                />
                <TextField
                    form=&form
                    name="day"
                    kind="date"
                    label=text.day()
                    autocomplete="off"
                    value=today
                />
                <TextField
                    form=&form
                    name="note"
                    label=text.note()
                    need=Need::Optional
                    autocomplete="off"
                    maxlength=200
                    hint=text.note_hint()
                />
                <div>
                    <button class="btn btn-primary" type="submit">{text.record()}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn transfers(desk: &TransferDesk) -> AnyView {
    let text = Text::from(locale());
    if desk.transfers.is_empty() {
        return view! { <p class="muted">{text.nothing_came()}</p> }.into_any();
    }
    let rows: Vec<_> = desk
        .transfers
        .iter()
        .map(|transfer| row(&desk.order, transfer))
        .collect();
    view! {
        <div class="table-wrap">
            <table class="table table-stack">
                <caption class="visually-hidden">{text.payments()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text.day()}</th>
                        <th scope="col" class="cell-num">{text.amount()}</th>
                        <th scope="col">{text.to_return()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(order: &Order, transfer: &Recorded) -> AnyView {
    let text = Text::from(locale());
    let money = |minor| locale().money(minor, &order.currency);
    let shown = day(&transfer.day).map_or_else(|| transfer.day.clone(), |day| locale().date(day));
    view! {
        <tr>
            <td class="cell-first">
                {shown} <span class="cell-sub">{transfer.note.clone()}</span>
                <span class="cell-sub">{transfer.actor.clone()}</span>
            </td>
            <td class="cell-num" data-label=text.amount()>{money(transfer.amount_minor)}</td>
            <td data-label=text.to_return()>{back(order, transfer)}</td>
        </tr>
    }
    .into_any()
}

/// What of it goes back: with the button that says it did, or when it did.
fn back(order: &Order, transfer: &Recorded) -> AnyView {
    let text = Text::from(locale());
    let amount = locale().money(transfer.return_minor, &order.currency);
    match (transfer.return_minor, transfer.returned_at) {
        (0, _) => "–".into_any(),
        (_, Some(at)) => view! { {text.went_back(&amount)} " " {time(at)} }.into_any(),
        (_, None) => view! {
            <form action=RETURNED method="post">
                <PageField/>
                <input type="hidden" name="id" value=order.id.clone()/>
                <input type="hidden" name="transfer" value=transfer.id.clone()/>
                <button class="btn" type="submit">{text.mark_returned(&amount)}</button>
            </form>
        }
        .into_any(),
    }
}
