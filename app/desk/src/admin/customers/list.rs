//! `/admin/customers`: who bought here, and who has an account.

use app::{
    catalog::query::encode,
    identity::Role,
    locale::locale,
    shop::shop,
    ui::{
        banner::done,
        date::time,
        pagination::steps,
        table::{Head, stacked_table},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    said,
    types::{CustomerAccount, CustomerFilter, CustomerRow, CustomerTable, List},
};
use crate::admin::{
    customers::ports::customers,
    frame::{Section, admin_page, nothing_here, search_form},
    product_filter::Cursor,
    staff::page::role_badge,
    views::{bar::view_bar, ports::views_of, types::ViewList},
};

pub const HERE: &str = "/admin/customers";

#[component]
pub fn AdminCustomersPage() -> impl IntoView {
    let filter = asked();
    let shown = filter.clone();
    let port = customers();
    let views = views_of(ViewList::Customers);
    let data = async move { Ok((port.list(&filter).await?, views.await?)) };
    admin_page(Role::Staff, data, move |account, (table, views)| {
        let query = query(&shown);
        let views = view_bar(account, ViewList::Customers, &query, &views);
        Section::Customers.page(said().customers(), page(&shown, table, views))
    })
}

/// What is in the address of a page: where it begins.
pub fn asked_cursor() -> Option<Cursor> {
    let query = use_query_map().get_untracked();
    let after = query.get("after").map(Cursor::After);
    after.or_else(|| query.get("before").map(Cursor::Before))
}

fn asked() -> CustomerFilter {
    let query = use_query_map().get_untracked();
    let text = query.get("q").unwrap_or_default();
    CustomerFilter {
        list: match query.get_str("list") {
            Some("accounts") => List::Accounts,
            _ => List::Buyers,
        },
        text: Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        cursor: asked_cursor(),
    }
}

fn href(filter: &CustomerFilter) -> String {
    let mut pairs = Vec::new();
    if filter.list == List::Accounts {
        pairs.push(("list".to_owned(), "accounts".to_owned()));
    }
    if let Some(text) = &filter.text {
        pairs.push(("q".to_owned(), text.clone()));
    }
    if let Some((name, at)) = filter.cursor.as_ref().map(Cursor::pair) {
        pairs.push((name.to_owned(), at.to_owned()));
    }
    match pairs.is_empty() {
        true => HERE.to_owned(),
        false => format!("{HERE}?{}", encode(&pairs)),
    }
}

/// What narrows the list, as its address has it.
fn query(filter: &CustomerFilter) -> String {
    let href = href(&CustomerFilter {
        cursor: None,
        ..filter.clone()
    });
    href.split_once('?')
        .map_or(String::new(), |(_, query)| query.to_owned())
}

fn page(filter: &CustomerFilter, table: CustomerTable, views: AnyView) -> AnyView {
    let at = |cursor: Option<Cursor>| {
        cursor.map(|cursor| {
            href(&CustomerFilter {
                cursor: Some(cursor),
                ..filter.clone()
            })
        })
    };
    let back = at(table.before.clone().map(Cursor::Before));
    let onward = at(table.after.clone().map(Cursor::After));
    let kept = match filter.list {
        List::Accounts => vec![("list", "accounts".to_owned())],
        List::Buyers => Vec::new(),
    };
    let search = filter.text.clone().unwrap_or_default();
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{said().customers()}</h1>
            {search_form(HERE, said().search_customers(), search, kept)}
        </div>
        {done(&[("erased", said().was_erased())])}
        {lists(filter)}
        {views}
        {rows(table.rows)}
        {steps(back, onward)}
    }
    .into_any()
}

fn lists(filter: &CustomerFilter) -> impl IntoView + use<> {
    let tab = |title: &'static str, list: List| {
        let to = href(&CustomerFilter {
            list,
            cursor: None,
            ..filter.clone()
        });
        let here = (filter.list == list).then_some("page");
        view! { <a class="tab" href=to aria-current=here>{title}</a> }
    };
    view! {
        <div class="admin-bar">
            <nav class="tabs" aria-label=said().lists()>
                {tab(said().by_last_order(), List::Buyers)} {tab(said().all_accounts(), List::Accounts)}
            </nav>
        </div>
    }
}

fn rows(rows: Vec<CustomerRow>) -> AnyView {
    if rows.is_empty() {
        let words = said().no_matches();
        return nothing_here(
            said().no_customers_found(),
            words,
            (HERE, said().show_all_customers()),
        );
    }
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    stacked_table(
        said().customers(),
        [
            Head::new(said().customer()),
            Head::new(said().account()),
            Head::number(said().orders()),
            Head::number(said().spent()),
            Head::new(said().last_order()),
        ],
        rows,
    )
}

fn row(customer: CustomerRow) -> AnyView {
    let currency = &shop().settings.currency;
    let last = match customer.last_order_at {
        Some(at) => time(at).into_any(),
        None => "–".into_any(),
    };
    let (first, second) = match customer.name.as_str() {
        "" => (customer.email, None),
        _ => (customer.name, Some(customer.email)),
    };
    let second = second.map(|text| view! { <span class="cell-sub who">{text}</span> });
    view! {
        <tr>
            <td class="cell-first">
                <span>
                    <a class="cell-link who" href=format!("{HERE}/{}", customer.id)>{first}</a>
                    {second}
                </span>
            </td>
            <td data-label=said().account()>{account_badge(customer.account.as_ref())}</td>
            <td class="cell-num" data-label=said().orders()>{customer.orders.to_string()}</td>
            <td class="cell-num" data-label=said().spent()>
                {locale().money(customer.spent_minor, currency)}
            </td>
            <td data-label=said().last_order()>{last}</td>
        </tr>
    }
    .into_any()
}

pub fn account_badge(account: Option<&CustomerAccount>) -> AnyView {
    match account {
        None => view! { <span class="badge badge-outline">{said().guest()}</span> }.into_any(),
        Some(account) if account.role > Role::Customer => role_badge(account.role).into_any(),
        Some(account) if account.is_verified => {
            view! { <span class="badge badge-good">{said().account()}</span> }.into_any()
        }
        Some(_) => {
            view! { <span class="badge badge-outline">{said().account_not_verified()}</span> }
                .into_any()
        }
    }
}
