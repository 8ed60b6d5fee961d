//! B2 and B3: everybody orders one variant and pays by card, which is charged while they wait; then with cards
//! that are declined and charges that break off, on Postgres and on SQLite.

use crate::{
    load::{
        carts::{self, Filling, Item, Pays},
        table::{Bound, Row, thousands},
    },
    rig::Cluster,
};

use super::{
    base,
    orders::{self, OrderMix, place},
    plain::on_sqlite,
    report::{Ground, Report},
    series::Series,
};

const CONNECTIONS: usize = 256;
/// Carts at the checkout's last step that nobody sends on.
const OPEN_CHECKOUTS: usize = if cfg!(debug_assertions) {
    5_000
} else {
    100_000
};

const APPROVES: &str = "4242424242424242";
const DECLINES: &str = "4000000000000002";
const FAILS_BEFORE: &str = "4000000000000119";
const FAILS_AFTER: &str = "4000000000000127";

fn approved(_: usize) -> Pays {
    Pays::Card(APPROVES)
}

/// One in twenty is declined. One in a hundred breaks off: half of these before the charge, half after it.
fn mixed(n: usize) -> Pays {
    Pays::Card(match n % 200 {
        7 => FAILS_BEFORE,
        107 => FAILS_AFTER,
        n if n % 20 == 0 => DECLINES,
        _ => APPROVES,
    })
}

pub async fn rows(report: &mut Report, ground: &Ground<'_>) {
    let mut plain = base::one_row(ground.postgres).await;
    let cluster = ground.shop().await;
    let hot = orders::hot(&cluster.db, "Storm Lamp").await;
    let mut rows = Rows::new("Postgres + Redis");
    for run in 0..ground.pace.runs {
        plain.run(ground.pace.time).await;
        rows.run(&cluster, &hot, ground, run).await;
    }
    plain.rows().for_each(|row| report.add(row));
    let words = "× plain transaction";
    rows.rows(&plain.best(), words)
        .into_iter()
        .for_each(|row| report.add(row));
    report.audit("the orders by card", &cluster.nodes[0]);
    // It has mails to send for a while yet.
    drop(cluster);
    on_one_file(report, ground).await;
}

async fn on_one_file(report: &mut Report, ground: &Ground<'_>) {
    let empty = Cluster::on_sqlite().start().await;
    let full = Cluster::on_sqlite().start().await;
    let hot = orders::hot(&empty.db, "Storm Lamp").await;
    let same = orders::hot(&full.db, "Storm Lamp").await;
    let items = std::slice::from_ref(&same);
    carts::fill(&full.db, &Filling::of(items, OPEN_CHECKOUTS, 60)).await;
    let mut plain = Series::new("SQLite: one order, one commit, one connection");
    let mut rows = Rows::new("SQLite");
    let mut beside = Series::new(format!(
        "SQLite: hot variant by test card, {CONNECTIONS} connections, {} open checkouts",
        thousands(OPEN_CHECKOUTS as f64)
    ));
    for run in 0..ground.pace.runs {
        plain.push(on_sqlite(ground.pace.time).await);
        rows.run(&empty, &hot, ground, run).await;
        let wanted = OrderMix::only(&same).paid(approved);
        let seed = 70 + run as u64;
        beside.push_placed(place(&full, wanted, CONNECTIONS, ground.pace.time, seed).await);
    }
    report.add(plain.row());
    let words = "× one order, one commit";
    rows.rows(&plain.rates(), words)
        .into_iter()
        .for_each(|row| report.add(row));
    let ratio = beside.ratio(&rows.approved.rates());
    let bound = Some(Bound::AtLeast(0.9));
    report.add(beside.row().claim(ratio, "× without open checkouts", bound));
    report.audit("the orders by card on SQLite", &empty.nodes[0]);
    report.audit("those beside open checkouts", &full.nodes[0]);
}

struct Rows {
    approved: Series,
    mixed: Series,
}

impl Rows {
    fn new(on: &str) -> Self {
        let what = |how: &str| {
            Series::new(format!(
                "{on}: hot variant by test card, {CONNECTIONS} connections{how}"
            ))
        };
        Self {
            approved: what(""),
            mixed: what(", 5 % declined, 1 % broken off"),
        }
    }

    async fn run(&mut self, cluster: &Cluster, hot: &Item, ground: &Ground<'_>, run: usize) {
        let time = ground.pace.time;
        let seed = 50 + 2 * run as u64;
        let wanted = OrderMix::only(hot);
        let placed = place(cluster, wanted.paid(approved), CONNECTIONS, time, seed);
        self.approved.push_placed(placed.await);
        let placed = place(cluster, wanted.paid(mixed), CONNECTIONS, time, seed + 1);
        self.mixed.push_placed(placed.await);
    }

    /// Only orders that were paid at once count, also of the second.
    fn rows(&self, plain: &[f64], words: &str) -> [Row; 2] {
        let ratio = self.approved.ratio(plain);
        let beside = self.mixed.ratio(&self.approved.rates());
        [
            self.approved
                .row()
                .claim(ratio, words, Some(Bound::AtLeast(3.0))),
            self.mixed
                .row()
                .claim(self.mixed.ratio(plain), words, None)
                .claim(beside, "× none declined", Some(Bound::AtLeast(0.8))),
        ]
    }
}
