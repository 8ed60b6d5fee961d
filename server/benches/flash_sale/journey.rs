//! B18: shoppers from the product's page to the order, all at once, at two nodes: what one of them costs,
//! and how many statements the database runs for them.

use std::{net::SocketAddr, time::Duration};

use sqlx::{Connection, PgConnection, Row as _};

use crate::{
    load::{
        cpu::rested_shop,
        spread::Spread,
        table::{Bound, Row, thousands},
    },
    rig::{Cluster, Durability, Goods, Postgres, Stop},
};

use super::{
    orders::address,
    report::{Ground, Report},
    sale::{self, Sale},
};

const SHOPPERS: usize = 300;
const UNITS: usize = 100;
/// How long is looked at what a shop runs for nobody.
const IDLE: Duration = Duration::from_secs(2);

/// Statements that a Postgres counts.
struct Counter(PgConnection);

/// Statements, those that only begin and end transactions, and how long all of them ran.
#[derive(Clone, Copy)]
struct Statements {
    all: f64,
    frames: f64,
    ms: f64,
}

impl Counter {
    /// `None` if this Postgres cannot count.
    async fn of(postgres: &mut Postgres) -> Option<Self> {
        let url = postgres.url("postgres");
        let mut connection = PgConnection::connect(&url).await.ok()?;
        let known =
            "SELECT COUNT(*) FROM pg_available_extensions WHERE name = 'pg_stat_statements'";
        let known: i64 = sqlx::query_scalar(known)
            .fetch_one(&mut connection)
            .await
            .ok()?;
        if known == 0 {
            return None;
        }
        postgres
            .execute("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")
            .await;
        postgres.restart(Stop::Orderly).await;
        postgres
            .execute("CREATE EXTENSION pg_stat_statements")
            .await;
        Some(Self(PgConnection::connect(&url).await.ok()?))
    }

    async fn read(&mut self) -> Statements {
        let sql = "SELECT CAST(COALESCE(SUM(calls), 0) AS FLOAT) AS n, \
             CAST(COALESCE(SUM(calls) FILTER (WHERE query ~* '^(begin|commit|rollback|set) ?'), 0) \
             AS FLOAT) AS frames, COALESCE(SUM(total_exec_time), 0) AS ms FROM pg_stat_statements \
             WHERE query NOT LIKE '%pg_stat_statements%'";
        let row = sqlx::query(sql).fetch_one(&mut self.0).await;
        let row = row.expect("Postgres counts statements");
        Statements {
            all: row.get("n"),
            frames: row.get("frames"),
            ms: row.get("ms"),
        }
    }
}

impl Statements {
    fn since(self, before: Self) -> Self {
        Self {
            all: self.all - before.all,
            frames: self.frames - before.frames,
            ms: self.ms - before.ms,
        }
    }

    /// Without what runs for nobody in so many times the time that was looked at.
    fn without(self, idle: Self, times: f64) -> Self {
        Self {
            all: (self.all - idle.all * times).max(0.0),
            frames: (self.frames - idle.frames * times).max(0.0),
            ms: (self.ms - idle.ms * times).max(0.0),
        }
    }
}

pub async fn rows(report: &mut Report, ground: &Ground<'_>) {
    // Of its own: to count costs each statement a little.
    let mut postgres = Postgres::start(Durability::Tuned).await;
    let mut counter = Counter::of(&mut postgres).await;
    let cluster = Cluster::on(&postgres)
        .await
        .redis(ground.redis)
        .nodes(2)
        .start()
        .await;
    let nodes: Vec<SocketAddr> = cluster.nodes.iter().map(address).collect();
    let (mut sales, mut counted) = (Vec::new(), Vec::new());
    for turn in 0..ground.pace.runs {
        let lamp = Goods::new(&format!("Storm Lamp {turn}"), 4900, UNITS as i64);
        let lamp = cluster.stock_one(lamp).await;
        let wanted = sale::ItemOnSale {
            slug: lamp.slug,
            variant_id: lamp.variant,
            price_minor: lamp.price_minor,
            turn,
        };
        // What is counted from then on is of this sale.
        rested_shop().await;
        // Nodes have seen by then what was stocked.
        let quiet = idle(counter.as_mut()).await;
        let before = read(counter.as_mut()).await;
        let sale = sale::hold(&nodes, &wanted, SHOPPERS).await;
        if let (Some(quiet), Some(before), Some(now)) =
            (quiet, before, read(counter.as_mut()).await)
        {
            let times = sale.calls.seconds / IDLE.as_secs_f64();
            counted.push(now.since(before).without(quiet, times));
        }
        let left = cluster.units(&wanted.variant_id).await;
        if (sale.placed(), sale.sold_out(), left) != (UNITS, SHOPPERS - UNITS, 0) {
            let words = sale.words();
            report.wrong(format!("the sale: {words}, {left} units left"));
        }
        sales.push(sale);
    }
    report.add(row(&sales, &counted));
    if counter.is_none() {
        report.fact("Statements are not counted: pg_stat_statements is not installed".to_owned());
    }
    report.audit("the sale", &cluster.nodes[0]);
}

async fn read(counter: Option<&mut Counter>) -> Option<Statements> {
    Some(counter?.read().await)
}

async fn idle(counter: Option<&mut Counter>) -> Option<Statements> {
    tokio::time::sleep(IDLE).await;
    let counter = counter?;
    let before = counter.read().await;
    tokio::time::sleep(IDLE).await;
    Some(counter.read().await.since(before))
}

fn row(sales: &[Sale], counted: &[Statements]) -> Row {
    let of =
        |value: &dyn Fn(&Sale) -> f64| Spread::of(&sales.iter().map(value).collect::<Vec<_>>());
    let cpu = |name: &'static str| {
        of(&|sale: &Sale| sale.calls.cpu.of(name) * 1000.0 / UNITS as f64)
            .text(|ms| format!("{ms:.1}"))
    };
    let calls = |sale: &Sale| sale.calls.statuses.values().sum::<usize>() as f64;
    let what = format!(
        "Postgres + Redis, 2 nodes: {SHOPPERS} shoppers at once, seven steps each, {UNITS} units"
    );
    let figure = format!(
        "{} orders/s; sold out after {:.2} s; {} calls/s",
        of(&|sale| UNITS as f64 / sale.sold_in).text(thousands),
        of(&|sale| sale.sold_in).median,
        of(&|sale| calls(sale) / sale.calls.seconds).text(thousands),
    );
    let middle = of(&|sale| sale.sold_in).median;
    let shown = sales.iter().find(|sale| sale.sold_in == middle);
    let mut row = Row {
        p50_ms: Some(of(&|sale| sale.calls.within(0.5)).median),
        p99_ms: Some(of(&|sale| sale.calls.within(0.99)).median),
        each: format!(
            "CPU ms: load {}, server {}, database {}, Redis {}",
            cpu("load"),
            cpu("server"),
            cpu("database"),
            cpu("Redis")
        ),
        counts: shown.map_or(String::new(), Sale::words),
        cores: shown.map_or(String::new(), |sale| {
            sale.calls.cpu.cores(sale.calls.seconds)
        }),
        ..Row::new(what, figure)
    }
    .claim(
        of(&|sale| sale.calls.cpu.shop_ms(UNITS)),
        "ms of CPU an order, with all who wanted it",
        Some(Bound::AtMost(6.0)),
    );
    if !counted.is_empty() {
        let each = |value: &dyn Fn(&Statements) -> f64| {
            let each = counted.iter().map(|one| value(one) / SHOPPERS as f64);
            Spread::of(&each.collect::<Vec<_>>())
        };
        let all = each(&|one| one.all).text(|n| format!("{n:.1}"));
        let ms = each(&|one| one.ms).text(|ms| format!("{ms:.2}"));
        row = row
            .claim(
                each(&|one| one.all - one.frames),
                "statements a shopper",
                Some(Bound::AtMost(15.0)),
            )
            .note(&format!(
                "{all} with BEGIN, COMMIT and the like; they ran {ms} ms a shopper"
            ));
    }
    row
}
