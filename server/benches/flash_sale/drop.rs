//! What a drop costs: orders of a variant that a drop sells beside orders of the same without one, and a kept page that
//! is good until the drop's next moment beside one that no moment ends.

use std::{net::SocketAddr, time::Duration};

use crate::{
    load::{
        client::get,
        cpu::rested_shop,
        run::{Load, Measured, Requests, run},
        table::Bound,
    },
    rig::{Cluster, Desk, DropLine, Goods, Owner, Stocked},
};

use super::{
    hot::RUSH,
    orders::{OrderMix, WARM_UP, address, item, place},
    report::{Ground, Report},
    series::{PLACED, Series},
};

/// The most that a drop can have, and as many on the shelf besides.
const UNITS: i64 = 1_000_000;
/// How soon the drop begins, in milliseconds.
const SOON: i64 = 2_000;
/// How long a moment lies ahead of the page that ends with it: longer than the bench takes.
const AHEAD: i64 = 24 * 60 * 60 * 1000;
const READERS: usize = 64;
const FOUND: u16 = 200;

async fn lamp(shop: &Cluster) -> Stocked {
    shop.stock_one(Goods::new("Storm Lamp", 4900, 2 * UNITS))
        .await
}

/// A shop in which a drop sells the lamp, and another one begins tomorrow.
async fn dropped(ground: &Ground<'_>) -> (Cluster, Stocked) {
    let shop = ground.shop().await;
    let lamp = lamp(&shop).await;
    let later = Goods::new("Later Lamp", 4900, 10);
    let later = shop.stock_one(later).await;
    let node = shop.addresses().remove(0);
    let desk = Desk::open(&shop.nodes[0], shop.http.clone()).await;
    let owner = Owner {
        desk: &desk,
        node: &node,
    };
    let line = |product, units| DropLine {
        product,
        price: "",
        units,
        limit: "",
    };
    let lines = [line(&later, 10)];
    owner.plan(&shop, "Tomorrow", AHEAD, &lines).await;
    let lines = [line(&lamp, UNITS)];
    owner.plan(&shop, "Now", SOON, &lines).await;
    let soon = Duration::from_millis(SOON.unsigned_abs());
    tokio::time::sleep(soon + WARM_UP).await;
    (shop, lamp)
}

pub async fn rows(report: &mut Report, ground: &Ground<'_>) {
    let (with, lamp_with) = dropped(ground).await;
    let without = ground.shop().await;
    let lamp_without = lamp(&without).await;
    let shops = [
        (&without, &lamp_without, "without a drop"),
        (&with, &lamp_with, "sold by a drop"),
    ];
    let mut orders = shops.map(|(_, _, how)| {
        Series::new(format!(
            "Postgres + Redis: hot variant over HTTP, {how}, {RUSH} connections"
        ))
    });
    let mut pages = shops.map(|(_, _, how)| {
        Series::new(format!(
            "Postgres + Redis: kept page of a product, {how}, {READERS} connections"
        ))
    });
    for turn in 0..ground.pace.runs {
        // Whichever is first in a turn is second in the next.
        let mut both = [0, 1];
        both.rotate_left(turn % 2);
        for at in both {
            let (shop, lamp, _) = shops[at];
            let item = item(lamp);
            let seed = (3_000 + turn * 10 + at) as u64;
            let placed = place(shop, OrderMix::only(&item), RUSH, ground.pace.time, seed);
            orders[at].push_placed(placed.await);
        }
        for at in both {
            let (shop, lamp, _) = shops[at];
            pages[at].push(read(shop, lamp, ground.pace.time).await);
        }
    }
    let [without_drop, by_drop] = &orders;
    report.add(without_drop.row());
    let ratio = by_drop.ratio(&without_drop.rates());
    let row = by_drop.row_of("orders/s", PLACED);
    report.add(row.claim(ratio, "× without a drop", Some(Bound::AtLeast(0.95))));
    let [without_moment, until_moment] = &pages;
    report.add(without_moment.row_of("requests/s", FOUND));
    let ratio = until_moment.ratio(&without_moment.rates());
    let row = until_moment.row_of("requests/s", FOUND);
    report.add(row.claim(ratio, "× without a drop", None));
    report.audit("the sale without a drop", &without.nodes[0]);
    report.audit("the drop", &with.nodes[0]);
}

/// Reads the lamp's page again and again.
async fn read(shop: &Cluster, lamp: &Stocked, time: Duration) -> Measured {
    let address: SocketAddr = address(&shop.nodes[0]);
    let load = Load {
        address,
        connections: READERS,
        warm_up: WARM_UP,
        time,
    };
    let path = format!("/products/{}", lamp.slug);
    let request = get(address, &path, &[("Accept", "text/html")]);
    let watched = rested_shop().await;
    run(&load, Requests::Again(vec![request]), &watched).await
}
