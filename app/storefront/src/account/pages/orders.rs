//! `/account/orders`

use app::{
    account::{ports::own_orders, types::OwnOrderRow},
    answers::Paged,
    load::load,
    locale::{href, locale},
    orders::status::status_badge,
    ui::{date::time, pagination::Pagination},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::account::pages::{
    frame::{Tab, account_frame, own_page},
    said,
};

#[component]
pub fn OwnOrdersPage() -> impl IntoView {
    own_page("/account/orders", |account| {
        let query = use_query_map().get_untracked();
        let page = query.get("page").and_then(|page| page.parse().ok());
        let port = own_orders();
        let data = async move { port.list(&account, page.unwrap_or(1)).await };
        load(data, |orders| {
            account_frame(said().your_orders(), Tab::Orders, content(&orders))
        })
    })
}

fn content(orders: &Paged<OwnOrderRow>) -> AnyView {
    let count = said().order_count(orders.total);
    let address = |page: i64| href(&format!("/account/orders?page={page}"));
    view! {
        <div class="page-head">
            <h1>{said().your_orders()}</h1>
            <p class="muted">{count}</p>
        </div>
        <div class="stack-l">
            <h2 class="visually-hidden">{said().newest_first()}</h2>
            {order_list(&orders.rows)} <Pagination page=orders.page pages=orders.pages href=address/>
        </div>
    }
    .into_any()
}

/// Orders, or that there are none.
pub fn order_list(orders: &[OwnOrderRow]) -> AnyView {
    if orders.is_empty() {
        return view! {
            <div class="empty empty-small">
                <p>{said().no_orders()}</p>
                <p class="row">
                    <a class="btn" href=href("/products")>{said().shop_all()}</a>
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
    let units = said().item_count(order.units);
    view! {
        <li class="order-row">
            <div>
                <h3 class="order-row-title">
                    <a href=href(&format!("/account/orders/{}", order.id))>
                        {said().order()} " " <span class="mono">{order.number.clone()}</span>
                    </a>
                </h3>
                <p class="muted">{time(order.created_at)} " · " {units}</p>
                <p class="order-row-lines">{more}</p>
            </div>
            <div class="order-row-end">
                {status_badge(order.status)}
                <strong>{locale().money(order.total_minor, &order.currency)}</strong>
            </div>
        </li>
    }
}
