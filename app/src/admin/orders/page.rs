//! `/admin/orders/{id}`

use leptos::prelude::*;

use crate::{
    admin::{
        frame::{Section, admin_page, refusal_banner},
        orders::{
            forms::{head_actions, next_step, parcel_panel, payment, resend_form},
            ports::order_admin,
            said,
            timeline::{note_form, time_line},
            types::AdminOrder,
        },
    },
    catalog::picture::small,
    contact::view::address,
    identity::Role,
    locale::locale,
    orders::{
        pages::page::sum,
        status::status_badge,
        summary::totals_list,
        types::{Order, OrderLine},
    },
    ui::{
        banner::done,
        breadcrumbs::{breadcrumbs, crumb},
        path::path_part,
    },
};

#[component]
pub fn AdminOrderPage() -> impl IntoView {
    let id = path_part("id");
    let port = order_admin();
    let data = async move { port.order(&id).await };
    admin_page(Role::Staff, data, |_, desk| {
        let title = said().order_title(&desk.order.number);
        let content = page(&desk, &title);
        Section::Orders.page(title, content)
    })
}

fn page(desk: &AdminOrder, title: &str) -> AnyView {
    let order = &desk.order;
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb("/admin/orders", said().orders()), &order.number)}
            <div class="row">
                <h1 class="admin-title">{title.to_owned()}</h1>
                {short_number(desk.short_number)}
                {status_badge(order.status)}
            </div>
            {head_actions(desk)}
        </div>
        {done(&[("resent", said().confirmation_resent())])} {refusal_banner()}
        <div class="admin-cols">
            <div class="stack">
                {next_step(desk)} {lines(order)} {totals(order)} {time_line(desk)}
                {note_form(desk)}
            </div>
            <div class="stack">
                {customer(desk)} {delivery(order)} {parcel_panel(order)} {payment(desk)}
            </div>
        </div>
    }
    .into_any()
}

/// `#1042`
pub fn short_number(number: Option<i64>) -> Option<impl IntoView> {
    number.map(|number| view! { <span class="short-number nums">{format!("#{number}")}</span> })
}

fn lines(order: &Order) -> AnyView {
    let rows: Vec<_> = order
        .lines
        .iter()
        .map(|line| line_row(line, &order.currency))
        .collect();
    view! {
        <div class="table-wrap">
            <table class="table table-stack">
                <caption class="visually-hidden">{said().lines()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{said().product()}</th>
                        <th scope="col" class="cell-num">{said().price()}</th>
                        <th scope="col" class="cell-num">{said().quantity()}</th>
                        <th scope="col" class="cell-num">{said().refunded()}</th>
                        <th scope="col" class="cell-num">{said().total()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line_row(line: &OrderLine, currency: &str) -> AnyView {
    let total = locale().money(line.unit_price_minor * line.quantity, currency);
    view! {
        <tr>
            <td class="cell-first">{product_cell(line)}</td>
            <td class="cell-num" data-label=said().price()>
                {locale().money(line.unit_price_minor, currency)}
            </td>
            <td class="cell-num" data-label=said().quantity()>{line.quantity.to_string()}</td>
            <td class="cell-num" data-label=said().refunded()>
                {match line.refunded {
                    0 => "–".to_owned(),
                    units => units.to_string(),
                }}
            </td>
            <td class="cell-num" data-label=said().total()>{total}</td>
        </tr>
    }
    .into_any()
}

fn product_cell(line: &OrderLine) -> impl IntoView + use<> {
    let image = line.picture_src.as_deref().map(|src| {
        view! { <img src=small(src) width="256" height="256" alt="" loading="lazy"/> }
    });
    view! {
        <div class="cell-main">
            <span class="pic pic-xs">{image}</span>
            <span>
                <a href=crate::catalog::address::product(&line.product_slug)>{line.title.clone()}</a>
                <span class="cell-sub">{line.variant_title.clone()}</span>
                <span class="cell-sub mono">{line.sku.clone()}</span>
            </span>
        </div>
    }
}

fn totals(order: &Order) -> impl IntoView + use<> {
    let mut sum = sum(order);
    sum.delivery_label = said().delivery_by(&order.shipping_method);
    view! {
        <section class="panel" aria-labelledby="totals">
            <h2 class="panel-title" id="totals">{said().totals()}</h2>
            {totals_list(sum)} {less(order)}
        </section>
    }
}

/// What of it went back.
fn less(order: &Order) -> Option<impl IntoView + use<>> {
    let money = |minor| locale().money(minor, &order.currency);
    (order.refunded_minor > 0).then(|| {
        let left = order.total_minor - order.refunded_minor;
        view! {
            <dl class="totals totals-less">
                <div>
                    <dt>{said().refunded()}</dt>
                    <dd>{format!("−{}", money(order.refunded_minor))}</dd>
                </div>
                <div class="totals-grand">
                    <dt>{said().left()}</dt>
                    <dd>{money(left)}</dd>
                </div>
            </dl>
        }
    })
}

fn customer(desk: &AdminOrder) -> AnyView {
    let order = &desk.order;
    let contact = order.contact.clone();
    if contact.email.is_empty() {
        return view! {
            <section class="panel">
                <h2 class="panel-title">{said().customer()}</h2>
                <p class="muted">{said().erased()}</p>
            </section>
        }
        .into_any();
    }
    let page = format!("/admin/customers/{}", order.id);
    let phone = (!contact.phone.is_empty()).then(|| view! { <p>{contact.phone}</p> });
    view! {
        <section class="panel">
            <h2 class="panel-title">{said().customer()}</h2>
            <p>{contact.name}</p>
            <p>
                <a class="link" href=format!("mailto:{}", contact.email)>{contact.email.clone()}</a>
            </p>
            {phone}
            <p>
                <a class="btn-text" href=page>{said().all_their_orders()}</a>
            </p>
            {resend_form(desk)}
        </section>
    }
    .into_any()
}

fn delivery(order: &Order) -> impl IntoView + use<> {
    view! {
        <section class="panel">
            <h2 class="panel-title">{said().delivery_address()}</h2>
            {address(&order.contact)}
        </section>
    }
}
