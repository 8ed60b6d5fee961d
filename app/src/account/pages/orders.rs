//! `/account/orders`

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    account::{
        pages::frame::{Tab, account_frame, own_page},
        ports::own_orders,
        types::OwnOrderRow,
    },
    answers::Paged,
    money::format_money,
    orders::status::status_badge,
    storefront::load::load,
    ui::{date::time, pagination::Pagination},
};

#[component]
pub fn OwnOrdersPage() -> impl IntoView {
    own_page("/account/orders", |account| {
        let query = use_query_map().get_untracked();
        let page = query.get("page").and_then(|page| page.parse().ok());
        let port = own_orders();
        let data = async move { port.list(&account, page.unwrap_or(1)).await };
        load(data, |orders| {
            account_frame("Your orders", Tab::Orders, content(&orders))
        })
    })
}

fn content(orders: &Paged<OwnOrderRow>) -> AnyView {
    let count = match orders.total {
        1 => "1 order".to_owned(),
        many => format!("{many} orders"),
    };
    let href = |page: i64| format!("/account/orders?page={page}");
    view! {
        <div class="page-head">
            <h1>"Your orders"</h1>
            <p class="muted">{count}</p>
        </div>
        <div class="stack-l">
            <h2 class="visually-hidden">"Orders, newest first"</h2>
            {order_list(&orders.rows)} <Pagination page=orders.page pages=orders.pages href=href/>
        </div>
    }
    .into_any()
}

/// Orders, or that there are none.
pub fn order_list(orders: &[OwnOrderRow]) -> AnyView {
    if orders.is_empty() {
        return view! {
            <div class="empty empty-small">
                <p>"No orders yet. Orders you place while signed in appear here."</p>
                <p class="row">
                    <a class="btn" href="/products">"Shop all"</a>
                </p>
            </div>
        }
        .into_any();
    }
    let rows = orders.iter().map(order_row).collect_view();
    view! { <ul class="order-list">{rows}</ul> }.into_any()
}

fn order_row(order: &OwnOrderRow) -> impl IntoView + use<> {
    let more = order.titles.join(", ");
    let units = match order.units {
        1 => "1 thing".to_owned(),
        many => format!("{many} things"),
    };
    view! {
        <li class="order-row">
            <div>
                <h3 class="order-row-title">
                    <a href=format!("/account/orders/{}", order.id)>
                        "Order " <span class="mono">{order.number.clone()}</span>
                    </a>
                </h3>
                <p class="muted">{time(order.created_at)} " · " {units}</p>
                <p class="order-row-lines">{more}</p>
            </div>
            <div class="order-row-end">
                {status_badge(order.status)}
                <strong>{format_money(order.total_minor, &order.currency)}</strong>
            </div>
        </li>
    }
}
