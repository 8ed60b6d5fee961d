//! B1: everybody orders one variant and pays on delivery. And what is said to those who come too late.

use crate::{
    load::{spread::Spread, table::Bound},
    rig::Cluster,
};

use super::{
    base::{Base, plain_shop},
    orders::{self, OrderMix, Shelf, place},
    plain::{Shape, Way},
    report::{Ground, Report},
    series::{PLACED, Series},
};

pub const CROWDS: [usize; 3] = [64, 256, 1024];
/// The crowd of a rush.
pub const RUSH: usize = 1024;
const SOLD_OUT: u16 = 409;

pub async fn rows(report: &mut Report, ground: &Ground<'_>) {
    let url = plain_shop(ground.postgres).await;
    let mut transaction = Base::new(&url, "plain transaction, one row", Shape::ONE_ROW);
    let one = Shape {
        way: Way::OneStatement,
        ..Shape::ONE_ROW
    };
    let mut statement = Base::new(&url, "single statement (CTE), one row", one);
    let cluster = ground.shop().await;
    let hot = orders::hot(&cluster.db, "Storm Lamp").await;
    let mut crowds = CROWDS.map(|connections| {
        Series::new(format!(
            "Postgres + Redis: hot variant over HTTP, {connections} connections"
        ))
    });
    for run in 0..ground.pace.runs {
        transaction.run(ground.pace.time).await;
        statement.run(ground.pace.time).await;
        for (connections, series) in CROWDS.into_iter().zip(&mut crowds) {
            let seed = (run * 10 + connections) as u64;
            let wanted = OrderMix::only(&hot);
            series.push_placed(place(&cluster, wanted, connections, ground.pace.time, seed).await);
        }
    }
    transaction
        .rows()
        .chain(statement.rows())
        .for_each(|row| report.add(row));
    for (connections, series) in CROWDS.into_iter().zip(&crowds) {
        let asked = (connections == RUSH).then_some(Bound::AtLeast(5.0));
        let row = series
            .row()
            .claim(
                series.ratio(&transaction.best()),
                "× plain transaction",
                asked,
            )
            .claim(
                series.ratio(&statement.best()),
                "× single statement",
                Some(Bound::AtLeast(1.0)),
            );
        report.add(row);
    }
    report.audit("the hot rows", &cluster.nodes[0]);
}

/// How fast those are answered who come too late, beside what costs a server least.
pub async fn refusals(report: &mut Report, ground: &Ground<'_>, on: &str, cluster: &Cluster) {
    let connections = CROWDS[0];
    let shelf = Shelf::fill(&cluster.db).await;
    let mut alive = Series::new(format!("{on}: /healthz, {connections} connections"));
    let mut refused = Series::new(format!(
        "{on}: sold-out refusals over HTTP, {connections} connections"
    ));
    for run in 0..ground.pace.runs {
        let time = ground.pace.time;
        alive.push(orders::alive(cluster, connections, time).await);
        let seed = 20 + run as u64;
        refused.push(orders::refuse(cluster, &shelf.sold_out, connections, time, seed).await);
    }
    report.add(alive.row_of("requests/s", PLACED));
    let rates = refused.each(|run| run.rate(SOLD_OUT));
    let ratio = Spread::of_ratios(&rates, &alive.rates());
    let row = refused.row_of("refusals/s", SOLD_OUT);
    report.add(row.claim(ratio, "× /healthz", Some(Bound::AtLeast(0.5))));
}
