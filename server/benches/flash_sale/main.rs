//! `cargo bench -p server --bench flash_sale`: how fast orders are placed when everybody wants the
//! same thing, against what a plain shop does on the same database in the same run.
//!
//! Rows can be named, by the names that `-- --list` prints or by their numbers in `docs/benchmarks.md`:
//! `cargo bench -p server --bench flash_sale -- hot B9`. With `-- --short` each ends soon: that shows that it
//! works, and little of how fast.

#[path = "../load/mod.rs"]
mod load;
#[path = "../../tests/provider/mod.rs"]
mod provider;
#[path = "../../tests/rig/mod.rs"]
mod rig;

mod arrivals;
mod base;
mod cards;
mod drop;
mod fill;
mod hot;
mod journey;
mod large;
mod let_in;
mod mails;
mod nodes;
mod orders;
mod parts;
mod plain;
mod plain_http;
mod provider_rows;
mod report;
mod room;
mod sale;
mod series;
mod slow;
mod spread_out;
mod sqlite;

use std::process::ExitCode;

use load::{is_bench, is_set, machine};
use parts::{Pace, Part};
use report::{Ground, Report};
use rig::{Cluster, Durability, Postgres, Redis, allow_many_files};
use tokio::runtime::Builder;

fn main() -> ExitCode {
    // The plain shop has the cores for itself as the shop has; the load has one thread.
    let mut runtime = match is_set(plain_http::COMMAND) {
        true => Builder::new_multi_thread(),
        false => Builder::new_current_thread(),
    };
    let runtime = runtime.enable_all().build().expect("there are threads");
    if is_set(plain_http::COMMAND) {
        runtime.block_on(plain_http::serve());
    } else if is_set(sqlite::COMMAND) {
        runtime.block_on(sqlite::place_plain());
    } else if is_bench() {
        return runtime.block_on(bench());
    }
    ExitCode::SUCCESS
}

async fn bench() -> ExitCode {
    if is_set("--list") {
        println!("{}", Part::list());
        return ExitCode::SUCCESS;
    }
    let parts = match Part::wanted() {
        Ok(parts) => parts,
        Err(said) => {
            eprintln!("{said}");
            return ExitCode::FAILURE;
        }
    };
    allow_many_files();
    let pace = Pace::asked();
    let mut report = Report::default();
    report.fact(machine::facts());
    report.fact(pace.words());
    let flush = machine::flush_ms(&std::env::temp_dir());
    report.fact(format!(
        "A 4 KiB write flushed to the disk that the databases lie on takes {flush:.2} ms"
    ));
    let postgres = Postgres::start(Durability::Tuned).await;
    let redis = Redis::start().await;
    report.fact(machine::of_postgres(&postgres.url("postgres")).await);
    report.fact(machine::of_redis(redis.command("INFO server").await));
    let ground = Ground {
        pace,
        postgres: &postgres,
        redis: &redis,
    };
    for part in &parts {
        measure(&mut report, &ground, *part, &parts).await;
    }
    report.end()
}

async fn measure(report: &mut Report, ground: &Ground<'_>, part: Part, parts: &[Part]) {
    match part {
        Part::Hot => hot::rows(report, ground).await,
        Part::Cards => cards::rows(report, ground).await,
        Part::Provider => provider_rows::rows(report, ground).await,
        Part::Spread => spread_out::rows(report, ground).await,
        Part::Nodes => nodes::rows(report, ground).await,
        Part::Arrivals => arrivals::rows(report, ground).await,
        Part::Mails => mails::rows(report, ground).await,
        Part::Network => slow::over_a_wire(report, ground).await,
        Part::Flushes => slow::on_a_slow_disk(report, ground).await,
        Part::PlainHttp => plain_http::rows(report, ground).await,
        Part::Journey => journey::rows(report, ground).await,
        Part::Drop => drop::rows(report, ground).await,
        Part::Sqlite => sqlite::rows(report, ground).await,
        // The tables are filled once for both.
        Part::Desk if parts.contains(&Part::Large) => {}
        Part::Large | Part::Desk => large::rows(report, ground, parts).await,
        Part::Room => room::rows(report, ground).await,
        Part::Refusals => {
            let shop = ground.shop().await;
            hot::refusals(report, ground, "Postgres + Redis", &shop).await;
            let file = Cluster::on_sqlite().start().await;
            hot::refusals(report, ground, "SQLite", &file).await;
        }
    }
}
