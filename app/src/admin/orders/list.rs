//! `/admin/orders`: all orders, newest first.

use leptos::prelude::*;

use crate::{
    admin::{
        frame::{Section, Tab, admin_page, nothing_here, tabs},
        orders::filter::{AskedOrders, HERE, filters},
    },
    answers::Paged,
    identity::Role,
    money::format_money,
    orders::{
        ports::{MoneyFilter, orders},
        status::status_badge,
        types::{OrderRow, OrderStatus},
    },
    ui::{
        date::{Zone, time},
        pagination::Pagination,
    },
};

#[component]
pub fn AdminOrdersPage() -> impl IntoView {
    let asked = AskedOrders::of_address();
    let filter = asked.filter(&Zone::of_shop());
    let port = orders();
    let data = async move { port.list(&filter).await };
    admin_page(Role::Staff, data, move |_, orders| {
        Section::Orders.page("Orders", page(&asked, orders))
    })
}

fn page(asked: &AskedOrders, orders: Paged<OrderRow>) -> AnyView {
    let (page, pages) = (orders.page, orders.pages);
    let list = asked.clone();
    view! {
        <div class="admin-head">
            <h1 class="admin-title">"Orders"</h1>
        </div>
        {statuses(asked, orders.total)}
        {filters(asked)}
        {table(orders.rows)}
        <Pagination page pages href=move |page| list.href(list.status, page)/>
    }
    .into_any()
}

fn statuses(asked: &AskedOrders, total: i64) -> AnyView {
    let in_any = asked.by_money(None);
    let tab = |title, status| Tab {
        href: in_any.href(status, 1),
        title,
        current: (asked.status == status && asked.money.is_none()).then_some(total),
    };
    let mut ways = vec![tab("All", None)];
    // No order waits for its confirmation as long as nothing asks for one.
    let shown = OrderStatus::ALL
        .into_iter()
        .filter(|status| *status != OrderStatus::AwaitingConfirmation);
    ways.extend(shown.map(|status| tab(status.words(), Some(status))));
    ways.push(Tab {
        href: asked.by_money(Some(MoneyFilter::ToReturn)).href(None, 1),
        title: "Money to return",
        current: asked.money.map(|_| total),
    });
    view! { <div class="admin-bar">{tabs("Status", ways)}</div> }.into_any()
}

fn table(rows: Vec<OrderRow>) -> AnyView {
    if rows.is_empty() {
        let words = "No matches. New orders appear at the top of this list.";
        return nothing_here("No orders found", words, (HERE, "Show all orders"));
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
    let back = (order.refunded_minor > 0).then(|| {
        let words = format!(
            "{} refunded",
            format_money(order.refunded_minor, &order.currency)
        );
        view! { <span class="cell-sub">{words}</span> }
    });
    let owed = (order.owed_minor > 0).then(|| {
        let words = format!(
            "{} to be refunded",
            format_money(order.owed_minor, &order.currency)
        );
        view! { <span class="badge badge-warn">{words}</span> }
    });
    view! {
        <tr>
            <td class="cell-first cell-line" data-label="Order">
                <a class="cell-link mono" href=format!("{HERE}/{}", order.id)>{order.number}</a>
            </td>
            <td class="cell-line" data-label="Date">{time(order.created_at)}</td>
            <td class="cell-who" data-label="Customer">
                <span>
                    {order.name}
                    <span class="cell-sub">{order.email}</span>
                </span>
            </td>
            <td data-label="Status">{status_badge(order.status)}</td>
            <td class="cell-num" data-label="Units">{order.units.to_string()}</td>
            <td class="cell-num" data-label="Total">
                {format_money(order.total_minor, &order.currency)} {back} {owed}
            </td>
        </tr>
    }
    .into_any()
}
