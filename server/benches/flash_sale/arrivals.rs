//! B6: orders that come when they come, at shares of what the shop places as fast as it can, timed from when
//! each was meant to be sent.

use crate::load::{
    cpu::rested_shop,
    open::{Arrivals, Arrived},
    spread::Spread,
    table::{Bound, Row},
};

use super::{
    hot::RUSH,
    orders::{self, OrderMix, WARM_UP, address, forget_mails, place},
    report::{Ground, Report},
    series::{PLACED, Series},
};

/// In percent of the closed loop's rate of the same turn.
const SHARES: [usize; 4] = [50, 80, 95, 120];
/// More than a node keeps waiting, so that it has to say no and not the bench: 4,096 orders in its queue, and two batches
/// of 1,024. There are 28,000 ports to one address.
const CONNECTIONS: usize = 8_000;
/// What a node needs for so many: two for each, and some of its own.
const FILES: u64 = 2 * CONNECTIONS as u64 + 256;
/// What the shop says when it is busy.
const BUSY: u16 = 503;

#[derive(Default)]
struct Share {
    turns: Vec<Arrived>,
    /// What was meant to come, in a second.
    rates: Vec<f64>,
    /// What was placed in time, of the closed loop's rate.
    goodput: Vec<f64>,
}

pub async fn rows(report: &mut Report, ground: &Ground<'_>) {
    let files = rlimit::Resource::NOFILE.get_hard().unwrap_or_default();
    if files < FILES {
        report.fact(format!(
            "Arrivals: of {CONNECTIONS} connections the node takes fewer, as it may have {files} open files and not \
             {FILES}; what is missing counts as without an order"
        ));
    }
    let cluster = ground.shop().await;
    let hot = orders::hot(&cluster.db, "Storm Lamp").await;
    let mut closed = Series::new(format!(
        "Postgres + Redis: hot variant over HTTP, {RUSH} connections"
    ));
    let mut shares = SHARES.map(|_| Share::default());
    for turn in 0..ground.pace.runs {
        let seed = 200 + 10 * turn as u64;
        let wanted = OrderMix::only(&hot);
        // For as long as the orders that come when they come: what the shop does for a moment is no share of that.
        let placed = place(&cluster, wanted, RUSH, ground.pace.long, seed).await;
        let fastest = placed.measured.rate(PLACED);
        closed.push_placed(placed);
        for (percent, share) in SHARES.into_iter().zip(&mut shares) {
            let arrivals = Arrivals {
                address: address(&cluster.nodes[0]),
                rate: (fastest * percent as f64 / 100.0).max(1.0),
                connections: CONNECTIONS,
                warm_up: WARM_UP,
                time: ground.pace.long,
                seed: seed + percent as u64,
            };
            let times = arrivals.times();
            let requests = wanted.orders(&cluster, 0, times.len(), arrivals.seed).await;
            let watched = rested_shop().await;
            let arrived = arrivals.send(times, requests, &watched).await;
            forget_mails(&cluster).await;
            share.rates.push(arrivals.rate);
            share.goodput.push(arrived.rate_in_time(PLACED) / fastest);
            share.turns.push(arrived);
        }
    }
    report.add(closed.row());
    for (percent, share) in SHARES.into_iter().zip(shares) {
        report.add(share.row(percent));
    }
    report.audit("the orders that came when they came", &cluster.nodes[0]);
}

impl Share {
    fn row(self, percent: usize) -> Row {
        let within = |part: f64| {
            let each = self.turns.iter().map(|turn| turn.measured.within(part));
            Spread::of(&each.collect::<Vec<_>>())
        };
        let (p99, p999, most) = (within(0.99), within(0.999), within(1.0));
        let refused = self.turns.iter().map(|turn| {
            let busy = turn.measured.count(BUSY);
            // Busy is an answer to too much, and to nothing else.
            (turn.failed(PLACED) - if percent > 100 { busy } else { 0 }) as f64
        });
        let failed = Spread::of(&refused.collect::<Vec<_>>());
        let late: usize = self.turns.iter().map(|turn| turn.late).sum();
        let goodput = Spread::of(&self.goodput);
        let meant = Spread::of(&self.rates).median;
        let runs: Vec<_> = self.turns.into_iter().map(|turn| turn.measured).collect();
        let what = format!("Postgres + Redis: hot variant, open loop at {percent} % of that");
        let row = Row::of_runs(what, "orders/s", PLACED, &runs)
            .note(&format!(
                "{meant:.0} a second were meant to come; {late} sent late"
            ))
            .claim(
                goodput,
                "× the closed loop, in time",
                match percent {
                    120.. => Some(Bound::AtLeast(0.9)),
                    _ => None,
                },
            );
        let asked = |most| (percent == 80).then_some(Bound::AtMost(most));
        row.claim(p99, "ms p99", asked(100.0))
            .claim(p999, "ms p99.9", asked(250.0))
            .claim(most, "ms at most", None)
            .claim(
                failed,
                "without an order",
                match percent {
                    80 | 120.. => Some(Bound::AtMost(0.0)),
                    _ => None,
                },
            )
    }
}
