//! B9: a wire of 0.5 ms between server and database, and a disk that needs 1 ms for a flush. Both are
//! slowness that a machine of its own or a disk over the network has, and a bench on one machine hides.

use std::time::{Duration, Instant};

use sqlx::{Connection, PgConnection};

use crate::{
    load::{slow_wire::SlowWire, spread::Spread, table::Bound},
    rig::{Cluster, Postgres},
};

use super::{
    base::{Base, plain_shop},
    hot::RUSH,
    orders::{self, OrderMix, place},
    plain::Shape,
    report::{Ground, Report},
    series::Series,
};

/// There and back, as `ping` tells it.
const PING: Duration = Duration::from_micros(500);
/// Postgres waits so many microseconds before it flushes its log, and holds the log meanwhile: to a
/// commit that is a flush which takes longer.
const FLUSH_MICROS: u32 = 1_000;

/// One order after another, of which each waits for all that a commit waits for.
async fn one_commit_ms(url: &str) -> f64 {
    const TIMES: u32 = 50;
    let mut connection = PgConnection::connect(url).await.expect("Postgres answers");
    let mut orders = super::plain::Orders::new(0, Shape::ONE_ROW);
    let began = Instant::now();
    for _ in 0..TIMES {
        let (variants, key) = orders.order();
        let way = super::plain::Way::Transaction;
        let written = super::plain::write(&mut connection, way, &variants, &key).await;
        written.expect("a plain order is placed");
    }
    began.elapsed().as_secs_f64() * 1000.0 / f64::from(TIMES)
}

async fn one_trip_ms(url: &str) -> f64 {
    const TIMES: u32 = 100;
    let mut connection = PgConnection::connect(url).await.expect("Postgres answers");
    let began = Instant::now();
    for _ in 0..TIMES {
        let one = sqlx::query("SELECT 1").execute(&mut connection).await;
        one.expect("Postgres counts to one");
    }
    began.elapsed().as_secs_f64() * 1000.0 / f64::from(TIMES)
}

pub async fn over_a_wire(report: &mut Report, ground: &Ground<'_>) {
    let wire = SlowWire::before(ground.postgres.port, PING / 2);
    let near = plain_shop(ground.postgres).await;
    let direct = format!(":{}/", ground.postgres.port);
    let far = near.replace(&direct, &format!(":{}/", wire.port));
    report.fact(format!(
        "One statement takes {:.2} ms without the wire and {:.2} ms over it",
        one_trip_ms(&near).await,
        one_trip_ms(&far).await
    ));
    let at_hand = ground.shop().await;
    let away = Cluster::on_at(ground.postgres, wire.port)
        .await
        .redis(ground.redis)
        .start()
        .await;
    let mut rows = Rows::new(&far, "0.5 ms to the database");
    for turn in 0..ground.pace.runs {
        rows.quick(&at_hand, ground, turn).await;
        rows.slow(&away, ground, turn).await;
    }
    rows.report(report);
    report.audit("the orders over a wire", &away.nodes[0]);
}

pub async fn on_a_slow_disk(report: &mut Report, ground: &Ground<'_>) {
    let url = plain_shop(ground.postgres).await;
    let usual = one_commit_ms(&url).await;
    let cluster = ground.shop().await;
    let mut rows = Rows::new(&url, "flushes 1 ms longer");
    let mut slow = f64::NAN;
    for turn in 0..ground.pace.runs {
        rows.quick(&cluster, ground, turn).await;
        set_flush(ground.postgres, FLUSH_MICROS).await;
        if turn == 0 {
            slow = one_commit_ms(&url).await;
        }
        rows.slow(&cluster, ground, turn).await;
        set_flush(ground.postgres, 0).await;
    }
    report.fact(format!(
        "One plain order on one connection takes {usual:.2} ms, and {slow:.2} ms with commit_delay = \
         {FLUSH_MICROS}, which stands for a disk that flushes so much slower"
    ));
    rows.report(report);
    report.audit("the orders on a slow disk", &cluster.nodes[0]);
}

/// Also where nobody else commits: that is when Postgres would leave it out.
async fn set_flush(postgres: &Postgres, micros: u32) {
    let delay = format!("ALTER SYSTEM SET commit_delay = {micros}");
    for sql in [
        delay.as_str(),
        "ALTER SYSTEM SET commit_siblings = 0",
        "SELECT CAST(pg_reload_conf() AS TEXT)",
    ] {
        postgres.execute(sql).await;
    }
    // Each connection takes it up before its next statement.
    tokio::time::sleep(Duration::from_millis(200)).await;
}

struct Rows {
    plain: Base,
    quick: Series,
    slow: Series,
}

impl Rows {
    fn new(plain: &str, how: &str) -> Self {
        let what = format!("Postgres + Redis: hot variant over HTTP, {RUSH} connections");
        Self {
            plain: Base::new(
                plain,
                &format!("plain transaction, one row, {how}"),
                Shape::ONE_ROW,
            ),
            slow: Series::new(format!("{what}, {how}")),
            quick: Series::new(what),
        }
    }

    async fn quick(&mut self, cluster: &Cluster, ground: &Ground<'_>, turn: usize) {
        let hot = orders::hot(&cluster.db, &format!("Near lamp {turn}")).await;
        let seed = 700 + 2 * turn as u64;
        let placed = place(cluster, OrderMix::only(&hot), RUSH, ground.pace.time, seed);
        self.quick.push_placed(placed.await);
    }

    async fn slow(&mut self, cluster: &Cluster, ground: &Ground<'_>, turn: usize) {
        let hot = orders::hot(&cluster.db, &format!("Far lamp {turn}")).await;
        self.plain.run(ground.pace.time).await;
        let seed = 701 + 2 * turn as u64;
        let placed = place(cluster, OrderMix::only(&hot), RUSH, ground.pace.time, seed);
        self.slow.push_placed(placed.await);
    }

    fn report(&self, report: &mut Report) {
        self.plain.rows().for_each(|row| report.add(row));
        report.add(self.quick.row());
        let beside: Spread = self.slow.ratio(&self.quick.rates());
        let plain = self.slow.ratio(&self.plain.best());
        let row = self.slow.row();
        report.add(
            row.claim(beside, "× without it", Some(Bound::AtLeast(0.8)))
                .claim(plain, "× plain transaction with it", None),
        );
    }
}
