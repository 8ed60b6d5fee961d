//! `cargo bench -p server --bench catalogue`: how fast pages of the catalogue are read from memory,
//! against the same bytes served by nginx in the same run, and what a page costs that is not there.
//!
//! Parts can be named: `cargo bench -p server --bench catalogue -- sqlite`. There are `sqlite`,
//! `postgres` and `miss`.

#[path = "../load/mod.rs"]
mod load;
#[path = "../../tests/rig/mod.rs"]
mod rig;

mod miss;
mod nginx;
mod pages;
mod warm;

use load::{
    is_bench, is_wanted, machine,
    table::{self, Row},
};
use nginx::Nginx;
use rig::{Cluster, Durability, Postgres, Redis};

/// Products in the catalogue.
const PRODUCTS: &str = "2000";
const NGINX_MISSING: &str = "nginx not installed: run cargo xtask setup --for bench";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if !is_bench() {
        return;
    }
    let mut report = Report::default();
    report.fact(machine::facts());
    report.fact(format!(
        "Each warm row: {} connections, {} s after a warm-up; the demo catalogue and {PRODUCTS} \
         products made up from seed 1; nginx has 2 workers and no log, and sends the shop's own \
         headers and bytes",
        warm::CONNECTIONS,
        warm::TIME.as_secs()
    ));
    match nginx::program() {
        Some(program) => report.fact(machine::version(&program, "-v")),
        None => report.fact(NGINX_MISSING.to_owned()),
    }
    if is_wanted("sqlite") || is_wanted("miss") {
        let cluster = Cluster::on_sqlite().start().await;
        let version = machine::of_sqlite().await;
        report.fact(format!("SQLite {version}, without Redis"));
        rows(&mut report, "sqlite", "SQLite", &cluster).await;
    }
    if is_wanted("postgres") || is_wanted("miss") {
        let postgres = Postgres::start(Durability::Tuned).await;
        let redis = Redis::start().await;
        report.fact(machine::of_postgres(&postgres.url("postgres")).await);
        report.fact(machine::of_redis(redis.command("INFO server").await));
        let cluster = Cluster::on(&postgres).await.redis(&redis).start().await;
        rows(&mut report, "postgres", "Postgres + Redis", &cluster).await;
    }
    table::print("Catalogue", &report.facts, &report.rows);
}

#[derive(Default)]
struct Report {
    facts: Vec<String>,
    rows: Vec<Row>,
}

impl Report {
    fn fact(&mut self, fact: String) {
        self.facts.push(fact);
    }

    fn add(&mut self, row: Row) {
        table::progress(&row);
        self.rows.push(row);
    }
}

/// All rows of one shop, the misses first: they need a node that has not shown a page yet.
async fn rows(report: &mut Report, part: &str, on: &str, cluster: &Cluster) {
    for seed in [&["seed"][..], &["seed", "--products", PRODUCTS]] {
        let seeded = cluster.nodes[0].run(seed, "");
        assert!(seeded.status.success(), "the catalogue is made up");
    }
    let mut found = pages::find(cluster).await;
    if is_wanted("miss") {
        miss::rows(report, on, cluster, &found).await;
    }
    if is_wanted(part) {
        pages::warm(([127, 0, 0, 1], cluster.nodes[0].port).into(), &mut found).await;
        let nginx = Nginx::serve(&found.warm).await;
        warm::rows(report, on, cluster, &found, nginx.as_ref()).await;
    }
}
