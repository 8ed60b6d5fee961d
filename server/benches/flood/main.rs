//! `cargo bench -p server --bench flood`: what shoppers notice of someone who fills the shop with carts
//! from one network.
//!
//! Shoppers come at a steady pace, each from an address of its own, and order; then they do so again
//! while requests for new carts come from one /64, as fast as sixteen connections get them answered or
//! at this pace, whichever is less. Parts can be named: `-- sqlite`, `-- postgres`. With `-- --short` it
//! ends soon: that tells whether brakes keep the flood out, and little of the others' p99.

#[path = "../load/mod.rs"]
mod load;
#[path = "../../tests/rig/mod.rs"]
mod rig;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use load::{
    client::{Connection, home, post},
    cpu::{Used, Watched},
    is_bench, is_set, is_wanted, machine,
    run::Measured,
    spread::Spread,
    table::{self, Bound, Row},
};
use rig::{Cluster, Durability, Goods, Postgres, Redis, allow_many_files, order_form};
use tokio::{
    runtime::Builder,
    sync::oneshot,
    task::JoinSet,
    time::{interval, interval_at},
};

/// Long beside the first moment, in which a network may still take all the carts that it may have at once.
const TIME: Duration = Duration::from_secs(30);
const SHORT_TIME: Duration = Duration::from_secs(2);
/// A 99th percentile is what a handful of calls took: with and without the flood by turns, and the median of the ratios.
const TURNS: usize = 3;
/// Shoppers that come in a second.
const SHOPPERS: u32 = 40;
/// Requests of the flood in a second.
const FLOOD: u32 = 1_000;
const CONNECTIONS: u32 = 16;
/// How much of the others' time there must be, flood or not.
const LEAST: f64 = 0.9;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if !is_bench() {
        return;
    }
    allow_many_files();
    let time = match is_set("--short") {
        true => SHORT_TIME,
        false => TIME,
    };
    let mut facts = vec![
        machine::facts(),
        format!(
            "{SHOPPERS} shoppers a second for {} s, each fills a cart and orders; the flood asks for \
             {FLOOD} new carts a second",
            time.as_secs()
        ),
    ];
    let mut rows = Vec::new();
    if is_wanted("sqlite") {
        let cluster = Cluster::on_sqlite().start().await;
        rows.extend(measure("SQLite", &cluster, time).await);
    }
    if is_wanted("postgres") {
        let postgres = Postgres::start(Durability::Tuned).await;
        let redis = Redis::start().await;
        facts.push(machine::of_postgres(&postgres.url("postgres")).await);
        let cluster = Cluster::on(&postgres).await.redis(&redis).start().await;
        rows.extend(measure("Postgres + Redis", &cluster, time).await);
    }
    table::print("Flood from one network", &facts, &rows);
}

async fn measure(on: &str, cluster: &Cluster, time: Duration) -> Vec<Row> {
    let lamp = Goods::new("Storm Lamp", 4900, 1_000_000);
    let lamp = cluster.stock_one(lamp).await;
    let address = SocketAddr::from(([127, 0, 0, 1], cluster.nodes[0].port));
    let from = Arc::new(AtomicUsize::new(0));
    // The first ones find nothing in the caches.
    shop(address, &lamp.variant, &from, Duration::from_secs(2)).await;
    let (mut quiet, mut flooded) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        quiet.push(shop(address, &lamp.variant, &from, time).await);
        let variant = lamp.variant.clone();
        let (until, ended) = oneshot::channel();
        let flooding = thread::spawn(move || flood(address, &variant, ended));
        flooded.push(shop(address, &lamp.variant, &from, time).await);
        drop(until);
        flooding.join().expect("a flood ends well");
    }
    let braked = cluster.counted("holdfast_brakes_total", &[]).await;
    let p99 = |runs: &[Measured]| -> Vec<f64> { runs.iter().map(|run| run.within(0.99)).collect() };
    let ratio = Spread::of_ratios(&p99(&quiet), &p99(&flooded));
    let rows = vec![
        Row::of_runs(format!("{on}: shoppers"), "calls/s", 200, &quiet),
        Row::of_runs(
            format!("{on}: shoppers in a flood"),
            "calls/s",
            200,
            &flooded,
        )
        .note(&format!("{braked:.0} requests of the flood braked"))
        .claim(ratio, "× p99 without it", Some(Bound::AtLeast(LEAST))),
    ];
    rows.iter().for_each(table::progress);
    rows
}

/// Sends shoppers in at their pace; one who is not served keeps none of the others waiting.
async fn shop(
    address: SocketAddr,
    variant: &str,
    from: &Arc<AtomicUsize>,
    time: Duration,
) -> Measured {
    let watched = Watched::shop();
    let (before, began) = (Used::now(&watched), Instant::now());
    let mut pace = interval(Duration::from_secs(1) / SHOPPERS);
    let mut shopping = JoinSet::new();
    while began.elapsed() < time {
        pace.tick().await;
        let (n, variant) = (from.fetch_add(1, Ordering::Relaxed), variant.to_owned());
        shopping.spawn(async move { buy(address, n, &variant).await });
    }
    let (mut statuses, mut latencies) = (BTreeMap::new(), Vec::new());
    while let Some(calls) = shopping.join_next().await {
        for (status, micros) in calls.expect("a shopper's task ends well") {
            *statuses.entry(status).or_default() += 1;
            latencies.push(micros);
        }
    }
    let cpu = Used::now(&watched).since(&before);
    Measured::new(statuses, began.elapsed().as_secs_f64(), latencies, cpu)
}

/// Status and microseconds of each call.
async fn buy(address: SocketAddr, n: usize, variant: &str) -> Vec<(u16, u32)> {
    let mut calls = Vec::new();
    let Ok(mut connection) = Connection::open(address).await else {
        return vec![(0, 0)];
    };
    let add = [("variant_id", variant), ("quantity", "1")];
    let key = format!("flood-shopper-{n:010}");
    let order = order_form(&key, "4900");
    let mut cookie = None;
    for (path, fields) in [
        ("/api/cart/add", &add[..]),
        ("/api/checkout/place", &order[..]),
    ] {
        let request = post(address, home(n), path, cookie.as_deref(), fields);
        let asked = Instant::now();
        let Ok(answer) = connection.call(&request).await else {
            calls.push((0, micros(asked)));
            return calls;
        };
        calls.push((answer.status, micros(asked)));
        if let Some(cart) = answer.cookie("holdfast_cart") {
            cookie = Some(format!("holdfast_cart={cart}"));
        }
    }
    calls
}

fn micros(since: Instant) -> u32 {
    u32::try_from(since.elapsed().as_micros()).unwrap_or(u32::MAX)
}

/// Asks for new carts from one address of a /64 after the other until the other end of `ended` is dropped: on a thread of
/// its own, so that no shopper's time is that of sending the flood.
fn flood(address: SocketAddr, variant: &str, ended: oneshot::Receiver<()>) {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime can be made");
    runtime.block_on(async {
        let mut flooding = JoinSet::new();
        for connection in 0..CONNECTIONS {
            flooding.spawn(strangers(address, connection, variant.to_owned()));
        }
        // All that it can tell is that the sender is gone.
        let _ = ended.await;
        flooding.shutdown().await;
    });
}

/// What comes on one connection, in between what comes on the others.
async fn strangers(address: SocketAddr, connection: u32, variant: String) {
    let apart = Duration::from_secs(1) / FLOOD;
    let mut pace = interval_at(
        tokio::time::Instant::now() + apart * connection,
        apart * CONNECTIONS,
    );
    let mut requests = (0..u32::from(u16::MAX)).cycle();
    while let Ok(mut open) = Connection::open(address).await {
        loop {
            pace.tick().await;
            let n = requests.next().unwrap_or_default();
            let from = format!("2001:db8:0:1:{connection:x}::{n:x}");
            let request = of_stranger(address, &from, &variant);
            if open.call(&request).await.is_err() {
                break;
            }
        }
    }
}

fn of_stranger(address: SocketAddr, from: &str, variant: &str) -> Vec<u8> {
    let form = format!("variant_id={variant}&quantity=1");
    format!(
        "POST /api/cart/add HTTP/1.1\r\nHost: {address}\r\nAccept: application/json\r\n\
         X-Forwarded-For: {from}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{form}",
        form.len()
    )
    .into_bytes()
}
