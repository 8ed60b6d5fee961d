//! An admin changes what is being sold. Once the edit is acknowledged, nobody buys on the old terms.

use std::time::{Duration, Instant};

use crate::{
    alone,
    rig::{Chance, Cluster, ClusterBuilder, Desk, Goods},
    sale::{Arrival, Queue, Sold},
    three_nodes,
};

/// Buyers who come while the edit is made.
const BUYERS: usize = 180;
/// Buyers who come when it is acknowledged.
const LATE_BUYERS: usize = 60;
const RUSH: Duration = Duration::from_secs(2);

enum Edit {
    Price,
    Deactivation,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_order_at_the_old_price_after_the_new_one_is_acknowledged() {
    let _turn = alone().await;
    in_the_middle_of_the_sale(three_nodes().await, Edit::Price, "price_changed").await;
    in_the_middle_of_the_sale(Cluster::on_sqlite(), Edit::Price, "price_changed").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_order_after_a_deactivation_is_acknowledged() {
    let _turn = alone().await;
    in_the_middle_of_the_sale(three_nodes().await, Edit::Deactivation, "inactive").await;
    in_the_middle_of_the_sale(Cluster::on_sqlite(), Edit::Deactivation, "inactive").await;
}

async fn in_the_middle_of_the_sale(shop: ClusterBuilder, edit: Edit, refusal: &str) {
    let mut chance = Chance::new();
    let shop = shop.start().await;
    let nodes = shop.addresses();
    let lamp = shop.stock_one(Goods::new("Storm Lamp", 4900, 1000)).await;
    let desk = Desk::open(&shop.nodes[0], shop.http.clone()).await;
    let queue = Queue::for_one_each(&shop, &mut chance, &lamp, BUYERS).await;
    let late = Queue::for_one_each(&shop, &mut chance, &lamp, LATE_BUYERS).await;

    let rush = queue.order(&mut chance, Arrival::Within(RUSH));
    rush.has_placed(chance.pick(1..BUYERS / 2)).await;
    let node = &nodes[chance.pick(0..nodes.len())];
    match edit {
        Edit::Price => desk.set_price(node, &lamp, 5900).await,
        Edit::Deactivation => desk.deactivate(node, &lamp).await,
    }
    let acknowledged = Instant::now();
    let late = late.order(&mut chance, Arrival::AtOnce).ended().await;
    let mut sold = rush.ended().await;
    sold.buyers.extend(late.buyers);

    assert_only_old_orders_went_through(&sold, acknowledged, refusal);
    // What was sold was sold at the old price, all of it.
    let strange = shop
        .number("SELECT COUNT(*) AS n FROM orders WHERE total_minor <> 4900")
        .await;
    assert_eq!(strange, 0);
    sold.assert_fair(&shop).await;
}

fn assert_only_old_orders_went_through(sold: &Sold, acknowledged: Instant, refusal: &str) {
    let (late, early): (Vec<_>, Vec<_>) = sold
        .buyers
        .iter()
        .partition(|buyer| buyer.began > acknowledged);
    for buyer in late {
        assert_eq!(
            buyer.outcome.refused_for(),
            Some(refusal),
            "{:?}",
            buyer.outcome
        );
    }
    assert!(early.iter().any(|buyer| buyer.outcome.placed().is_some()));
    for buyer in early {
        let refused = buyer.outcome.refused_for();
        assert!(refused.is_none_or(|kind| kind == refusal), "{refused:?}");
    }
}
