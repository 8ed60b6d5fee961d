//! `/admin/system`: the server that answers, for admins.

use app::{identity::Role, locale::locale};
use leptos::prelude::*;
use serde_json::{Map, Value, json};

use super::{
    ports::system,
    said,
    types::{NodeLive, RedisState, SystemLive},
};
use crate::admin::frame::{LivePanel, Section, admin_page};

const HERE: &str = "/admin/system";
pub const LIVE: &str = "/api/admin/system/live";

#[component]
pub fn AdminSystemPage() -> impl IntoView {
    let port = system();
    let data = async move { port.live().await };
    admin_page(Role::Admin, data, |_, live| {
        let content = view! {
            <div class="admin-head">
                <h1 class="admin-title">{said().system()}</h1>
                <a class="btn" href="/admin/payments">{said().payments()}</a>
            </div>
            {panel(&live)}
        };
        Section::System.page(said().system(), content.into_any())
    })
}

fn panel(live: &SystemLive) -> AnyView {
    let panel = LivePanel {
        title: said().right_now(),
        source: LIVE.to_owned(),
        every: None,
        at: live.at,
        here: HERE.to_owned(),
        words: script_words(),
    };
    panel.around(view! {
        {figures(live)}
        <h3 class="desk-sub">{said().refused_here()}</h3>
        {refusals(&live.node)}
        <p class="muted small">{said().since_start()}</p>
    })
}

fn figures(live: &SystemLive) -> AnyView {
    let node = &live.node;
    let batch = node.orders_per_transaction.map_or(NONE.to_owned(), decimal);
    let lock = node
        .lock_wait_ms
        .map_or(said().no_lock().to_owned(), |wait| {
            format!("{} ms", decimal(wait))
        });
    let list = [
        (
            "queue",
            said().waiting(),
            node.queue_depth.to_string(),
            said().waiting_note(),
        ),
        ("batch", said().batch(), batch, said().batch_note()),
        ("lock", said().lock_wait(), lock, said().lock_note()),
        (
            "cache",
            said().cache_hits(),
            cache(node),
            said().cache_note(),
        ),
        (
            "database",
            said().database(),
            connections(node),
            said().database_note(),
        ),
        (
            "redis",
            said().redis(),
            redis_words(node.redis).to_owned(),
            said().redis_note(),
        ),
        (
            "mails_waiting",
            said().mails_waiting(),
            live.mails.waiting.words(),
            said().mails_waiting_note(),
        ),
        (
            "mails_failed",
            said().mails_failed(),
            live.mails.failed.words(),
            said().mails_failed_note(),
        ),
        (
            "uptime",
            said().uptime(),
            uptime(node.uptime_seconds),
            said().uptime_note(),
        ),
    ];
    let list: Vec<_> = list
        .into_iter()
        .map(|(key, name, value, note)| {
            view! {
                <div class="figure">
                    <dt>{name}</dt>
                    <dd class="figure-number" data-live-value=key>{value}</dd>
                    <dd class="figure-note">{note}</dd>
                </div>
            }
        })
        .collect();
    view! { <dl class="figures figures-small">{list}</dl> }.into_any()
}

/// In place of a figure that there is not yet.
const NONE: &str = "–";

/// To one decimal, as the language writes it.
fn decimal(number: f64) -> String {
    format!("{number:.1}").replace('.', locale().decimal_point())
}

fn cache(node: &NodeLive) -> String {
    match node.cache_looks {
        0 => NONE.to_owned(),
        looks => format!("{} %", node.cache_hits * 100 / looks),
    }
}

fn connections(node: &NodeLive) -> String {
    format!("{} / {}", node.db_used, node.db_max)
}

fn redis_words(state: RedisState) -> &'static str {
    match state {
        RedisState::Absent => said().redis_absent(),
        RedisState::Up => said().redis_up(),
        RedisState::Down => said().redis_down(),
    }
}

/// `3 d 04:05`, in days, hours and minutes.
fn uptime(seconds: i64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    format!("{days} {} {hours:02}:{minutes:02}", said().days_short())
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

/// What the script says of this page.
fn script_words() -> Map<String, Value> {
    let refusals: Map<String, Value> = REFUSALS
        .into_iter()
        .map(|kind| (kind.to_owned(), json!(refusal_words(kind))))
        .collect();
    let redis: Map<String, Value> = RedisState::ALL
        .into_iter()
        .map(|state| (state.as_str().to_owned(), json!(redis_words(state))))
        .collect();
    let words = [
        ("noLock", json!(said().no_lock())),
        ("days", json!(said().days_short())),
        ("redis", Value::Object(redis)),
        ("refusals", Value::Object(refusals)),
    ];
    let words = words.into_iter();
    words.map(|(name, said)| (name.to_owned(), said)).collect()
}

/// Of a kind that the page has no words for, its name.
fn refusal_words(kind: &str) -> String {
    match REFUSALS.contains(&kind) {
        true => said().refusal(kind),
        false => kind.replace('_', " "),
    }
}

fn refusals(node: &NodeLive) -> AnyView {
    let refusals = &node.refusals;
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
    fn time_since_the_start_is_given_in_days_hours_and_minutes() {
        assert_eq!(super::uptime(59), "0 d 00:00");
        assert_eq!(super::uptime(3 * 86_400 + 4 * 3600 + 5 * 60), "3 d 04:05");
    }
}
