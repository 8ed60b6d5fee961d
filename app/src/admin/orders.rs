//! `/admin/orders`: all orders, newest first.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    layout::{Section, Tab, admin_page, nothing_here, search_form, tabs},
    types::Paged,
};
use crate::{
    catalog::query::encode,
    money::format_money,
    orders::{
        status::status_badge,
        types::{OrderRow, OrderStatus},
    },
    ports::{OrderFilter, shop, staff},
    ui::{date::time, error_page::ErrorPage, load::load, pagination::Pagination},
};

const HERE: &str = "/admin/orders";

#[component]
pub fn AdminOrdersPage() -> impl IntoView {
    let account = match staff() {
        Ok(account) => account,
        Err(error) => return view! { <ErrorPage error/> }.into_any(),
    };
    let filter = asked();
    let port = shop().orders;
    let shown = filter.clone();
    load(async move { port.list(&filter).await }, move |orders| {
        admin_page(&account, Section::Orders, "Orders", page(&shown, orders))
    })
    .into_any()
}

fn asked() -> OrderFilter {
    let query = use_query_map().get_untracked();
    let text = query.get_str("q").map(|text| text.trim().to_owned());
    OrderFilter {
        text: text.filter(|text| !text.is_empty()),
        status: query.get_str("status").and_then(OrderStatus::parse),
        page: query
            .get_str("page")
            .and_then(|text| text.parse().ok())
            .unwrap_or(1)
            .max(1),
    }
}

/// The address of a list.
fn href(text: Option<&str>, status: Option<OrderStatus>, page: i64) -> String {
    let mut pairs = Vec::new();
    if let Some(text) = text {
        pairs.push(("q".to_owned(), text.to_owned()));
    }
    if let Some(status) = status {
        pairs.push(("status".to_owned(), status.as_str().to_owned()));
    }
    if page > 1 {
        pairs.push(("page".to_owned(), page.to_string()));
    }
    match pairs.is_empty() {
        true => HERE.to_owned(),
        false => format!("{HERE}?{}", encode(&pairs)),
    }
}

fn page(filter: &OrderFilter, orders: Paged<OrderRow>) -> AnyView {
    let text = filter.text.clone();
    let status = filter.status;
    let (page, pages) = (orders.page, orders.pages);
    view! {
        <div class="admin-head">
            <h1 class="admin-title">"Orders"</h1>
        </div>
        {bar(filter, orders.total)}
        {table(orders.rows)}
        <Pagination page pages href=move |page| href(text.as_deref(), status, page)/>
    }
    .into_any()
}

fn bar(filter: &OrderFilter, total: i64) -> impl IntoView + use<> {
    let text = filter.text.as_deref();
    let tab = |title, status| Tab {
        href: href(text, status, 1),
        title,
        current: (filter.status == status).then_some(total),
    };
    let mut ways = vec![tab("All", None)];
    ways.extend(OrderStatus::ALL.map(|status| tab(status.words(), Some(status))));
    let kept = filter
        .status
        .map(|status| ("status", status.as_str().to_owned()));
    view! {
        <div class="admin-bar">
            {tabs("Status", ways)}
            {search_form(
                HERE,
                "Search orders",
                filter.text.clone().unwrap_or_default(),
                kept.into_iter().collect(),
            )}
        </div>
    }
}

fn table(rows: Vec<OrderRow>) -> AnyView {
    if rows.is_empty() {
        let words = "Nothing matches. When an order comes in, it stands at the top of this list.";
        return nothing_here("No orders here", words, (HERE, "Show all orders"));
    }
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    view! {
        <div class="table-wrap">
            <table class="table table-stack">
                <caption class="visually-hidden">"Orders, newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Order"</th>
                        <th scope="col">"Date"</th>
                        <th scope="col">"Customer"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col" class="cell-num">"Units"</th>
                        <th scope="col" class="cell-num">"Total"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(order: OrderRow) -> AnyView {
    view! {
        <tr>
            <td class="cell-first" data-label="Order">
                <a class="cell-link mono" href=format!("{HERE}/{}", order.id)>{order.number}</a>
            </td>
            <td data-label="Date">{time(order.created_at)}</td>
            <td data-label="Customer">
                <span>
                    {order.name}
                    <span class="cell-sub">{order.email}</span>
                </span>
            </td>
            <td data-label="Status">{status_badge(order.status)}</td>
            <td class="cell-num" data-label="Units">{order.units.to_string()}</td>
            <td class="cell-num" data-label="Total">
                {format_money(order.total_minor, &order.currency)}
            </td>
        </tr>
    }
    .into_any()
}
