//! The panel of a running sale. It is rendered whole; a script asks for it anew every two seconds
//! and writes the numbers over, and without script a link does.

use leptos::prelude::*;

use super::types::{Live, SellThrough};
use crate::{shop::shop, ui::date::time};

/// `here` leads to this page again.
pub fn panel(live: &Live, here: String) -> AnyView {
    let per_second = per_second(live.orders_last_minute);
    let zone = shop().settings.time_zone.clone();
    view! {
        <section class="panel live" aria-labelledby="live-title" data-live="/api/admin/dashboard/live" data-live-zone=zone>
            <div class="live-head">
                <h2 class="panel-title" id="live-title">"Right now"</h2>
                <p class="muted small">
                    "As of " <span data-live-at>{time(live.at)}</span> " "
                    <a class="btn-text" href=format!("{here}#live-title") data-live-again>"Refresh"</a>
                </p>
            </div>
            <dl class="figures figures-small">
                {figure("per_second", "Orders per second", &per_second, "last minute, whole shop")}
                {figure("queue", "Orders waiting", &live.node.queue_depth.to_string(), "in this node’s order queue")}
                {figure("lock", "Wait for a lock", &lock_wait(live.node.lock_wait_ms), "average, this node")}
                {figure("cache", "Cache hits", &cache(live), "of lookups, this node")}
            </dl>
            <div class="desk-cols">
                <div>
                    <h3 class="desk-sub">"Sold in the last hour"</h3>
                    {sell_through(&live.variants)}
                </div>
                <div>
                    <h3 class="desk-sub">"Orders refused by this node"</h3>
                    {refusals(live)}
                </div>
            </div>
            <p class="muted small">
                "Sales are for the whole shop. Other figures are for the node that answered, \
                 since it started."
            </p>
            <script type="module" src="/admin-assets/live.js"></script>
        </section>
    }
    .into_any()
}

fn figure(key: &'static str, name: &'static str, value: &str, note: &'static str) -> AnyView {
    view! {
        <div class="figure">
            <dt>{name}</dt>
            <dd class="figure-number" data-live-value=key>{value.to_owned()}</dd>
            <dd class="figure-note">{note}</dd>
        </div>
    }
    .into_any()
}

/// To one decimal.
fn per_second(last_minute: i64) -> String {
    let tenths = last_minute * 10 / 60;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn lock_wait(milliseconds: Option<f64>) -> String {
    milliseconds.map_or("none".to_owned(), |wait| format!("{wait:.1} ms"))
}

fn cache(live: &Live) -> String {
    match live.node.cache_looks {
        0 => "–".to_owned(),
        looks => format!("{} %", live.node.cache_hits * 100 / looks),
    }
}

fn sell_through(variants: &[SellThrough]) -> AnyView {
    let rows: Vec<_> = variants
        .iter()
        .map(|variant| {
            view! {
                <tr>
                    <td>{variant.title.clone()}</td>
                    <td class="cell-num">{variant.sold.to_string()}</td>
                    <td class="cell-num">{variant.left.to_string()}</td>
                    <td class="cell-num">{format!("{} %", variant.percent())}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <p class="muted" data-live-none="variants" hidden=!variants.is_empty()>
            "Nothing sold in the last hour."
        </p>
        <table class="table table-plain" data-live-table="variants" hidden=variants.is_empty()>
            <caption class="visually-hidden">"Sold in the last hour, by variant"</caption>
            <thead>
                <tr>
                    <th scope="col">"Variant"</th>
                    <th scope="col" class="cell-num">"Sold"</th>
                    <th scope="col" class="cell-num">"Left"</th>
                    <th scope="col" class="cell-num">"Sold through"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn refusals(live: &Live) -> AnyView {
    let refusals = &live.node.refusals;
    let rows: Vec<_> = refusals
        .iter()
        .map(|refusal| {
            view! {
                <tr>
                    <td>{refusal.kind.replace('_', " ")}</td>
                    <td class="cell-num">{refusal.count.to_string()}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <p class="muted" data-live-none="refusals" hidden=!refusals.is_empty()>"None yet."</p>
        <table class="table table-plain" data-live-table="refusals" hidden=refusals.is_empty()>
            <caption class="visually-hidden">"Orders refused by this node, by kind"</caption>
            <thead>
                <tr>
                    <th scope="col">"Why"</th>
                    <th scope="col" class="cell-num">"Orders"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_minute_is_given_by_the_second() {
        assert_eq!(super::per_second(0), "0.0");
        assert_eq!(super::per_second(59), "0.9");
        assert_eq!(super::per_second(6030), "100.5");
    }
}
