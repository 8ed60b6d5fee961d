//! `cargo bench -p server --bench flash_sale`: how fast orders are placed when everybody wants the
//! same thing, against what a plain shop does on the same database in the same run.
//!
//! Parts can be named: `cargo bench -p server --bench flash_sale -- sqlite`. There are `postgres`,
//! `sqlite` and `sale`.

#[path = "../load/mod.rs"]
mod load;
#[path = "../../tests/rig/mod.rs"]
mod rig;

mod baseline;
mod orders;
mod sale;

use std::{net::SocketAddr, time::Duration};

use baseline::{Crowd, Way, on_postgres, on_sqlite, open_postgres};
use load::{
    is_bench, is_wanted, machine,
    run::Measured,
    table::{self, Row, thousands},
};
use orders::{Shelf, address};
use rig::{Cluster, Durability, Goods, Node, Postgres, Redis, allow_many_files};

/// How long each row is measured.
const TIME: Duration = Duration::from_secs(3);
const CROWDS: [usize; 3] = [64, 256, 1024];
const SEED: u64 = 7;
const PLACED: u16 = 200;
const SOLD_OUT: u16 = 409;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if !is_bench() {
        return;
    }
    allow_many_files();
    let mut report = Report::default();
    report.fact(machine::facts());
    report.fact(format!(
        "Each row: {} s after a warm-up; carts and products are made from seed {SEED}",
        TIME.as_secs()
    ));
    let flush = machine::flush_ms(&std::env::temp_dir());
    report.fact(format!(
        "A 4 KiB write flushed to the disk that the databases lie on takes {flush:.2} ms"
    ));
    if is_wanted("postgres") || is_wanted("sale") {
        let postgres = Postgres::start(Durability::Full).await;
        let redis = Redis::start().await;
        report.fact(machine::of_postgres(&postgres.url("postgres")).await);
        report.fact(machine::of_redis(redis.command("INFO server").await));
        if is_wanted("postgres") {
            postgres_rows(&mut report, &postgres, &redis).await;
        }
        if is_wanted("sale") {
            sale_rows(&mut report, &postgres, &redis).await;
        }
    }
    if is_wanted("sqlite") {
        sqlite_rows(&mut report).await;
    }
    table::print("Flash sale", &report.facts, &report.rows);
    assert!(report.wrong.is_empty(), "{}", report.wrong.join("\n"));
}

#[derive(Default)]
struct Report {
    facts: Vec<String>,
    rows: Vec<Row>,
    /// What must not be; told after the table, which would be lost otherwise.
    wrong: Vec<String>,
}

impl Report {
    fn fact(&mut self, fact: String) {
        self.facts.push(fact);
    }

    fn add(&mut self, row: Row) {
        table::progress(&row);
        self.rows.push(row);
    }

    /// What the shop's own audit says of the books.
    fn audit(&mut self, of: &str, node: &Node) {
        let audit = node.run(&["check"], "");
        let said = String::from_utf8_lossy(&audit.stdout).into_owned();
        let said = format!("`server audit` after {of}: {}", said.trim());
        if !audit.status.success() {
            self.wrong.push(said.clone());
        }
        self.fact(said);
    }
}

async fn postgres_rows(report: &mut Report, postgres: &Postgres, redis: &Redis) {
    let url = postgres.create("plain").await;
    open_postgres(&url).await;
    let (hot, spread) = (1, 1_000);
    let mut plain = Vec::new();
    for (way, variants, name) in [
        (Way::Transaction, hot, "plain transaction, one row"),
        (Way::OneStatement, hot, "single statement (CTE), one row"),
        (Way::Transaction, spread, "plain transaction, 1 000 rows"),
    ] {
        let mut best = 0.0_f64;
        for connections in [16, 64] {
            let crowd = Crowd {
                connections,
                variants,
            };
            let measured = on_postgres(&url, way, crowd, TIME).await;
            best = best.max(measured.rate(PLACED));
            let what = format!("Postgres: {name}, {connections} connections");
            report.add(Row::of(what, "orders/s", PLACED, &measured));
        }
        plain.push(best);
    }
    let [transaction, statement, spread_rows] = plain[..] else {
        unreachable!("there are three ways")
    };

    let cluster = Cluster::on(postgres).await.redis(redis).start().await;
    let shelf = Shelf::fill(&cluster.db).await;
    let hot = std::slice::from_ref(&shelf.hot);
    for (n, connections) in CROWDS.into_iter().enumerate() {
        let seed = SEED + n as u64;
        let (placed, batches) = orders::place(&cluster, hot, connections, TIME, seed).await;
        let rate = placed.rate(PLACED);
        let what = format!("Postgres + Redis: hot variant over HTTP, {connections} connections");
        let row = Row::of(what, "orders/s", PLACED, &placed)
            .note(&batches)
            .against(rate / transaction, "plain transaction", Some(5.0))
            .against(rate / statement, "single statement", Some(1.0));
        report.add(row);
    }
    for (n, connections) in CROWDS.into_iter().enumerate() {
        let seed = SEED + 10 + n as u64;
        let (placed, batches) =
            orders::place(&cluster, &shelf.spread, connections, TIME, seed).await;
        let rate = placed.rate(PLACED);
        let what = format!(
            "Postgres + Redis: 10 000 spread variants over HTTP, {connections} connections"
        );
        let row = Row::of(what, "orders/s", PLACED, &placed)
            .note(&batches)
            .against(rate / transaction, "plain transaction", Some(1.0))
            .against(rate / spread_rows, "plain on 1 000 rows", None);
        report.add(row);
    }
    refusals(report, "Postgres + Redis", &cluster, &shelf).await;
    report.audit("the Postgres rows", &cluster.nodes[0]);
}

async fn refusals(report: &mut Report, on: &str, cluster: &Cluster, shelf: &Shelf) {
    let connections = CROWDS[0];
    let alive = orders::alive(cluster, connections, TIME).await;
    let what = format!("{on}: /healthz, {connections} connections");
    report.add(Row::of(what, "requests/s", 200, &alive));
    let refused = orders::refuse(cluster, &shelf.sold_out, connections, TIME, SEED + 20).await;
    let ratio = refused.rate(SOLD_OUT) / alive.rate(200);
    let what = format!("{on}: sold-out refusals over HTTP, {connections} connections");
    let row = Row::of(what, "refusals/s", SOLD_OUT, &refused);
    report.add(row.against(ratio, "/healthz", Some(0.5)));
}

async fn sqlite_rows(report: &mut Report) {
    let folder = tempfile::tempdir().expect("there is room for a database");
    let version = machine::of_sqlite().await;
    report.fact(format!(
        "SQLite {version}: journal_mode=WAL, synchronous=FULL"
    ));
    let file = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("plain.db").display()
    );
    let plain = on_sqlite(&file, TIME).await;
    report.add(Row::of(
        "SQLite: one order, one commit, one connection",
        "orders/s",
        PLACED,
        &plain,
    ));
    let cluster = Cluster::on_sqlite().start().await;
    let shelf = Shelf::fill(&cluster.db).await;
    let hot = std::slice::from_ref(&shelf.hot);
    for (n, connections) in CROWDS.into_iter().enumerate() {
        let seed = SEED + 30 + n as u64;
        let (placed, batches) = orders::place(&cluster, hot, connections, TIME, seed).await;
        let ratio = placed.rate(PLACED) / plain.rate(PLACED);
        let what = format!("SQLite: hot variant over HTTP, {connections} connections");
        let row = Row::of(what, "orders/s", PLACED, &placed).note(&batches);
        report.add(row.against(ratio, "one order, one commit", Some(5.0)));
    }
    refusals(report, "SQLite", &cluster, &shelf).await;
    report.audit("the SQLite rows", &cluster.nodes[0]);
}

async fn sale_rows(report: &mut Report, postgres: &Postgres, redis: &Redis) {
    const SHOPPERS: usize = 300;
    const UNITS: usize = 100;
    let cluster = Cluster::on(postgres)
        .await
        .redis(redis)
        .nodes(2)
        .start()
        .await;
    let lamp = Goods::new("Storm Lamp", 4900, UNITS as i64);
    let lamp = cluster.stock_one(lamp).await;
    let wanted = sale::Wanted {
        slug: lamp.slug,
        variant_id: lamp.variant,
        price_minor: lamp.price_minor,
    };
    let nodes: Vec<SocketAddr> = cluster.nodes.iter().map(address).collect();
    let sale = sale::hold(&nodes, &wanted, SHOPPERS).await;
    report.add(sale_row(&sale, SHOPPERS, UNITS));
    report.audit("the sale", &cluster.nodes[0]);
    let left = cluster.units(&wanted.variant_id).await;
    let counted = (sale.placed(), sale.sold_out(), left);
    if counted != (UNITS, SHOPPERS - UNITS, 0) {
        let words = sale.words();
        report
            .wrong
            .push(format!("the sale: {words}, {left} units left"));
    }
}

fn sale_row(sale: &sale::Sale, shoppers: usize, units: usize) -> Row {
    let calls: &Measured = &sale.calls;
    let per_order = |name| calls.cpu.of(name) * 1000.0 / units as f64;
    let what = format!(
        "Postgres + Redis, 2 nodes: {shoppers} shoppers at once, seven steps each, {units} units"
    );
    let figure = format!(
        "{} orders/s; sold out after {:.2} s; {} calls/s",
        thousands(units as f64 / sale.sold_in),
        sale.sold_in,
        thousands(calls.statuses.values().sum::<usize>() as f64 / calls.seconds),
    );
    let counts = format!(
        "{} in {:.2} s; CPU per order: server {:.1} ms, database {:.1} ms, Redis {:.1} ms",
        sale.words(),
        calls.seconds,
        per_order("server"),
        per_order("database"),
        per_order("Redis"),
    );
    Row {
        p50_ms: Some(calls.within(0.5)),
        p99_ms: Some(calls.within(0.99)),
        cores: calls.cpu.cores(calls.seconds),
        ..Row::new(what, figure)
    }
    .note(&counts)
}
