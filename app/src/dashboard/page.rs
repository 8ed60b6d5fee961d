//! `/admin`: how the shop does, for staff and admins.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    chart::{Bar, bars},
    live::panel,
    ports::{Bucket, Figures, Span},
};
use crate::{
    account::types::{Account, Role},
    admin::layout::{Section, admin_page},
    money::format_money,
    ports::{shop, staff},
    ui::{
        error_page::ErrorPage,
        icon::{Icon, icon},
        load::load,
    },
};

const HERE: &str = "/admin";

#[component]
pub fn AdminDashboardPage() -> impl IntoView {
    let account = match staff() {
        Ok(account) => account,
        Err(error) => return view! { <ErrorPage error/> }.into_any(),
    };
    let query = use_query_map().get_untracked();
    let span = query
        .get_str("days")
        .and_then(Span::parse)
        .unwrap_or(Span::Today);
    let port = shop().dashboard;
    let data = async move { Ok((port.figures(span).await?, port.live().await?)) };
    load(data, move |(figures, live)| {
        let content = view! {
            <div class="admin-head">
                <h1 class="admin-title">"Dashboard"</h1>
                {spans(span)}
            </div>
            <div class="stack">
                {numbers(&figures)} {charts(&figures, span)}
                <div class="desk-cols">{top(&figures, &account)} {low(&figures)}</div>
                {panel(&live, href(span))} {meaning(&figures)}
            </div>
        };
        admin_page(&account, Section::Dashboard, "Dashboard", content)
    })
    .into_any()
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

fn money(figures: &Figures, minor: i64) -> String {
    format_money(minor, &figures.currency)
}

fn count(number: i64, one: &str, many: &str) -> String {
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
            "net of refunds, tax and delivery included",
        ),
        (
            "Orders",
            total.orders.to_string(),
            "paid, or due at the door",
        ),
        ("Units", total.units.to_string(), "ordered"),
        ("Average order", mean, "before refunds"),
        ("Conversion", conversion, "of filled carts were ordered"),
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

fn charts(figures: &Figures, span: Span) -> AnyView {
    let unit = match span {
        Span::Today => "hour",
        _ => "day",
    };
    let revenue = |bucket: &Bucket| bucket.net_minor();
    let orders = |bucket: &Bucket| bucket.orders;
    view! {
        <div class="desk-cols">
            {chart(figures, "revenue", &format!("Revenue by {unit}"), revenue, |minor| money(figures, minor))}
            {chart(figures, "orders", &format!("Orders by {unit}"), orders, |n| count(n, "order", "orders"))}
        </div>
        {table(figures, unit)}
    }
    .into_any()
}

fn chart(
    figures: &Figures,
    id: &'static str,
    title: &str,
    value: impl Fn(&Bucket) -> i64,
    words: impl Fn(i64) -> String,
) -> AnyView {
    let list: Vec<Bar> = figures
        .buckets
        .iter()
        .map(|bucket| Bar {
            title: format!("{}: {}", bucket.label, words(value(bucket))),
            value: value(bucket),
        })
        .collect();
    let best = figures.buckets.iter().max_by_key(|bucket| value(bucket));
    let best = best.filter(|bucket| value(bucket) > 0);
    let most = best.map_or(0, &value);
    let label = |at: usize| figures.buckets.get(at).map(|bucket| bucket.label.clone());
    let last = figures.buckets.len().saturating_sub(1);
    let ends = (
        label(0).unwrap_or_default(),
        label(last).unwrap_or_default(),
    );
    let described = match best {
        Some(bucket) => format!(
            "{} bars from {} to {}. The highest is {} with {}. All numbers are in the table below.",
            figures.buckets.len(),
            ends.0,
            ends.1,
            bucket.label,
            words(most),
        ),
        None => format!("Nothing from {} to {}.", ends.0, ends.1),
    };
    let drawing = bars(id, title, &described, &list);
    view! {
        <figure class="panel chart-box">
            <figcaption class="chart-head">
                <span class="panel-title">{title.to_owned()}</span>
                <span class="muted small">{format!("Highest: {}", words(most))}</span>
            </figcaption>
            <div inner_html=drawing></div>
            <div class="chart-ends muted small" aria-hidden="true">
                <span>{ends.0}</span>
                <span>{label(figures.buckets.len() / 2)}</span>
                <span>{ends.1}</span>
            </div>
        </figure>
    }
    .into_any()
}

fn table(figures: &Figures, unit: &str) -> AnyView {
    let row = |bucket: &Bucket| {
        view! {
            <td class="cell-num" data-label="Revenue">{money(figures, bucket.net_minor())}</td>
            <td class="cell-num" data-label="Orders">{bucket.orders.to_string()}</td>
            <td class="cell-num" data-label="Units">{bucket.units.to_string()}</td>
            <td class="cell-num" data-label="Refunds">{money(figures, bucket.refunded_minor)}</td>
        }
    };
    let rows: Vec<_> = figures
        .buckets
        .iter()
        .map(|bucket| {
            view! {
                <tr>
                    <th scope="row">{bucket.label.clone()}</th>
                    {row(bucket)}
                </tr>
            }
        })
        .collect();
    let head = match unit {
        "hour" => "Hour from",
        _ => "Day",
    };
    view! {
        <details class="fold">
            <summary>"The charts as a table" {icon(Icon::Chevron)}</summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Figures as a table">
                <table class="table">
                    <caption class="visually-hidden">{format!("Figures by {unit}")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{head}</th>
                            <th scope="col" class="cell-num">"Revenue"</th>
                            <th scope="col" class="cell-num">"Orders"</th>
                            <th scope="col" class="cell-num">"Units"</th>
                            <th scope="col" class="cell-num">"Refunds"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">"Together"</th>
                            {row(&figures.total())}
                        </tr>
                    </tfoot>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn top(figures: &Figures, account: &Account) -> AnyView {
    let rows: Vec<_> = figures
        .top
        .iter()
        .map(|product| {
            // Products are the admins' to edit.
            let title = match (&product.product_id, account.role) {
                (Some(id), Role::Admin) => {
                    let href = format!("/admin/products/{id}");
                    view! { <a class="cell-link" href=href>{product.title.clone()}</a> }.into_any()
                }
                _ => product.title.clone().into_any(),
            };
            view! {
                <tr>
                    <td>{title}</td>
                    <td class="cell-num">{product.units.to_string()}</td>
                    <td class="cell-num">{money(figures, product.amount_minor)}</td>
                </tr>
            }
        })
        .collect();
    let body = match rows.is_empty() {
        true => view! { <p class="muted">"Nothing was sold yet in this time."</p> }.into_any(),
        false => view! {
            <table class="table table-plain">
                <caption class="visually-hidden">"Top products, most units first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Product"</th>
                        <th scope="col" class="cell-num">"Units"</th>
                        <th scope="col" class="cell-num">"Sales"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="top">
            <h2 class="panel-title" id="top">"Top products"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn low(figures: &Figures) -> AnyView {
    let rows: Vec<_> = figures
        .low
        .iter()
        .map(|variant| {
            let href = format!("/admin/stock/{}", variant.variant_id);
            let class = match variant.stock {
                0 => "badge badge-bad",
                _ => "badge badge-warn",
            };
            view! {
                <tr>
                    <td>
                        <a class="cell-link" href=href>{variant.title.clone()}</a>
                    </td>
                    <td class="cell-num">
                        <span class=class>{variant.stock.to_string()}</span>
                    </td>
                </tr>
            }
        })
        .collect();
    let more = figures.more_low.then(|| {
        view! { <p class="small"><a class="link" href="/admin/stock">"There are more: see all stock"</a></p> }
    });
    let body = match rows.is_empty() {
        true => view! { <p class="muted">"Everything that is for sale has more."</p> }.into_any(),
        false => view! {
            <table class="table table-plain">
                <caption class="visually-hidden">"Low stock, least first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Variant"</th>
                        <th scope="col" class="cell-num">"Left"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {more}
        }
        .into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="low">
            <h2 class="panel-title" id="low">{format!("Low stock: {} or fewer", figures.low_stock)}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// What is counted, and how.
fn meaning(figures: &Figures) -> AnyView {
    let others = (figures.other_currencies > 0).then(|| {
        let orders = count(figures.other_currencies, "order", "orders");
        format!("{orders} in other currencies are left out of all sums. ")
    });
    let zone = figures.time_zone.replace('_', " ");
    let standing = count(figures.standing, "order", "orders");
    let open = count(figures.open_carts, "cart", "carts");
    view! {
        <section class="muted small desk-meaning" aria-label="What is counted">
            <p>
                {format!("Days are those of {zone}. ")} {others}
                "Revenue is what the orders of the time come to, without those that are cancelled or not paid yet, less the refunds made in the time, whenever their orders were placed. "
                {format!(
                    "Conversion: an order was one filled cart; {standing} not cancelled, against {open} that hold something put in during the time. A cart that was emptied or has expired is not counted.",
                )}
            </p>
        </section>
    }
    .into_any()
}
