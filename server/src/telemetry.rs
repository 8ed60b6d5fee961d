//! What is measured of this process, for Prometheus.
//!
//! Names, units and buckets are here; what measures uses the macros of `metrics`.

use std::{
    sync::{LazyLock, OnceLock},
    thread,
    time::{Duration, Instant},
};

use metrics::{
    Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, set_global_recorder,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// How long samples of histograms collect before they are counted. A busy node takes tens of
/// thousands a second.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// Seconds: from a page that is kept to a request that is given up.
const SECONDS: [f64; 17] = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5,
    5.0, 10.0, 30.0,
];
/// Orders in one transaction.
const ORDERS: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

/// Begins to record, once per process. What asked for a counter before that counts nothing.
pub fn install() {
    handle();
}

/// Everything recorded until now, in Prometheus' text format.
pub fn render() -> String {
    gauge!("holdfast_uptime_seconds").set(BEGAN.elapsed().as_secs_f64());
    handle().render()
}

/// A number of what was recorded, with its labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub name: String,
    labels: Vec<(String, String)>,
    pub value: f64,
}

impl Sample {
    pub fn label(&self, name: &str) -> Option<&str> {
        let found = self.labels.iter().find(|(label, _)| label == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Everything recorded until now. The recorder gives no numbers but as text; a second one for the few that
/// are read here would count all of them twice.
pub fn samples() -> Vec<Sample> {
    parse(&render())
}

/// Reads Prometheus' text format, as far as our own metrics go: no label of ours holds a comma, a
/// brace or a quotation mark.
pub fn parse(text: &str) -> Vec<Sample> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (series, value) = line.rsplit_once(' ')?;
            let (name, labels) = series.split_once('{').unwrap_or((series, ""));
            let labels = labels.trim_end_matches('}').split(',').filter_map(|label| {
                let (name, value) = label.split_once('=')?;
                Some((name.to_owned(), value.trim_matches('"').to_owned()))
            });
            Some(Sample {
                name: name.to_owned(),
                labels: labels.collect(),
                value: value.parse().ok()?,
            })
        })
        .collect()
}

fn handle() -> &'static PrometheusHandle {
    HANDLE.get_or_init(|| {
        LazyLock::force(&BEGAN);
        let recorder = builder().build_recorder();
        let handle = recorder.handle();
        if let Err(error) = set_global_recorder(recorder) {
            tracing::warn!(%error, "something else records the metrics of this process");
        }
        describe();
        gauge!("holdfast_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        // An incident that never happened is 0, not missing.
        counter!("holdfast_lock_expired_total").absolute(0);
        keep_up(handle.clone());
        handle
    })
}

fn builder() -> PrometheusBuilder {
    let seconds = Matcher::Suffix("_seconds".to_owned());
    let orders = Matcher::Suffix("_batch_orders".to_owned());
    PrometheusBuilder::new()
        .set_buckets_for_metric(seconds, &SECONDS)
        .and_then(|builder| builder.set_buckets_for_metric(orders, &ORDERS))
        .expect("there are buckets")
}

/// A thread of its own: it must outlive any runtime and keep none from its work.
fn keep_up(handle: PrometheusHandle) {
    let upkeep = thread::Builder::new().name("metrics".to_owned());
    let started = upkeep.spawn(move || {
        loop {
            thread::sleep(UPKEEP_EVERY);
            handle.run_upkeep();
        }
    });
    if let Err(error) = started {
        tracing::warn!(%error, "samples are counted only when metrics are read");
    }
}

fn describe() {
    describe_gauge!("holdfast_build_info", "Always 1; the version is its label");
    describe_gauge!(
        "holdfast_uptime_seconds",
        Unit::Seconds,
        "Time since this process started measuring, soon after its start"
    );
    describe_connections();
    describe_requests();
    describe_caches();
    describe_coordination();
    describe_orders();
    describe_brakes();
    describe_stock_feed();
    describe_rooms();
    describe_database();
}

fn describe_connections() {
    describe_gauge!(
        "holdfast_connections",
        Unit::Count,
        "Open connections from clients"
    );
    describe_counter!(
        "holdfast_connections_ended_total",
        Unit::Count,
        "Connections that were refused (node_full, network_full, not_accepted), closed for others \
         (made_room), or closed because no request came (silent) or no answer was read (stalled)"
    );
}

fn describe_requests() {
    describe_counter!(
        "holdfast_http_requests_total",
        Unit::Count,
        "Requests answered, by kind of page or route, method and status class"
    );
    describe_histogram!(
        "holdfast_http_request_seconds",
        Unit::Seconds,
        "Time until the answer to a request began, by kind of page or route"
    );
    describe_histogram!(
        "holdfast_page_render_seconds",
        Unit::Seconds,
        "Time to render a page that is kept afterwards"
    );
}

fn describe_brakes() {
    describe_counter!(
        "holdfast_brakes_total",
        Unit::Count,
        "Requests that were refused since too many came from one network or cart, by what is braked"
    );
}

fn describe_caches() {
    describe_counter!(
        "holdfast_cache_requests_total",
        Unit::Count,
        "Cache lookups: hit (in this process), shared_hit (in the cluster), miss, bypass (caching \
         is off); and entries created: load, of these early (before the old one expired)"
    );
    describe_histogram!(
        "holdfast_cache_load_seconds",
        Unit::Seconds,
        "Time to create an entry"
    );
    describe_counter!(
        "holdfast_stale_fills_prevented_total",
        Unit::Count,
        "Entries discarded because of a change while they were being created"
    );
}

fn describe_coordination() {
    describe_gauge!(
        "holdfast_redis_up",
        "1 while Redis answers, 0 while the breaker is open; missing without Redis"
    );
    describe_histogram!(
        "holdfast_redis_call_seconds",
        Unit::Seconds,
        "Time taken by calls to Redis, by call"
    );
    describe_counter!(
        "holdfast_redis_breaker_opened_total",
        Unit::Count,
        "Times the breaker opened, so that Redis was not used for a while"
    );
    describe_counter!(
        "holdfast_redis_events_dropped_total",
        Unit::Count,
        "Events for other nodes that were not sent because too many were waiting"
    );
    describe_histogram!(
        "holdfast_lock_wait_seconds",
        Unit::Seconds,
        "Time waited for a lock, whether it was granted or not"
    );
    describe_histogram!(
        "holdfast_lock_hold_seconds",
        Unit::Seconds,
        "Time a lock was held"
    );
    describe_counter!(
        "holdfast_lock_requests_total",
        Unit::Count,
        "Lock requests: granted, busy (held too long by someone else), away (no coordination)"
    );
    describe_counter!(
        "holdfast_lock_expired_total",
        Unit::Count,
        "Locks that expired while they were held"
    );
}

fn describe_orders() {
    describe_gauge!(
        "holdfast_order_queue_depth",
        Unit::Count,
        "Orders waiting in the order queue"
    );
    describe_histogram!(
        "holdfast_order_batch_orders",
        Unit::Count,
        "Orders in one transaction"
    );
    describe_gauge!(
        "holdfast_lane_depth",
        Unit::Count,
        "Old name of holdfast_order_queue_depth, for this version only"
    );
    describe_histogram!(
        "holdfast_lane_batch_orders",
        Unit::Count,
        "Old name of holdfast_order_batch_orders, for this version only"
    );
    describe_counter!(
        "holdfast_orders_total",
        Unit::Count,
        "Orders decided, by outcome"
    );
    describe_counter!(
        "holdfast_order_money_total",
        Unit::Count,
        "Orders whose money was received, orders on delivery with it to_collect, and transfers that are awaited"
    );
    describe_counter!(
        "holdfast_order_confirmations_total",
        Unit::Count,
        "Orders that waited to be confirmed: by their customer, by staff, or lapsed"
    );
}

fn describe_stock_feed() {
    describe_gauge!(
        "holdfast_stock_streams",
        Unit::Count,
        "Shoppers watching live stock"
    );
    describe_counter!(
        "holdfast_stock_reads_total",
        Unit::Count,
        "Database reads for live stock"
    );
}

fn describe_rooms() {
    describe_counter!(
        "holdfast_room_tickets_total",
        Unit::Count,
        "Tickets of waiting rooms that were asked for: before the start, after it, or in vain"
    );
    describe_counter!(
        "holdfast_room_let_in_total",
        Unit::Count,
        "People let in from waiting rooms by this node"
    );
    describe_gauge!(
        "holdfast_room_waiting",
        Unit::Count,
        "People with a place in the waiting room that this node moved last who are not let in"
    );
    describe_gauge!(
        "holdfast_room_inside",
        Unit::Count,
        "People let in from it who have not ordered yet"
    );
    describe_gauge!(
        "holdfast_room_streams",
        Unit::Count,
        "Shoppers watching a waiting room"
    );
    describe_counter!(
        "holdfast_room_reads_total",
        Unit::Count,
        "Database reads for those who watch waiting rooms"
    );
}

fn describe_database() {
    describe_gauge!(
        "holdfast_clock_offset_seconds",
        Unit::Seconds,
        "How far the database's clock is ahead of this machine's"
    );
    describe_counter!(
        "holdfast_catalog_busy_total",
        Unit::Count,
        "Catalogue reads rejected because too many were running or waiting, or cancelled because \
         they took too long"
    );
    describe_gauge!(
        "holdfast_db_connections",
        Unit::Count,
        "Connections to the database, used and idle"
    );
    describe_gauge!(
        "holdfast_db_connections_max",
        Unit::Count,
        "Most database connections that a pool opens"
    );
}
