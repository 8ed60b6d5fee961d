//! B5: three nodes sell one variant, and a little of everything else beside it, against one node that sells
//! only the first.

use std::{net::SocketAddr, time::Duration};

use futures_util::future::join_all;

use crate::{
    load::{
        cpu::{Watched, rested_shop},
        open::Arrivals,
        run::{Load, Measured, Requests, run},
        spread::Spread,
        table::Bound,
    },
    rig::Cluster,
};

use super::{
    hot::RUSH,
    orders::{self, OrderMix, Shelf, Told, WARM_UP, address, place},
    report::{Ground, Report},
    series::{PLACED, Series},
};

const NODES: usize = 3;
/// Orders a second, at each node, of what few want.
const COLD: f64 = 10.0;
/// More hot orders a second than any node places.
const FASTEST: f64 = if cfg!(debug_assertions) {
    1_500.0
} else {
    8_000.0
};

pub async fn rows(report: &mut Report, ground: &Ground<'_>) {
    let alone = ground.shop().await;
    let alone_hot = orders::hot(&alone.db, "Storm Lamp").await;
    let nodes = ground.shop_of(NODES).await;
    let shelf = Shelf::fill(&nodes.db).await;
    let mut one = Series::new(format!(
        "Postgres + Redis: hot variant over HTTP, one node, {RUSH} connections"
    ));
    let mut all = Series::new(format!(
        "Postgres + Redis, {NODES} nodes: hot variant over HTTP, {RUSH} connections, {} cold orders/s \
         beside",
        COLD * NODES as f64
    ));
    let mut cold = Series::new(format!(
        "Postgres + Redis, {NODES} nodes: cold orders beside them, from the time each was meant to be \
         sent"
    ));
    let (mut least, mut worst) = (Vec::new(), Vec::new());
    for turn in 0..ground.pace.runs {
        let (time, seed) = (ground.pace.time, 100 + 10 * turn as u64);
        let wanted = OrderMix::only(&alone_hot);
        one.push_placed(place(&alone, wanted, RUSH, time, seed).await);
        let orders = filled(&nodes, &shelf, time, seed).await;
        let watched = rested_shop().await;
        // Carts are there by now, and what they cost is no order's.
        let told = Told::read(&nodes).await;
        let (hot, beside) = sell(orders, &watched).await;
        let shares = hot.iter().map(|node| node.rate(PLACED));
        let sum: f64 = shares.clone().sum();
        least.push(shares.fold(f64::INFINITY, f64::min) / sum);
        all.push_placed(told.placed(&nodes, Measured::together(hot)).await);
        let beside = Measured::together(beside);
        worst.push(beside.within(0.99));
        cold.push(beside);
    }
    report.add(one.row());
    let row = all
        .row()
        .claim(
            all.ratio(&one.rates()),
            "× one node",
            Some(Bound::AtLeast(0.9)),
        )
        .claim(
            Spread::of(&least),
            "of the sum at the least node",
            Some(Bound::AtLeast(0.25)),
        );
    report.add(row);
    let p99 = Spread::of(&worst);
    report.add(cold.row().claim(p99, "ms p99", Some(Bound::AtMost(200.0))));
    report.audit("the orders at three nodes", &nodes.nodes[0]);
}

/// Orders for each node.
#[derive(Default)]
struct Filled {
    hot: Vec<(Load, Vec<Vec<u8>>)>,
    cold: Vec<(Arrivals, Vec<Duration>, Vec<Vec<u8>>)>,
}

async fn filled(cluster: &Cluster, shelf: &Shelf, time: Duration, seed: u64) -> Filled {
    let Filled { mut hot, mut cold } = Filled::default();
    for (n, node) in cluster.nodes.iter().enumerate() {
        let address: SocketAddr = address(node);
        let seed = seed + n as u64;
        let load = Load {
            address,
            connections: RUSH / NODES,
            warm_up: WARM_UP,
            time,
        };
        let most = (FASTEST * (WARM_UP + time).as_secs_f64()) as usize;
        let wanted = OrderMix::only(&shelf.hot);
        hot.push((load, wanted.orders(cluster, n, most, seed).await));
        let arrivals = Arrivals {
            address,
            rate: COLD,
            connections: 64,
            warm_up: WARM_UP,
            time,
            seed,
        };
        let times = arrivals.times();
        // Others at each node.
        let part = shelf.spread.len() / NODES;
        let wanted = OrderMix::of(&shelf.spread[n * part..(n + 1) * part]);
        let requests = wanted.orders(cluster, n, times.len(), seed + 1_000).await;
        cold.push((arrivals, times, requests));
    }
    Filled { hot, cold }
}

/// What was sold at each node: of the hot variant, and of the others.
async fn sell(Filled { hot, cold }: Filled, watched: &[Watched]) -> (Vec<Measured>, Vec<Measured>) {
    let hot = hot
        .into_iter()
        .map(|(load, orders)| async move { run(&load, Requests::Once(orders), watched).await });
    let cold = cold
        .into_iter()
        .map(|(arrivals, times, requests)| async move {
            arrivals.send(times, requests, watched).await.measured
        });
    tokio::join!(join_all(hot), join_all(cold))
}
