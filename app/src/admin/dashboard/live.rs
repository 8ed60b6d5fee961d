//! The panel of a running sale. It is rendered whole; a script asks for it again every two seconds
//! and writes the numbers over, in the words of the page, and without script a link does.

use leptos::prelude::*;

use serde_json::{Map, Value, json};

use super::{
    page::decimal,
    said,
    types::{Live, SellThrough},
};
use crate::{
    locale::{Locale, locale},
    shop::shop,
    ui::date::time,
};

/// `here` leads to this page again.
pub fn panel(live: &Live, here: String) -> AnyView {
    let per_second = per_second(live.orders_last_minute);
    let zone = shop().settings.time_zone.clone();
    view! {
        <section class="panel live" aria-labelledby="live-title" data-live="/api/admin/dashboard/live" data-live-zone=zone data-words=script_words()>
            <div class="live-head">
                <h2 class="panel-title" id="live-title">{said().right_now()}</h2>
                <p class="muted small">
                    {format!("{} ", said().at_time())} <span data-live-at>{time(live.at)}</span> " "
                    <a class="btn-text" href=format!("{here}#live-title") data-live-again>{said().refresh()}</a>
                </p>
            </div>
            <dl class="figures figures-small">
                {figure("per_second", said().per_second(), &per_second, said().per_second_note())}
                {figure("queue", said().waiting(), &live.node.queue_depth.to_string(), said().waiting_note())}
                {figure("lock", said().lock_wait(), &lock_wait(live.node.lock_wait_ms), said().lock_note())}
                {figure("cache", said().cache_hits(), &cache(live), said().cache_note())}
            </dl>
            <div class="desk-cols">
                <div>
                    <h3 class="desk-sub">{said().sold_last_hour()}</h3>
                    {sell_through(&live.variants)}
                </div>
                <div>
                    <h3 class="desk-sub">{said().refused_here()}</h3>
                    {refusals(live)}
                </div>
            </div>
            <p class="muted small">
                {said().whole_shop_note()}
            </p>
            <script type="module" src="/admin-assets/live.js"></script>
        </section>
    }
    .into_any()
}

/// The kinds of refusals that the page has words for.
const REFUSALS: [&str; 13] = [
    "sold_out",
    "insufficient",
    "inactive",
    "price_changed",
    "total_changed",
    "empty_cart",
    "not_open",
    "invalid",
    "payment_declined",
    "payment_unclear",
    "conflict",
    "busy",
    "unavailable",
];

/// What the script says, as JSON.
fn script_words() -> String {
    let refusals: Map<String, Value> = REFUSALS
        .into_iter()
        .map(|kind| (kind.to_owned(), json!(refusal_words(kind))))
        .collect();
    let clock = match locale() {
        Locale::En => "en-GB",
        Locale::De => "de-DE",
    };
    let words = json!({
        "clock": clock,
        "point": said().decimal_point(),
        "failed": said().no_answer(),
        "signedOut": said().signed_out(),
        "noLock": said().no_lock(),
        "refusals": refusals,
    });
    words.to_string()
}

/// Of a kind that the page has no words for, its name.
fn refusal_words(kind: &str) -> String {
    match REFUSALS.contains(&kind) {
        true => said().refusal(kind),
        false => kind.replace('_', " "),
    }
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
    decimal(last_minute * 10 / 60)
}

fn lock_wait(milliseconds: Option<f64>) -> String {
    match milliseconds {
        None => said().no_lock().to_owned(),
        Some(wait) => format!("{wait:.1} ms").replace('.', said().decimal_point()),
    }
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
            {said().nothing_last_hour()}
        </p>
        <table class="table table-plain" data-live-table="variants" hidden=variants.is_empty()>
            <caption class="visually-hidden">{said().sold_by_variant()}</caption>
            <thead>
                <tr>
                    <th scope="col">{said().variant()}</th>
                    <th scope="col" class="cell-num">{said().sold()}</th>
                    <th scope="col" class="cell-num">{said().left()}</th>
                    <th scope="col" class="cell-num">{said().sold_through()}</th>
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
                    <td>{refusal_words(&refusal.kind)}</td>
                    <td class="cell-num">{refusal.count.to_string()}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <p class="muted" data-live-none="refusals" hidden=!refusals.is_empty()>{said().none_yet()}</p>
        <table class="table table-plain" data-live-table="refusals" hidden=refusals.is_empty()>
            <caption class="visually-hidden">{said().refused_by_kind()}</caption>
            <thead>
                <tr>
                    <th scope="col">{said().why()}</th>
                    <th scope="col" class="cell-num">{said().orders()}</th>
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
