//! More buyers than units.

use std::collections::BTreeMap;

use crate::{
    alone,
    rig::{Chance, Cluster, Goods},
    sale::{Arrival, Queue, Wish},
    three_nodes,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_buyers_of_the_last_unit_are_one_order() {
    everybody_wants_one(three_nodes().await, 100, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_buyers_of_a_hundred_units_on_three_nodes() {
    everybody_wants_one(three_nodes().await, 2000, 100).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_buyers_of_a_hundred_units_on_one_node_without_redis() {
    everybody_wants_one(Cluster::on_sqlite(), 2000, 100).await;
}

async fn everybody_wants_one(shop: crate::rig::ClusterBuilder, buyers: usize, units: i64) {
    let _turn = alone().await;
    let mut chance = Chance::new();
    let shop = shop.start().await;
    let lamp = shop.stock_one(Goods::new("Storm Lamp", 4900, units)).await;
    let queue = Queue::for_one_each(&shop, &mut chance, &lamp, buyers).await;

    let sold = queue.order(&mut chance, Arrival::AtOnce).ended().await;

    let units = usize::try_from(units).unwrap();
    assert_eq!(sold.placed(), units);
    let refused = BTreeMap::from([("sold_out", buyers - units)]);
    assert_eq!(sold.refused(), refused);
    assert_eq!(shop.units(&lamp.variant).await, 0);
    sold.assert_fair(&shop).await;
}

/// One that locks what is in a cart in the order of the cart locks out one that has it the other
/// way round.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn carts_that_share_goods_in_opposite_order_lock_nobody_out() {
    mixed_carts(three_nodes().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mixed_carts_on_three_nodes_with_nothing_but_the_database_between_them() {
    mixed_carts(three_nodes().await.redis_at(Vec::new())).await;
}

async fn mixed_carts(shop: crate::rig::ClusterBuilder) {
    let _turn = alone().await;
    let mut chance = Chance::new();
    let shop = shop.start().await;
    let names = ["Anchor", "Buoy", "Compass", "Dinghy", "Ensign", "Fender"];
    let goods = names.map(|name| Goods::new(name, 1000, 60));
    let goods = shop.stock(&goods).await;
    let wish = |buyer: usize, chance: &mut Chance| -> Wish {
        let mut wanted = goods.clone();
        wanted.rotate_left(chance.pick(0..names.len()));
        wanted.truncate(chance.pick(2..5));
        if buyer % 2 == 1 {
            wanted.reverse();
        }
        let quantity = |chance: &mut Chance| chance.pick(1..4) as i64;
        wanted
            .into_iter()
            .map(|product| (product, quantity(chance)))
            .collect()
    };
    let wishes = (0..240).map(|buyer| wish(buyer, &mut chance)).collect();
    let queue = Queue::fill(&shop, &mut chance, wishes).await;

    let sold = queue.order(&mut chance, Arrival::AtOnce).ended().await;

    // Each cart takes at most 12 of the 360 units, and none is refused while there is enough.
    assert!(sold.placed() >= 30, "{} orders", sold.placed());
    assert!(!sold.refused().is_empty(), "there was enough for all");
    sold.assert_fair(&shop).await;
}
