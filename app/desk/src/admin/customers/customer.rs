//! `/admin/customers/{id}`: one customer, and for admins the export and the end of what is known.

use app::{
    catalog::query::encode,
    contact::view::address,
    identity::{Account, Role},
    locale::locale,
    orders::{status::status_badge, types::OrderRow},
    shop::shop,
    ui::{
        banner::done,
        breadcrumbs::{breadcrumbs, crumb},
        date::{date, time},
        fact::fact,
        field::{TextField, refusal_of},
        form::{Form, PageField},
        pagination::steps,
        path::path_part,
        table::{Head, stacked_table},
    },
};
use leptos::prelude::*;

use super::{
    list::{HERE, account_badge, asked_cursor},
    said,
    types::Customer,
};
use crate::admin::{
    customers::ports::customers,
    frame::{Section, admin_page},
    staff::page::{RESET_FACTOR, reset_factor},
};

pub const EXPORT: &str = "/api/admin/customers/export";
const ERASE: &str = "/api/admin/customers/erase";
const SIGN_OUT: &str = "/api/admin/customers/sign-out";

#[component]
pub fn AdminCustomerPage() -> impl IntoView {
    let id = path_part("id");
    let cursor = asked_cursor();
    let port = customers();
    let data = async move { port.customer(&id, cursor).await };
    admin_page(Role::Staff, data, |account, customer| {
        Section::Customers.page(said().customer(), page(account, customer))
    })
}

fn page(account: &Account, customer: Customer) -> AnyView {
    let row = &customer.row;
    let title = match row.name.as_str() {
        "" => row.email.clone(),
        name => name.to_owned(),
    };
    let here = format!("{HERE}/{}", row.id);
    let at = |name: &str, at: String| format!("{here}?{}", encode(&[(name.to_owned(), at)]));
    let back = customer.before.clone().map(|to| at("before", to));
    let onward = customer.after.clone().map(|to| at("after", to));
    let may_edit = account.role == Role::Admin;
    let personal_data = may_edit.then(|| personal_data(&customer));
    let sessions = may_edit.then(|| sessions(&customer)).flatten();
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb(HERE, said().customers()), &title)}
            <div class="row">
                <h1 class="admin-title who">{title}</h1>
                {account_badge(row.account.as_ref())}
            </div>
        </div>
        {done(&[
            ("factor", said().factor_reset()),
            ("signed-out", said().was_signed_out()),
        ])}
        {refusal_of(&Form::of(EXPORT))}
        {refusal_of(&Form::of(RESET_FACTOR))}
        <div class="admin-cols">
            <div class="stack">{orders(customer.orders.clone())} {steps(back, onward)}</div>
            <div class="stack">
                {facts(&customer)} {addresses(&customer)} {sessions} {personal_data}
            </div>
        </div>
    }
    .into_any()
}

fn facts(customer: &Customer) -> AnyView {
    let row = &customer.row;
    let currency = &shop().settings.currency;
    let account = match &row.account {
        None => said().no_account().to_owned(),
        Some(account) => said().account_since(&date(account.created_at)),
    };
    let verified = row.account.as_ref().map(|account| {
        let words = match account.is_verified {
            true => said().verified(),
            false => said().not_verified(),
        };
        view! { <p class="muted">{words}</p> }
    });
    view! {
        <section class="panel" aria-labelledby="facts">
            <h2 class="panel-title" id="facts">{said().at_a_glance()}</h2>
            <div class="stack">
                <div>
                    <p>
                        <a class="link who" href=format!("mailto:{}", row.email)>
                            {row.email.clone()}
                        </a>
                    </p>
                    {verified}
                </div>
                <dl class="totals">
                    {fact(said().account(), account)}
                    {fact(said().orders(), row.orders.to_string())}
                    {fact(said().spent_less_refunds(), locale().money(row.spent_minor, currency))}
                </dl>
            </div>
        </section>
    }
    .into_any()
}

fn addresses(customer: &Customer) -> Option<AnyView> {
    if customer.addresses.is_empty() {
        return None;
    }
    let list: Vec<_> = customer
        .addresses
        .iter()
        .map(|entry| view! { <li>{address(&entry.contact)}</li> })
        .collect();
    let view = view! {
        <section class="panel" aria-labelledby="addresses">
            <h2 class="panel-title" id="addresses">{said().address_book()}</h2>
            <ul class="stack">{list}</ul>
        </section>
    };
    Some(view.into_any())
}

fn orders(orders: Vec<OrderRow>) -> AnyView {
    if orders.is_empty() {
        return view! {
            <div class="panel">
                <p class="muted">{said().no_orders_yet()}</p>
            </div>
        }
        .into_any();
    }
    let rows: Vec<_> = orders.into_iter().map(order_row).collect();
    stacked_table(
        said().newest_first(),
        [
            Head::new(said().order()),
            Head::new(said().date()),
            Head::new(said().status()),
            Head::number(said().total()),
        ],
        rows,
    )
}

fn order_row(order: OrderRow) -> AnyView {
    let back = (order.refunded_minor > 0).then(|| {
        let amount = locale().money(order.refunded_minor, &order.currency);
        view! { <span class="cell-sub">{said().amount_refunded(&amount)}</span> }
    });
    view! {
        <tr>
            <td class="cell-first" data-label=said().order()>
                <a class="cell-link mono" href=format!("/admin/orders/{}", order.id)>
                    {order.number}
                </a>
            </td>
            <td data-label=said().date()>{time(order.created_at)}</td>
            <td data-label=said().status()>{status_badge(order.status)}</td>
            <td class="cell-num" data-label=said().total()>
                {locale().money(order.total_minor, &order.currency)} {back}
            </td>
        </tr>
    }
    .into_any()
}

/// Where the customer is signed in, if they have an account at all.
fn sessions(customer: &Customer) -> Option<AnyView> {
    customer.row.account.as_ref()?;
    let words = said().signed_in_on(customer.sessions as i64);
    let end = (customer.sessions > 0).then(|| {
        view! {
            <form action=SIGN_OUT method="post">
                <PageField/>
                <input type="hidden" name="id" value=customer.row.id.clone()/>
                <button class="btn" type="submit">{said().sign_out_everywhere()}</button>
            </form>
        }
    });
    let view = view! {
        <section class="panel" aria-labelledby="sessions">
            <h2 class="panel-title" id="sessions">{said().sign_in()}</h2>
            <div class="stack">
                {refusal_of(&Form::of(SIGN_OUT))} <p>{words}</p> {end}
            </div>
        </section>
    };
    Some(view.into_any())
}

fn personal_data(customer: &Customer) -> AnyView {
    let row = &customer.row;
    let form = Form::of(ERASE);
    let open = form.was_refused();
    let erase = match &row.account {
        Some(account) if account.role > Role::Customer => view! {
            <p class="muted">
                {said().on_the_staff()}
            </p>
        }
        .into_any(),
        _ => view! {
            <details class="asked" open=open>
                <summary class="btn-text">{said().erase_dots()}</summary>
                <form class="stack" action=ERASE method="post">
                    <PageField/>
                    {refusal_of(&form)}
                    <input type="hidden" name="id" value=row.id.clone()/>
                    <p>
                        {said().erase_why()}
                    </p>
                    <TextField
                        form=&form
                        name="email"
                        label=said().type_to_confirm()
                        autocomplete="off"
                    />
                    <div>
                        <button class="btn btn-danger" type="submit">{said().erase_permanently()}</button>
                    </div>
                </form>
            </details>
        }
        .into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="personal-data">
            <h2 class="panel-title" id="personal-data">{said().personal_data()}</h2>
            <div class="stack">
                <form action=EXPORT method="post">
                    <input type="hidden" name="id" value=row.id.clone()/>
                    <button class="btn" type="submit">{said().export_as_json()}</button>
                </form>
                {customer.has_second_factor.then(|| reset_factor(&row.id, &row.email, "btn-text"))}
                {erase}
            </div>
        </section>
    }
    .into_any()
}
