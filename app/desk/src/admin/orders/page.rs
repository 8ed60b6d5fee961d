//! `/admin/orders/{id}`

use app::{
    catalog::picture::thumb,
    contact::view::company_address,
    identity::Role,
    locale::{Locale, locale},
    orders::{
        status::status_badge,
        summary::{sum, totals_list},
        types::{Order, OrderLine},
    },
    ui::{
        banner::done,
        breadcrumbs::{breadcrumbs, crumb},
        path::path_part,
        table::{Head, stacked_table},
    },
};
use leptos::prelude::*;

use crate::admin::{
    frame::{Section, admin_page, refusal_banner, short_number},
    orders::{
        disputes::disputes,
        forms::{head_actions, next_step, parcel_panel, payment},
        mails::resend_form,
        payments::payment_history,
        ports::order_admin,
        said,
        timeline::{note_form, time_line},
        types::AdminOrder,
    },
};

#[component]
pub fn AdminOrderPage() -> impl IntoView {
    let id = path_part("id");
    let port = order_admin();
    let data = async move { port.order(&id).await };
    admin_page(Role::Staff, data, |account, desk| {
        let title = said().order_title(&desk.order.number);
        let content = page(&desk, &title, account.role);
        Section::Orders.page(title, content)
    })
}

fn page(desk: &AdminOrder, title: &str, role: Role) -> AnyView {
    let order = &desk.order;
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb("/admin/orders", said().orders()), &order.number)}
            <div class="row">
                <h1 class="admin-title">{title.to_owned()}</h1>
                {short_number(desk.short_number)}
                {status_badge(order.status)}
            </div>
            {head_actions(desk)}
        </div>
        {done(&[("resent", said().mail_resent())])} {refusal_banner()}
        <div class="admin-cols">
            <div class="stack">
                {customers_note(desk)} {next_step(desk)} {lines(order)} {totals(order)}
                {time_line(desk)}
                {note_form(desk)}
            </div>
            <div class="stack">
                {customer(desk)} {delivery(desk)} {billing(desk)} {parcel_panel(order)}
                {payment(desk)} {disputes(desk)}
                {payment_history(desk, role)}
            </div>
        </div>
    }
    .into_any()
}

fn lines(order: &Order) -> AnyView {
    let rows: Vec<_> = order
        .lines
        .iter()
        .map(|line| line_row(line, &order.currency))
        .collect();
    stacked_table(
        said().lines(),
        [
            Head::new(said().product()),
            Head::number(said().price()),
            Head::number(said().quantity()),
            Head::number(said().refunded()),
            Head::number(said().total()),
        ],
        rows,
    )
}

fn line_row(line: &OrderLine, currency: &str) -> AnyView {
    let total = locale().money(line.unit_price_minor * line.quantity, currency);
    view! {
        <tr>
            <td class="cell-first">{product_cell(line)}</td>
            <td class="cell-num" data-label=said().price()>
                {locale().money(line.unit_price_minor, currency)}
            </td>
            <td class="cell-num" data-label=said().quantity()>{line.quantity.to_string()}</td>
            <td class="cell-num" data-label=said().refunded()>
                {match line.refunded {
                    0 => "–".to_owned(),
                    units => units.to_string(),
                }}
            </td>
            <td class="cell-num" data-label=said().total()>{total}</td>
        </tr>
    }
    .into_any()
}

fn product_cell(line: &OrderLine) -> impl IntoView + use<> {
    let image = thumb(&line.picture);
    view! {
        <div class="cell-main">
            <span class="pic pic-xs">{image}</span>
            <span>
                <a href=app::catalog::address::product(&line.product_slug)>{line.title.clone()}</a>
                <span class="cell-sub">{line.variant_title.clone()}</span>
                <span class="cell-sub mono">{line.sku.clone()}</span>
            </span>
        </div>
    }
}

fn totals(order: &Order) -> impl IntoView + use<> {
    let mut sum = sum(order);
    sum.delivery_label = said().delivery_by(&order.shipping_method);
    view! {
        <section class="panel" aria-labelledby="totals">
            <h2 class="panel-title" id="totals">{said().totals()}</h2>
            {totals_list(sum)} {promised(order)} {less(order)}
        </section>
    }
}

/// When the customer expects it.
fn promised(order: &Order) -> Option<impl IntoView + use<>> {
    let (promise, start) = order.promised()?;
    let words = promise.words(locale(), start);
    Some(view! { <p class="muted small">{said().promised(&words)}</p> })
}

/// What of it went back.
fn less(order: &Order) -> Option<impl IntoView + use<>> {
    let money = |minor| locale().money(minor, &order.currency);
    (order.refunded_minor > 0).then(|| {
        let left = order.total_minor - order.refunded_minor;
        view! {
            <dl class="totals totals-less">
                <div>
                    <dt>{said().refunded()}</dt>
                    <dd>{format!("−{}", money(order.refunded_minor))}</dd>
                </div>
                <div class="totals-grand">
                    <dt>{said().left()}</dt>
                    <dd>{money(left)}</dd>
                </div>
            </dl>
        }
    })
}

fn customer(desk: &AdminOrder) -> AnyView {
    let order = &desk.order;
    let contact = order.contact.clone();
    if contact.email.is_empty() {
        return view! {
            <section class="panel">
                <h2 class="panel-title">{said().customer()}</h2>
                <p class="muted">{said().erased()}</p>
            </section>
        }
        .into_any();
    }
    let page = format!("/admin/customers/{}", order.id);
    let phone = (!contact.phone.is_empty()).then(|| view! { <p>{contact.phone}</p> });
    view! {
        <section class="panel">
            <h2 class="panel-title">{said().customer()}</h2>
            <p>{contact.name}</p>
            <p>
                <a class="link" href=format!("mailto:{}", contact.email)>{contact.email.clone()}</a>
            </p>
            {phone}
            {circumstances(desk)}
            <p>
                <a class="btn-text" href=page>{said().all_their_orders()}</a>
            </p>
            {resend_form(desk)}
        </section>
    }
    .into_any()
}

/// The language, and the market, that it was placed in.
fn circumstances(desk: &AdminOrder) -> Vec<AnyView> {
    let details = &desk.details;
    let language = Locale::of_code(&details.locale).map(|language| {
        let words = said().order_language(language.name());
        view! { <p class="muted">{words}</p> }.into_any()
    });
    let market = (!details.market.is_empty()).then(|| {
        let words = said().order_market(&details.market);
        view! { <p class="muted">{words}</p> }.into_any()
    });
    language.into_iter().chain(market).collect()
}

fn customers_note(desk: &AdminOrder) -> Option<AnyView> {
    let note = desk.details.customer_note.clone();
    if note.is_empty() {
        return None;
    }
    let panel = view! {
        <section class="panel" aria-labelledby="customers-note">
            <h2 class="panel-title" id="customers-note">{said().customers_note()}</h2>
            <p class="timeline-note">{note}</p>
        </section>
    };
    Some(panel.into_any())
}

fn delivery(desk: &AdminOrder) -> impl IntoView + use<> {
    view! {
        <section class="panel">
            <h2 class="panel-title">{said().delivery_address()}</h2>
            {company_address(&desk.details.company, &desk.order.contact)}
        </section>
    }
}

/// Whom the invoice is for, where anything is known of it.
fn billing(desk: &AdminOrder) -> Option<AnyView> {
    let details = &desk.details;
    let address = details
        .billing
        .as_ref()
        .map(|billing| company_address(&billing.company, &billing.address()));
    let vat_id =
        (!details.vat_id.is_empty()).then(|| view! { <p>{said().vat_id(&details.vat_id)}</p> });
    if address.is_none() && vat_id.is_none() {
        return None;
    }
    let panel = view! {
        <section class="panel">
            <h2 class="panel-title">{said().billing_address()}</h2>
            {address}
            {vat_id}
        </section>
    };
    Some(panel.into_any())
}
