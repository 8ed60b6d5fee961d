//! `/admin`: how the shop does, for staff and admins.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    charts::charts,
    lists::{low_stock, top_products},
    live::panel,
    ports::{Figures, Span},
    said,
};
use crate::{
    admin::{
        dashboard::ports::dashboard,
        frame::{Section, admin_page},
        opening::{panel::opening, ports::opening_admin},
    },
    identity::Role,
    locale::locale,
};

const HERE: &str = "/admin";

#[component]
pub fn AdminDashboardPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let span = query
        .get_str("days")
        .and_then(Span::parse)
        .unwrap_or(Span::Today);
    let (port, checklist) = (dashboard(), opening_admin());
    let data = async move {
        let checklist = checklist.checklist().await?;
        Ok((port.figures(span).await?, port.live().await?, checklist))
    };
    admin_page(
        Role::Staff,
        data,
        move |account, (figures, live, checklist)| {
            let content = view! {
                <div class="admin-head">
                    <h1 class="admin-title">{said().dashboard()}</h1>
                    {spans(span)}
                </div>
                <div class="stack">
                    {opening(&checklist, account)} {numbers(&figures)} {charts(&figures, span)}
                    <div class="desk-cols">{top_products(&figures, account)} {low_stock(&figures)}</div>
                    {panel(&live, href(span))} {meaning(&figures)}
                </div>
            };
            Section::Dashboard.page(said().dashboard(), content.into_any())
        },
    )
}

fn href(span: Span) -> String {
    format!("{HERE}?days={}", span.as_str())
}

fn spans(current: Span) -> AnyView {
    let links: Vec<_> = Span::ALL
        .into_iter()
        .map(|span| {
            let here = (span == current).then_some("page");
            view! { <a class="tab" href=href(span) aria-current=here>{span_words(span)}</a> }
        })
        .collect();
    view! { <nav class="tabs" aria-label=said().time()>{links}</nav> }.into_any()
}

pub fn money(figures: &Figures, minor: i64) -> String {
    locale().money(minor, &figures.currency)
}

fn span_words(span: Span) -> &'static str {
    match span {
        Span::Today => said().today(),
        Span::Week => said().seven_days(),
        Span::Month => said().thirty_days(),
    }
}

/// `12.5`, from tenths.
pub fn decimal(tenths: i64) -> String {
    format!("{}{}{}", tenths / 10, said().decimal_point(), tenths % 10)
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
            format!("{} %", decimal(permille))
        });
    let list = [
        (
            said().revenue(),
            money(figures, total.net_minor()),
            said().revenue_note().to_owned(),
        ),
        (
            said().received(),
            money(figures, figures.received_minor),
            said().received_note().to_owned(),
        ),
        (
            said().to_collect(),
            money(figures, figures.to_collect_minor),
            said().to_collect_note().to_owned(),
        ),
        (
            said().orders(),
            total.orders.to_string(),
            said().orders_note().to_owned(),
        ),
        (
            said().units(),
            total.units.to_string(),
            said().units_note().to_owned(),
        ),
        (
            said().average_order(),
            mean,
            said().average_note().to_owned(),
        ),
        (
            said().conversion(),
            conversion,
            said().conversion_note().to_owned(),
        ),
        (
            said().refunds(),
            money(figures, total.refunded_minor),
            said().refund_count(total.refunds),
        ),
    ];
    let list: Vec<_> = list
        .into_iter()
        .map(|(name, number, note)| {
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
        let orders = said().order_count(figures.other_currencies);
        format!("{} ", said().other_currencies(&orders))
    });
    let zone = figures.time_zone.replace('_', " ");
    let standing = said().order_count(figures.standing);
    let open = said().cart_count(figures.open_carts);
    view! {
        <section class="muted small desk-meaning" aria-label=said().what_is_counted()>
            <p>
                {format!("{} ", said().times_are_in(&zone))} {others}
                {format!("{} ", said().revenue_meaning())}
                {said().conversion_meaning(&open, &standing)}
            </p>
        </section>
    }
    .into_any()
}
