//! `/admin/drops/:id/live`: a drop while it goes on.

use std::collections::BTreeMap;

use app::{
    drops::refusals::DropRefusal,
    identity::Role,
    locale::locale,
    ui::{
        breadcrumbs::{breadcrumbs, crumb},
        date::Zone,
        path::path_part,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Map;

use super::{
    ports::drop_desk,
    said,
    watched::{Watched, WatchedLine, WatchedNode, percent_sold},
    ways::{DROPS, editor},
};
use crate::admin::frame::{LivePanel, Section, admin_page};

pub const LIVE: &str = "/api/admin/drops/live";
/// How often a browser asks, in milliseconds.
const EVERY: &str = "1000";
/// In place of a figure that there is not.
const NONE: &str = "–";

/// The figures as the page shows them, by the names of their places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveDrop {
    /// In milliseconds since 1970.
    pub at: i64,
    pub values: BTreeMap<String, String>,
    pub tables: BTreeMap<String, Vec<Vec<String>>>,
}

#[component]
pub fn AdminDropLivePage() -> impl IntoView {
    let (id, port) = (path_part("id"), drop_desk());
    let data = async move { port.watch(&id).await };
    admin_page(Role::Admin, data, |_, watched| {
        Section::Drops.page(said().live_of(&watched.title), page(&watched))
    })
}

/// What the page shows, in the language of the request at hand.
pub fn shown(watched: &Watched) -> LiveDrop {
    let values = values(watched).map(|(key, _, words)| (key.to_owned(), words));
    let tables = [
        ("refusals", refusals(watched)),
        ("variants", watched.lines.iter().map(variant).collect()),
        ("nodes", nodes(watched)),
    ];
    LiveDrop {
        at: watched.at,
        values: values.into_iter().collect(),
        tables: BTreeMap::from(tables.map(|(key, rows)| (key.to_owned(), rows))),
    }
}

fn number(count: i64) -> String {
    locale().number(count)
}

/// Names, labels and figures.
fn values(watched: &Watched) -> [(&'static str, &'static str, String); 13] {
    let room = |of: fn(i64, i64) -> i64| {
        let room = watched.room.map(|room| of(room.waiting, room.let_in));
        room.map_or_else(|| NONE.to_owned(), number)
    };
    let of_nodes = |of: fn(&WatchedNode) -> i64| number(watched.of_nodes(of));
    let gone = percent_sold(watched.units(), watched.sold());
    [
        (
            "arrivals",
            said().arrivals(),
            of_nodes(|node| node.arrivals),
        ),
        ("waiting", said().waiting(), room(|waiting, _| waiting)),
        ("let_in", said().let_in(), room(|_, let_in| let_in)),
        ("orders", said().orders(), of_nodes(|node| node.orders)),
        ("left", said().left(), number(watched.left())),
        ("gone", said().gone(), format!("{gone} %")),
        ("kept", said().kept_for_list(), number(watched.kept())),
        ("listed", said().on_list(), number(watched.listed())),
        ("held", said().held(), number(watched.held())),
        ("unpaid", said().unpaid(), number(watched.unpaid)),
        ("refused", said().refused(), of_nodes(WatchedNode::refused)),
        ("queue", said().queue(), number(watched.queue())),
        ("lock", said().lock(), milliseconds(watched.lock_us())),
    ]
}

pub fn reason(reason: DropRefusal) -> String {
    said().reason(reason.as_str())
}

fn refusals(watched: &Watched) -> Vec<Vec<String>> {
    let all = watched.refusals().into_iter();
    all.map(|(why, count)| vec![reason(why), number(count)])
        .collect()
}

fn variant(line: &WatchedLine) -> Vec<String> {
    let gone = percent_sold(line.units, line.sold());
    let figures = [line.sold(), line.held, line.kept, line.left].map(number);
    let mut cells = vec![line.name.clone()];
    cells.extend(figures);
    cells.push(format!("{gone} %"));
    cells
}

fn nodes(watched: &Watched) -> Vec<Vec<String>> {
    let zone = Zone::of_shop();
    let numbered = (1_i64..).zip(&watched.nodes);
    let node = |(which, node): (i64, &WatchedNode)| {
        let ago = (watched.at - node.told_at).max(0) / 1000;
        let name = said().server(&number(which), &zone.date_and_time(node.began_at));
        let figures = [
            node.arrivals,
            node.orders,
            node.refused(),
            node.busy,
            node.queue,
        ];
        let mut cells = vec![name];
        cells.extend(figures.map(number));
        cells.push(milliseconds(node.lock_us));
        cells.push(said().seconds_ago(&number(ago)));
        cells
    };
    numbered.map(node).collect()
}

/// To a tenth.
fn milliseconds(us: i64) -> String {
    let (whole, tenths) = (us / 1000, us / 100 % 10);
    format!("{whole}{}{tenths} ms", locale().decimal_point())
}

fn page(watched: &Watched) -> AnyView {
    let figures: Vec<_> = values(watched)
        .into_iter()
        .map(|(key, name, words)| {
            view! {
                <div class="figure">
                    <dt>{name}</dt>
                    <dd class="figure-number" data-live-value=key>{words}</dd>
                </div>
            }
        })
        .collect();
    let live = shown(watched);
    let panel = LivePanel {
        title: said().right_now(),
        source: format!("{LIVE}?id={}", watched.id),
        every: Some(EVERY),
        at: watched.at,
        here: format!("{DROPS}/{}/live", watched.id),
        words: Map::new(),
    };
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb(&editor(&watched.id), &watched.title), said().live())}
            <h1 class="admin-title">{said().live()}</h1>
        </div>
        {panel.around(view! {
            <dl class="figures figures-small">{figures}</dl>
            <h3 class="desk-sub">{said().by_variant()}</h3>
            {table(&live, "variants", variant_heads())}
            <h3 class="desk-sub">{said().by_reason()}</h3>
            {table(&live, "refusals", vec![said().why(), said().orders()])}
            <h3 class="desk-sub">{said().by_server()}</h3>
            {table(&live, "nodes", node_heads())}
            <p class="muted small">{said().how_counted()}</p>
        })}
    }
    .into_any()
}

fn variant_heads() -> Vec<&'static str> {
    vec![
        said().variant(),
        said().sold(),
        said().held(),
        said().kept_for_list(),
        said().left(),
        said().gone(),
    ]
}

fn node_heads() -> Vec<&'static str> {
    vec![
        said().server_head(),
        said().arrivals(),
        said().orders(),
        said().refused(),
        said().busy(),
        said().queue(),
        said().lock(),
        said().told(),
    ]
}

fn table(live: &LiveDrop, key: &'static str, heads: Vec<&'static str>) -> AnyView {
    let rows = live.tables.get(key).map(Vec::as_slice).unwrap_or_default();
    let columns: Vec<_> = (0..)
        .zip(&heads)
        .map(|(at, words)| view! { <th scope="col" class=of_column(at)>{*words}</th> })
        .collect();
    let body: Vec<_> = rows
        .iter()
        .map(|cells| {
            let cells: Vec<_> = (0..)
                .zip(&heads)
                .zip(cells)
                .map(|((at, head), words)| {
                    let label = (at > 0).then_some(*head);
                    view! { <td class=of_column(at) data-label=label>{words.clone()}</td> }
                })
                .collect();
            view! { <tr>{cells}</tr> }
        })
        .collect();
    view! {
        <p class="muted" data-live-none=key hidden=!rows.is_empty()>{said().nothing_yet()}</p>
        <div class="table-wrap">
            <table class="table table-plain table-stack" data-live-table=key hidden=rows.is_empty()>
                <thead>
                    <tr>{columns}</tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Behind the first there are numbers.
const fn of_column(at: usize) -> &'static str {
    match at {
        0 => "cell-first",
        _ => "cell-num",
    }
}
