//! `/admin/transfers`: which orders wait for a transfer, and of which money has to go back.

use app::{
    identity::Role,
    locale::locale,
    ui::{
        breadcrumbs::{breadcrumbs, crumb},
        date::time,
    },
};
use leptos::prelude::*;

use super::{
    ports::transfer_admin,
    text::Text,
    types::{ToMatch, ToReturn, Waiting},
};
use crate::admin::frame::{Section, admin_page, short_number};

pub const HERE: &str = "/admin/transfers";

#[component]
pub fn AdminTransfersPage() -> impl IntoView {
    let port = transfer_admin();
    let data = async move { port.to_match().await };
    admin_page(Role::Staff, data, |_, found| {
        Section::Orders.page(Text::from(locale()).to_match(), page(&found))
    })
}

fn page(found: &ToMatch) -> AnyView {
    let text = Text::from(locale());
    view! {
        <div class="admin-head">
            {breadcrumbs(vec![crumb("/admin/orders", text.orders())], text.to_match())}
            <h1 class="admin-title">{text.to_match()}</h1>
        </div>
        <div class="stack">
            <p class="muted">{text.why()}</p>
            {waiting(&found.waiting)} {to_return(&found.to_return)}
        </div>
    }
    .into_any()
}

fn order_link(id: &str, number: &str, short: Option<i64>, name: &str) -> impl IntoView + use<> {
    let (number, name) = (number.to_owned(), name.to_owned());
    view! {
        {short_number(short)}
        " "
        <a class="link mono" href=format!("{HERE}/{id}")>{number}</a>
        <span class="cell-sub">{name}</span>
    }
}

fn waiting(orders: &[Waiting]) -> AnyView {
    let text = Text::from(locale());
    if orders.is_empty() {
        return view! { <p class="muted">{text.nothing_waits()}</p> }.into_any();
    }
    let rows: Vec<_> = orders.iter().map(waiting_row).collect();
    view! {
        <div class="table-wrap">
            <table class="table table-stack">
                <caption class="visually-hidden">{text.to_match()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text.order()}</th>
                        <th scope="col" class="cell-num">{text.total()}</th>
                        <th scope="col" class="cell-num">{text.missing()}</th>
                        <th scope="col">{text.until()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn waiting_row(order: &Waiting) -> AnyView {
    let text = Text::from(locale());
    let money = |minor| locale().money(minor, &order.currency);
    view! {
        <tr>
            <td class="cell-first">{order_link(&order.id, &order.number, order.short_number, &order.name)}</td>
            <td class="cell-num" data-label=text.total()>{money(order.total_minor)}</td>
            <td class="cell-num" data-label=text.missing()>
                {money(order.total_minor - order.received_minor)}
            </td>
            <td data-label=text.until()>{time(order.until)}</td>
        </tr>
    }
    .into_any()
}

fn to_return(orders: &[ToReturn]) -> Option<AnyView> {
    if orders.is_empty() {
        return None;
    }
    let text = Text::from(locale());
    let rows: Vec<_> = orders
        .iter()
        .map(|order| {
            let amount = locale().money(order.return_minor, &order.currency);
            view! {
                <tr>
                    <td class="cell-first">{order_link(&order.id, &order.number, order.short_number, &order.name)}</td>
                    <td class="cell-num" data-label=text.amount()>{amount}</td>
                </tr>
            }
        })
        .collect();
    let table = view! {
        <section aria-labelledby="to-return">
            <h2 class="panel-title" id="to-return">{text.to_return()}</h2>
            <div class="table-wrap">
                <table class="table table-stack">
                    <caption class="visually-hidden">{text.to_return()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{text.order()}</th>
                            <th scope="col" class="cell-num">{text.amount()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    };
    Some(table.into_any())
}
