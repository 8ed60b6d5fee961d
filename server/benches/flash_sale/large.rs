//! B7 and B15: the order tables of years. How fast orders are placed into them, through checkpoints and
//! autovacuum; and how long the back office waits for its lists.

use std::time::{Duration, Instant};

use crate::{
    load::{
        client::{Connection, get, home},
        cpu::{Used, Watched, rested_shop},
        open::Arrivals,
        run::Measured,
        spread::Spread,
        table::{Bound, Row, thousands},
    },
    rig::{Cluster, Desk},
};

use super::{
    fill,
    hot::RUSH,
    orders::{self, OrderMix, Shelf, WARM_UP, address, forget_mails, place, place_at_most},
    parts::Part,
    report::{Ground, Report},
    series::{PLACED, Series},
};

/// Of each list of the back office, one after another.
const READS: usize = 20;
/// Between two looks at the live panel, as the browser waits.
const LOOKS: Duration = Duration::from_millis(200);

/// Orders a second beside which the owner watches.
const WATCHED: f64 = if cfg!(debug_assertions) {
    300.0
} else {
    5_000.0
};
const WATCHED_CONNECTIONS: usize = 2_000;

/// Carts are filled before.
const RUSH_BEGINS: Duration = Duration::from_secs(60);

/// What the owner opens, and what is said of it.
const LISTS: [(&str, &str); 10] = [
    ("orders, newest", "/admin/orders"),
    ("orders, page 50", "/admin/orders?page=50"),
    ("orders, status", "/admin/orders?status=delivered"),
    ("orders, a common word", "/admin/orders?q=kim"),
    ("orders, a mailbox", "/admin/orders?q=kim77%40example.com"),
    (
        "orders, of nobody",
        "/admin/orders?q=nobody%20of%20this%20name",
    ),
    ("customers", "/admin/customers"),
    (
        "customers, a mailbox",
        "/admin/customers?q=kim77%40example.com",
    ),
    ("dashboard", "/admin"),
    ("live panel", "/api/admin/dashboard/live"),
];

pub async fn rows(report: &mut Report, ground: &Ground<'_>, parts: &[Part]) {
    let orders = ground.pace.orders;
    let (needed, folder) = (fill::disk_gb(orders), std::env::temp_dir());
    report.fact(format!(
        "{} orders, a tenth as many carts and a hundredth as many open checkouts need {needed:.0} GB of disk",
        thousands(orders as f64)
    ));
    if let Some(free) = fill::free_gb(&folder).filter(|free| *free < needed) {
        let said = format!(
            "{} has {free:.0} GB: take fewer by --orders=, or another disk by TMPDIR",
            folder.display()
        );
        return report.wrong(said);
    }
    let cluster = ground.shop().await;
    let shelf = Shelf::fill(&cluster.db).await;
    let bytes = fill::fill(&cluster, &shelf.spread, orders).await;
    report.fact(format!(
        "The database of {} orders is {:.1} GB, {:.0} bytes an order",
        thousands(orders as f64),
        bytes as f64 / 1e9,
        bytes as f64 / orders as f64
    ));
    if parts.contains(&Part::Desk) {
        desk(report, ground, &cluster).await;
    }
    if parts.contains(&Part::Large) {
        placing(report, ground, &cluster).await;
    }
}

async fn placing(report: &mut Report, ground: &Ground<'_>, large: &Cluster) {
    let small = ground.shop().await;
    let hot = orders::hot(&small.db, "Storm Lamp").await;
    let mut fresh = Series::new(format!(
        "Postgres + Redis: hot variant over HTTP, {RUSH} connections"
    ));
    let time = 2 * ground.pace.long;
    let mut full = Series::new(format!(
        "Postgres + Redis: the same beside {} orders, for {} s",
        thousands(ground.pace.orders as f64),
        time.as_secs()
    ));
    let redo = "SELECT CAST(pg_wal_lsn_diff(redo_lsn, '0/0') AS BIGINT) AS n \
                FROM pg_control_checkpoint()";
    let mut checkpointed = 0;
    for turn in 0..ground.pace.runs {
        let seed = 300 + 10 * turn as u64;
        let placed = place(&small, OrderMix::only(&hot), RUSH, ground.pace.time, seed).await;
        let fastest = placed.measured.rate(PLACED);
        fresh.push_placed(placed);
        let same = orders::hot(&large.db, &format!("Lamp of turn {turn}")).await;
        let before = large.number(redo).await;
        let wanted = OrderMix::only(&same);
        let placed = place_at_most(large, wanted, RUSH, time, seed + 1, 1.5 * fastest);
        full.push_placed(placed.await);
        checkpointed += usize::from(large.number(redo).await != before);
    }
    report.add(fresh.row());
    let row = full
        .row()
        .note(&format!(
            "in {checkpointed} of {} runs there was a checkpoint",
            ground.pace.runs
        ))
        .claim(
            full.ratio(&fresh.rates()),
            "× in fresh tables",
            Some(Bound::AtLeast(0.8)),
        )
        .claim(
            full.wal_kb(),
            "KB of WAL an order",
            Some(Bound::AtMost(6.0)),
        );
    report.add(row);
    report.audit("the orders beside others", &large.nodes[0]);
}

/// B15.
async fn desk(report: &mut Report, ground: &Ground<'_>, cluster: &Cluster) {
    let desk = Desk::open(&cluster.nodes[0], cluster.http.clone()).await;
    let on = format!(
        "Postgres + Redis, {} orders",
        thousands(ground.pace.orders as f64)
    );
    for (name, path) in LISTS {
        let mut series = Series::new(format!("{on}: {name}"));
        for _ in 0..ground.pace.runs {
            series.push(read(cluster, &desk, path, Pause::None, Until::Reads(READS)).await);
        }
        let slowest = Spread::of(&series.each(|run| run.within(1.0)));
        let row = series.row_of("reads/s", PLACED);
        report.add(row.claim(slowest, "ms at most", Some(Bound::AtMost(200.0))));
    }
    report.add(watched(ground, cluster, &desk, &on).await);
    report.add(watched_rush(ground, cluster, &desk, &on).await);
    report.audit("what the back office read", &cluster.nodes[0]);
}

/// The live panel while as many orders come as a large shop's rush brings, each when it comes.
async fn watched(ground: &Ground<'_>, cluster: &Cluster, desk: &Desk, on: &str) -> Row {
    let hot = orders::hot(&cluster.db, "Lamp that the owner watches").await;
    let what = format!(
        "{on}: live panel while {} orders a second come",
        thousands(WATCHED)
    );
    let (mut looked, mut placed) = (Series::new(what), Vec::new());
    for turn in 0..ground.pace.runs {
        let arrivals = Arrivals {
            address: address(&cluster.nodes[0]),
            rate: WATCHED,
            connections: WATCHED_CONNECTIONS,
            warm_up: WARM_UP,
            time: ground.pace.long,
            seed: 400 + turn as u64,
        };
        let times = arrivals.times();
        let wanted = OrderMix::only(&hot);
        let requests = wanted.orders(cluster, 0, times.len(), arrivals.seed).await;
        let shop = rested_shop().await;
        let (arrived, looks) = tokio::join!(
            arrivals.send(times, requests, &shop),
            read_late(cluster, desk, Until::Time(ground.pace.long))
        );
        forget_mails(cluster).await;
        placed.push(arrived.rate_in_time(PLACED));
        looked.push(looks);
    }
    of_looks(looked, &placed, Some(Bound::AtMost(5.0)))
}

/// The same while everybody orders as fast as the shop answers, which leaves no core idle.
async fn watched_rush(ground: &Ground<'_>, cluster: &Cluster, desk: &Desk, on: &str) -> Row {
    let hot = orders::hot(&cluster.db, "Lamp that all want").await;
    let what = format!("{on}: live panel while a hot variant is sold");
    let (mut looked, mut sold) = (Series::new(what), Vec::new());
    for turn in 0..ground.pace.runs {
        let seed = 450 + turn as u64;
        let (placed, looks) = tokio::join!(
            place(cluster, OrderMix::only(&hot), 256, ground.pace.time, seed),
            read_late(cluster, desk, Until::Time(ground.pace.time))
        );
        sold.push(placed.measured.rate(PLACED));
        looked.push(looks);
    }
    of_looks(looked, &sold, None)
}

fn of_looks(looked: Series, placed: &[f64], bound: Option<Bound>) -> Row {
    let p99 = Spread::of(&looked.each(|run| run.within(0.99)));
    let placed = Spread::of(placed).text(thousands);
    let row = looked.row_of("reads/s", PLACED);
    row.note(&format!("beside {placed} orders/s"))
        .claim(p99, "ms p99", bound)
}

enum Until {
    Reads(usize),
    Time(Duration),
}

#[derive(Clone, Copy)]
enum Pause {
    None,
    Looks,
}

/// Looks once carts are there and the rush has begun.
async fn read_late(cluster: &Cluster, desk: &Desk, until: Until) -> Measured {
    let placed = async || cluster.counted("holdfast_orders_total", &[]).await;
    let (before, began) = (placed().await, Instant::now());
    while placed().await < before + 100.0 && began.elapsed() < RUSH_BEGINS {
        tokio::time::sleep(LOOKS).await;
    }
    read(cluster, desk, LISTS[LISTS.len() - 1].1, Pause::Looks, until).await
}

/// Reads one page again and again, one at a time.
async fn read(cluster: &Cluster, desk: &Desk, path: &str, pause: Pause, until: Until) -> Measured {
    let node = address(&cluster.nodes[0]);
    let from = home(1).to_string();
    let headers = [
        ("Accept", "text/html, application/json"),
        ("Cookie", desk.cookie()),
        ("X-Forwarded-For", &from),
    ];
    let request = get(node, path, &headers);
    let opened = Connection::open(node).await;
    let mut connection = opened.expect("the node takes connections");
    let watched = Watched::shop();
    let (before, began) = (Used::now(&watched), Instant::now());
    let mut statuses = std::collections::BTreeMap::new();
    let mut latencies = Vec::new();
    loop {
        let is_over = match until {
            Until::Reads(reads) => latencies.len() >= reads,
            Until::Time(time) => began.elapsed() >= time && !latencies.is_empty(),
        };
        if is_over {
            break;
        }
        let asked = Instant::now();
        let called = connection.call(&request).await;
        let status = called.map_or(0, |answer| answer.status);
        *statuses.entry(status).or_default() += 1;
        let micros = u32::try_from(asked.elapsed().as_micros());
        latencies.push(micros.unwrap_or(u32::MAX));
        if status == 0 {
            break;
        }
        if let Pause::Looks = pause {
            tokio::time::sleep(LOOKS).await;
        }
    }
    let cpu = Used::now(&watched).since(&before);
    Measured::new(statuses, began.elapsed().as_secs_f64(), latencies, cpu)
}
