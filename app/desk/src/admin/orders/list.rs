//! `/admin/orders`: all orders, newest first.

use app::{
    answers::{Cursor, Stretch, Tally},
    identity::Role,
    locale::locale,
    orders::{
        ports::{MoneyFilter, OrderSort, orders},
        status::{status_badge, status_words},
        types::{OrderRow, OrderStatus},
    },
    ui::{
        date::{Zone, time},
        pagination::steps,
    },
};
use leptos::prelude::*;

use crate::admin::{
    columns::chooser,
    frame::{
        Section, Tab, admin_page, nothing_here, short_number,
        sort::{Way, sort_head},
        tabs,
    },
    orders::{
        filter::{AskedOrders, HERE, OrderColumn, filters},
        ports::{OrderTallies, order_admin},
        said,
    },
    views::{bar::view_bar, ports::views_of, types::ViewList},
};

#[component]
pub fn AdminOrdersPage() -> impl IntoView {
    let asked = AskedOrders::of_address();
    let filter = asked.filter(&Zone::of_shop());
    let (port, desk) = (orders(), order_admin());
    let counts = asked.is_whole();
    let views = views_of(ViewList::Orders);
    let data = async move {
        let tallies = match counts {
            true => Some(desk.tallies().await?),
            false => None,
        };
        Ok((port.list(&filter).await?, tallies, views.await?))
    };
    admin_page(
        Role::Staff,
        data,
        move |account, (orders, tallies, views)| {
            let views = view_bar(account, ViewList::Orders, &asked.query(), &views);
            Section::Orders.page(said().orders(), page(&asked, orders, tallies, views))
        },
    )
}

/// Tabs are counted unless the list is narrowed by more than a tab.
fn page(
    asked: &AskedOrders,
    orders: Stretch<OrderRow>,
    tallies: Option<OrderTallies>,
    views: AnyView,
) -> AnyView {
    let back = orders.before.map(|at| asked.at(&Cursor::Before(at)));
    let onward = orders.after.map(|at| asked.at(&Cursor::After(at)));
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{said().orders()}</h1>
        </div>
        {statuses(asked, orders.found, tallies.as_ref())}
        {views}
        {chooser(HERE, &asked.columns, column_words, asked.pairs_of_first_page())}
        {filters(asked)}
        {table(asked, orders.rows)}
        {steps(back, onward)}
    }
    .into_any()
}

fn statuses(asked: &AskedOrders, found: Tally, tallies: Option<&OrderTallies>) -> AnyView {
    let in_any = asked.by_money(None);
    let tab = |title, status: Option<OrderStatus>| Tab {
        href: in_any.href(status),
        title,
        current: (asked.status == status && asked.money.is_none()).then_some(found),
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
        href: asked.by_money(Some(money)).href(None),
        title: money_words(money),
        current: (asked.money == Some(money)).then_some(found),
        count: tallies.and_then(|tallies| tallies.of_money(money)),
    }));
    view! { <div class="admin-bar">{tabs(said().status(), ways)}</div> }.into_any()
}

fn money_words(money: MoneyFilter) -> &'static str {
    match money {
        MoneyFilter::ToReturn => said().money_to_return(),
        MoneyFilter::ByHand => said().money_by_hand(),
        MoneyFilter::OtherSums => said().money_of_other_sums(),
        MoneyFilter::Disputed => said().disputed(),
    }
}

fn table(asked: &AskedOrders, rows: Vec<OrderRow>) -> AnyView {
    if rows.is_empty() {
        let words = said().no_matches();
        return nothing_here(
            said().no_orders_found(),
            words,
            (HERE, said().show_all_orders()),
        );
    }
    let shown = || {
        let all = OrderColumn::ALL.into_iter();
        all.filter(|column| asked.columns.show(*column))
    };
    let heads: Vec<_> = shown().map(|column| head(asked, column)).collect();
    let rows: Vec<_> = rows.iter().map(|order| row(order, shown())).collect();
    view! {
        <div class="table-wrap">
            <table class="table table-stack">
                <caption class="visually-hidden">{said().orders()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{said().order()}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What a column is called.
fn column_words(column: OrderColumn) -> &'static str {
    match column {
        OrderColumn::Date => said().date(),
        OrderColumn::Customer => said().customer(),
        OrderColumn::Status => said().status(),
        OrderColumn::Units => said().units(),
        OrderColumn::Total => said().total(),
    }
}

fn head(asked: &AskedOrders, column: OrderColumn) -> AnyView {
    let title = column_words(column);
    match column {
        OrderColumn::Date => sorted(asked, "", title, [OrderSort::Newest, OrderSort::Oldest]),
        OrderColumn::Customer | OrderColumn::Status => {
            view! { <th scope="col">{title}</th> }.into_any()
        }
        OrderColumn::Units => view! { <th scope="col" class="cell-num">{title}</th> }.into_any(),
        OrderColumn::Total => {
            let ways = [OrderSort::Highest, OrderSort::Lowest];
            sorted(asked, "cell-num", title, ways)
        }
    }
}

/// The head of a column that sorts, falling first.
fn sorted(
    asked: &AskedOrders,
    class: &'static str,
    title: &'static str,
    [falling, rising]: [OrderSort; 2],
) -> AnyView {
    let (way, next) = match asked.sort {
        sort if sort == falling => (Some(Way::Down), rising),
        sort if sort == rising => (Some(Way::Up), falling),
        _ => (None, falling),
    };
    let href = asked.sorted(next).href(asked.status);
    sort_head(class, title, href, way)
}

fn row(order: &OrderRow, shown: impl Iterator<Item = OrderColumn>) -> AnyView {
    let cells: Vec<_> = shown.map(|column| cell(column, order)).collect();
    view! {
        <tr>
            <td class="cell-first cell-line" data-label=said().order()>
                <a class="cell-link mono" href=format!("{HERE}/{}", order.id)>
                    {order.number.clone()}
                </a>
                " "
                {short_number(order.short_number)}
            </td>
            {cells}
        </tr>
    }
    .into_any()
}

fn cell(column: OrderColumn, order: &OrderRow) -> AnyView {
    let title = column_words(column);
    match column {
        OrderColumn::Date => {
            view! { <td class="cell-line" data-label=title>{time(order.created_at)}</td> }
                .into_any()
        }
        OrderColumn::Customer => view! {
            <td class="cell-who" data-label=title>
                <span>
                    {order.name.clone()}
                    <span class="cell-sub">{order.email.clone()}</span>
                </span>
            </td>
        }
        .into_any(),
        OrderColumn::Status => {
            view! { <td data-label=title>{status_badge(order.status)}</td> }.into_any()
        }
        OrderColumn::Units => {
            view! { <td class="cell-num" data-label=title>{order.units.to_string()}</td> }
                .into_any()
        }
        OrderColumn::Total => {
            view! { <td class="cell-num" data-label=title>{total(order)}</td> }.into_any()
        }
    }
}

/// With what of it went back, or is to.
fn total(order: &OrderRow) -> impl IntoView + use<> {
    let money = |minor| locale().money(minor, &order.currency);
    let back = (order.refunded_minor > 0).then(|| {
        let words = said().amount_refunded(&money(order.refunded_minor));
        view! { <span class="cell-sub">{words}</span> }
    });
    let owed = (order.owed_minor > 0).then(|| {
        let words = said().amount_to_be_refunded(&money(order.owed_minor));
        view! { <span class="badge badge-warn">{words}</span> }
    });
    view! { {money(order.total_minor)} {back} {owed} }
}
