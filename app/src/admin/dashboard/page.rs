//! `/admin`: how the shop does, for staff and admins.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    charts::charts,
    lists::{low_stock, top_products},
    live::panel,
    ports::{Figures, Span},
};
use crate::{
    admin::{
        dashboard::ports::dashboard,
        frame::{Section, admin_page},
    },
    identity::Role,
    money::format_money,
};

const HERE: &str = "/admin";

#[component]
pub fn AdminDashboardPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let span = query
        .get_str("days")
        .and_then(Span::parse)
        .unwrap_or(Span::Today);
    let port = dashboard();
    let data = async move { Ok((port.figures(span).await?, port.live().await?)) };
    admin_page(Role::Staff, data, move |account, (figures, live)| {
        let content = view! {
            <div class="admin-head">
                <h1 class="admin-title">"Dashboard"</h1>
                {spans(span)}
            </div>
            <div class="stack">
                {numbers(&figures)} {charts(&figures, span)}
                <div class="desk-cols">{top_products(&figures, account)} {low_stock(&figures)}</div>
                {panel(&live, href(span))} {meaning(&figures)}
            </div>
        };
        Section::Dashboard.page("Dashboard", content.into_any())
    })
}

fn href(span: Span) -> String {
    format!("{HERE}?days={}", span.as_str())
}

fn spans(current: Span) -> AnyView {
    let links: Vec<_> = Span::ALL
        .into_iter()
        .map(|span| {
            let here = (span == current).then_some("page");
            view! { <a class="tab" href=href(span) aria-current=here>{span.words()}</a> }
        })
        .collect();
    view! { <nav class="tabs" aria-label="Time">{links}</nav> }.into_any()
}

pub fn money(figures: &Figures, minor: i64) -> String {
    format_money(minor, &figures.currency)
}

pub fn count(number: i64, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

fn numbers(figures: &Figures) -> AnyView {
    let total = figures.total();
    let mean = match total.orders {
        0 => "–".to_owned(),
        orders => money(figures, total.gross_minor / orders),
    };
    let conversion = figures
        .conversion_permille()
        .map_or("–".to_owned(), |permille| {
            format!("{}.{} %", permille / 10, permille % 10)
        });
    let list = [
        (
            "Revenue",
            money(figures, total.net_minor()),
            "net of refunds, including tax and shipping",
        ),
        (
            "Orders",
            total.orders.to_string(),
            "paid or cash on delivery",
        ),
        ("Units", total.units.to_string(), "ordered"),
        ("Average order", mean, "before refunds"),
        ("Conversion", conversion, "of carts became orders"),
        ("Refunds", money(figures, total.refunded_minor), ""),
    ];
    let list: Vec<_> = list
        .into_iter()
        .map(|(name, number, note)| {
            let note = match name {
                "Refunds" => count(total.refunds, "refund", "refunds"),
                _ => note.to_owned(),
            };
            view! {
                <div class="figure">
                    <dt>{name}</dt>
                    <dd class="figure-number">{number}</dd>
                    <dd class="figure-note">{note}</dd>
                </div>
            }
        })
        .collect();
    view! { <dl class="figures">{list}</dl> }.into_any()
}

/// What is counted, and how.
fn meaning(figures: &Figures) -> AnyView {
    let others = (figures.other_currencies > 0).then(|| {
        let orders = count(figures.other_currencies, "order", "orders");
        format!("{orders} in other currencies are not included in any total. ")
    });
    let zone = figures.time_zone.replace('_', " ");
    let standing = count(figures.standing, "order", "orders");
    let open = count(figures.open_carts, "cart", "carts");
    view! {
        <section class="muted small desk-meaning" aria-label="What is counted">
            <p>
                {format!("Times are in {zone}. ")} {others}
                "Revenue: orders placed in this period, except cancelled and unpaid ones, minus \
                 refunds made in this period.  "
                {format!(
                    "Conversion: {standing} placed and not cancelled, compared with {open} that \
                     were filled in this period and not ordered. Emptied and expired carts are \
                     not counted.",
                )}
            </p>
        </section>
    }
    .into_any()
}
