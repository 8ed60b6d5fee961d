//! `/admin/orders`: all orders, newest first.

use leptos::prelude::*;

use crate::{
    admin::{
        frame::{Section, Tab, admin_page, nothing_here, tabs},
        orders::{
            filter::{AskedOrders, HERE, filters},
            page::short_number,
            ports::{OrderTallies, order_admin},
            said,
        },
    },
    answers::Paged,
    identity::Role,
    locale::locale,
    orders::{
        ports::{MoneyFilter, orders},
        status::{status_badge, status_words},
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
    let (port, desk) = (orders(), order_admin());
    let counts = asked.is_whole();
    let data = async move {
        let tallies = match counts {
            true => Some(desk.tallies().await?),
            false => None,
        };
        Ok((port.list(&filter).await?, tallies))
    };
    admin_page(Role::Staff, data, move |_, (orders, tallies)| {
        Section::Orders.page(said().orders(), page(&asked, orders, tallies))
    })
}

/// Tabs are counted unless the list is narrowed by more than a tab.
fn page(asked: &AskedOrders, orders: Paged<OrderRow>, tallies: Option<OrderTallies>) -> AnyView {
    let (page, pages) = (orders.page, orders.pages);
    let list = asked.clone();
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{said().orders()}</h1>
        </div>
        {statuses(asked, orders.total, tallies.as_ref())}
        {filters(asked)}
        {table(orders.rows)}
        <Pagination page pages href=move |page| list.href(list.status, page)/>
    }
    .into_any()
}

fn statuses(asked: &AskedOrders, total: i64, tallies: Option<&OrderTallies>) -> AnyView {
    let in_any = asked.by_money(None);
    let tab = |title, status: Option<OrderStatus>| Tab {
        href: in_any.href(status, 1),
        title,
        current: (asked.status == status && asked.money.is_none()).then_some(total),
        count: status.and_then(|status| tallies?.of_status(status)),
    };
    let mut ways = vec![tab(said().all(), None)];
    let shown = OrderStatus::ALL.into_iter();
    ways.extend(shown.map(|status| tab(status_words(status), Some(status))));
    // What the dashboard leads to is a tab as long as it is looked at.
    let by_money = MoneyFilter::ALL
        .into_iter()
        .filter(|money| *money == MoneyFilter::ToReturn || asked.money == Some(*money));
    ways.extend(by_money.map(|money| Tab {
        href: asked.by_money(Some(money)).href(None, 1),
        title: money_words(money),
        current: (asked.money == Some(money)).then_some(total),
        count: tallies.and_then(|tallies| tallies.of_money(money)),
    }));
    view! { <div class="admin-bar">{tabs(said().status(), ways)}</div> }.into_any()
}

fn money_words(money: MoneyFilter) -> &'static str {
    match money {
        MoneyFilter::ToReturn => said().money_to_return(),
        MoneyFilter::ByHand => said().money_by_hand(),
        MoneyFilter::Disputed => said().disputed(),
    }
}

fn table(rows: Vec<OrderRow>) -> AnyView {
    if rows.is_empty() {
        let words = said().no_matches();
        return nothing_here(
            said().no_orders_found(),
            words,
            (HERE, said().show_all_orders()),
        );
    }
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    view! {
        <div class="table-wrap">
            <table class="table table-stack">
                <caption class="visually-hidden">{said().newest_first()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{said().order()}</th>
                        <th scope="col">{said().date()}</th>
                        <th scope="col">{said().customer()}</th>
                        <th scope="col">{said().status()}</th>
                        <th scope="col" class="cell-num">{said().units()}</th>
                        <th scope="col" class="cell-num">{said().total()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(order: OrderRow) -> AnyView {
    let money = |minor| locale().money(minor, &order.currency);
    let back = (order.refunded_minor > 0).then(|| {
        let words = said().amount_refunded(&money(order.refunded_minor));
        view! { <span class="cell-sub">{words}</span> }
    });
    let owed = (order.owed_minor > 0).then(|| {
        let words = said().amount_to_be_refunded(&money(order.owed_minor));
        view! { <span class="badge badge-warn">{words}</span> }
    });
    view! {
        <tr>
            <td class="cell-first cell-line" data-label=said().order()>
                <a class="cell-link mono" href=format!("{HERE}/{}", order.id)>{order.number}</a>
                " "
                {short_number(order.short_number)}
            </td>
            <td class="cell-line" data-label=said().date()>{time(order.created_at)}</td>
            <td class="cell-who" data-label=said().customer()>
                <span>
                    {order.name}
                    <span class="cell-sub">{order.email}</span>
                </span>
            </td>
            <td data-label=said().status()>{status_badge(order.status)}</td>
            <td class="cell-num" data-label=said().units()>{order.units.to_string()}</td>
            <td class="cell-num" data-label=said().total()>
                {money(order.total_minor)} {back} {owed}
            </td>
        </tr>
    }
    .into_any()
}
