//! `/admin/orders/{id}`

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::layout::{Section, admin_page, refusal_banner};
use crate::{
    checkout::{review::address, summary::totals_list},
    money::format_money,
    orders::{
        page::sum,
        status::{cancel_words, status_badge, timeline},
        types::{Order, OrderLine},
    },
    ports::{shop, staff},
    ui::{error_page::ErrorPage, load::load},
};

#[component]
pub fn AdminOrderPage() -> impl IntoView {
    let account = match staff() {
        Ok(account) => account,
        Err(error) => return view! { <ErrorPage error/> }.into_any(),
    };
    let id = use_params_map()
        .get_untracked()
        .get("id")
        .unwrap_or_default();
    let port = shop().orders;
    load(async move { port.by_id(&id).await }, move |order| {
        let title = format!("Order {}", order.number);
        admin_page(&account, Section::Orders, &title, page(&order, &title))
    })
    .into_any()
}

fn page(order: &Order, title: &str) -> AnyView {
    view! {
        <div class="admin-head">
            <nav class="breadcrumbs" aria-label="Breadcrumbs">
                <ol>
                    <li>
                        <a href="/admin/orders">"Orders"</a>
                    </li>
                    <li>
                        <span aria-current="page">{order.number.clone()}</span>
                    </li>
                </ol>
            </nav>
            <div class="row">
                <h1 class="admin-title">{title.to_owned()}</h1>
                {status_badge(order.status)}
            </div>
            {cancel_form(order)}
        </div>
        {refusal_banner()}
        <div class="admin-cols">
            <div class="stack">{lines(order)} {totals(order)} {time_line(order)}</div>
            <div class="stack">{customer(order)} {delivery(order)} {payment(order)}</div>
        </div>
    }
    .into_any()
}

fn cancel_form(order: &Order) -> Option<impl IntoView + use<>> {
    order.status.can_be_cancelled().then(|| {
        view! {
            <form action="/api/admin/orders/cancel" method="post">
                <input type="hidden" name="id" value=order.id.clone()/>
                <button class="btn btn-danger" type="submit">"Cancel order"</button>
            </form>
        }
    })
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
                <caption class="visually-hidden">"Lines"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Product"</th>
                        <th scope="col">"SKU"</th>
                        <th scope="col" class="cell-num">"Price"</th>
                        <th scope="col" class="cell-num">"Quantity"</th>
                        <th scope="col" class="cell-num">"Total"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line_row(line: &OrderLine, currency: &str) -> AnyView {
    let total = format_money(line.unit_price_minor * line.quantity, currency);
    view! {
        <tr>
            <td class="cell-first">{product_cell(line)}</td>
            <td data-label="SKU" class="mono">{line.sku.clone()}</td>
            <td class="cell-num" data-label="Price">
                {format_money(line.unit_price_minor, currency)}
            </td>
            <td class="cell-num" data-label="Quantity">{line.quantity.to_string()}</td>
            <td class="cell-num" data-label="Total">{total}</td>
        </tr>
    }
    .into_any()
}

fn product_cell(line: &OrderLine) -> impl IntoView + use<> {
    let image = line.picture_src.clone().map(|src| {
        view! { <img src=src width="256" height="256" alt="" loading="lazy"/> }
    });
    view! {
        <div class="cell-main">
            <span class="pic pic-xs">{image}</span>
            <span>
                <a href=format!("/products/{}", line.product_slug)>{line.title.clone()}</a>
                <span class="cell-sub">{line.variant_title.clone()}</span>
            </span>
        </div>
    }
}

fn totals(order: &Order) -> impl IntoView + use<> {
    let mut sum = sum(order);
    sum.delivery_label = format!("Delivery, {}", order.shipping_method);
    view! {
        <section class="panel" aria-labelledby="totals">
            <h2 class="panel-title" id="totals">"Totals"</h2>
            {totals_list(sum)}
        </section>
    }
}

fn time_line(order: &Order) -> impl IntoView + use<> {
    view! {
        <section class="panel" aria-labelledby="time-line">
            <h2 class="panel-title" id="time-line">"Time line"</h2>
            {timeline(order)}
            {cancel_words(order).map(|words| view! { <p class="muted">{words}</p> })}
        </section>
    }
}

fn customer(order: &Order) -> impl IntoView + use<> {
    let contact = order.contact.clone();
    let phone = (!contact.phone.is_empty()).then(|| view! { <p>{contact.phone}</p> });
    view! {
        <section class="panel">
            <h2 class="panel-title">"Customer"</h2>
            <p>{contact.name}</p>
            <p>
                <a class="link" href=format!("mailto:{}", contact.email)>{contact.email.clone()}</a>
            </p>
            {phone}
        </section>
    }
}

fn delivery(order: &Order) -> impl IntoView + use<> {
    view! {
        <section class="panel">
            <h2 class="panel-title">"Delivery address"</h2>
            {address(&order.contact)}
        </section>
    }
}

fn payment(order: &Order) -> impl IntoView + use<> {
    view! {
        <section class="panel">
            <h2 class="panel-title">"Payment"</h2>
            <p>{order.payment_label.clone()}</p>
            <p class="muted">{payment_state(&order.payment_status)}</p>
        </section>
    }
}

fn payment_state(status: &str) -> String {
    match status {
        "pending" => "Waiting for the provider's answer".to_owned(),
        "due" => "Due on delivery".to_owned(),
        "captured" => "Captured".to_owned(),
        "declined" => "Declined".to_owned(),
        "void" => "Nothing was charged".to_owned(),
        "refunded" => "Refunded".to_owned(),
        other => other.to_owned(),
    }
}
