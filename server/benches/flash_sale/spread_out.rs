//! B4: ten thousand variants, with one line in a cart and with three, against a plain shop that sells a
//! thousand.

use crate::load::table::{Bound, thousands};

use super::{
    base::{Base, plain_shop},
    hot::CROWDS,
    orders::{OrderMix, SPREAD, Shelf, place},
    plain::Shape,
    report::{Ground, Report},
    series::Series,
};

/// Lines of a cart, and what is asked for: a plain order has as many.
const CARTS: [(usize, f64); 2] = [(1, 1.2), (3, 1.0)];

pub async fn rows(report: &mut Report, ground: &Ground<'_>) {
    let url = plain_shop(ground.postgres).await;
    let cluster = ground.shop().await;
    let shelf = Shelf::fill(&cluster.db).await;
    for (lines, asked) in CARTS {
        let words = match lines {
            1 => "one line".to_owned(),
            lines => format!("{lines} lines"),
        };
        let shape = Shape {
            lines,
            ..Shape::MANY_ROWS
        };
        let name = format!("plain transaction, 1 000 rows, {words}");
        let mut plain = Base::new(&url, &name, shape);
        let mut crowds = CROWDS.map(|connections| {
            Series::new(format!(
                "Postgres + Redis: {} spread variants over HTTP, {words}, {connections} connections",
                thousands(SPREAD as f64)
            ))
        });
        for run in 0..ground.pace.runs {
            plain.run(ground.pace.time).await;
            for (connections, series) in CROWDS.into_iter().zip(&mut crowds) {
                let seed = (1_000 + run * 10 + connections + lines) as u64;
                let wanted = OrderMix::of(&shelf.spread).lines(lines);
                let placed = place(&cluster, wanted, connections, ground.pace.time, seed);
                series.push_placed(placed.await);
            }
        }
        plain.rows().for_each(|row| report.add(row));
        for series in &crowds {
            let bound = Some(Bound::AtLeast(asked));
            let ratio = series.ratio(&plain.best());
            report.add(series.row().claim(ratio, "× plain on 1 000 rows", bound));
        }
    }
    report.audit("the spread rows", &cluster.nodes[0]);
}
