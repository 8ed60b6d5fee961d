//! The same order sent several times: by impatient fingers, by retries, by two tabs.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Instant,
};

use tokio::{sync::Barrier, task::JoinSet};

use crate::{
    alone,
    rig::{Chance, Cluster, ClusterBuilder, Goods, Outcome, Shopper},
    sale::PATIENCE,
    three_nodes,
};

const BUYERS: usize = 100;
const UNITS: i64 = 60;
const TIMES: usize = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_checkout_sent_five_times_at_once_is_one_order_on_three_nodes() {
    every_checkout_five_times(three_nodes().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_checkout_sent_five_times_at_once_is_one_order_on_one_node() {
    every_checkout_five_times(Cluster::on_sqlite()).await;
}

/// One who gets an order is told of it by every one of the five answers, also by those that come
/// after the last unit has gone.
async fn every_checkout_five_times(shop: ClusterBuilder) {
    let _turn = alone().await;
    let mut chance = Chance::new();
    let shop = shop.start().await;
    let nodes = shop.addresses();
    let lamp = shop.stock_one(Goods::new("Storm Lamp", 4900, UNITS)).await;
    let start = Arc::new(Barrier::new(BUYERS * TIMES));
    let mut sending = JoinSet::new();
    for _ in 0..BUYERS {
        let mut shopper = Shopper::new(shop.http.clone(), chance.branch());
        shopper.add(&nodes[0], &lamp.variant, 1).await;
        for _ in 0..TIMES {
            let mut tab = shopper.again(chance.branch());
            let (start, nodes) = (start.clone(), nodes.clone());
            sending.spawn(async move {
                start.wait().await;
                let outcome = tab.place(&nodes, Instant::now() + PATIENCE).await;
                (tab, outcome)
            });
        }
    }
    let answers = sending.join_all().await;

    let mut by_key: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (tab, outcome) in &answers {
        let said = match outcome {
            Outcome::Placed(placed) => placed.number.clone(),
            Outcome::Refused(refusal) => refusal.kind.clone(),
            Outcome::Unanswered => "nothing".to_owned(),
        };
        by_key.entry(tab.key.clone()).or_default().insert(said);
    }
    let contradicted: Vec<_> = by_key.values().filter(|said| said.len() > 1).collect();
    assert!(contradicted.is_empty(), "{contradicted:?}");
    let refused = |said: &&BTreeSet<String>| said.contains("sold_out");
    let units = usize::try_from(UNITS).unwrap();
    assert_eq!(by_key.values().filter(refused).count(), BUYERS - units);
    assert_eq!(shop.units(&lamp.variant).await, 0);
    let tabs: Vec<_> = answers.into_iter().map(|(tab, _)| tab).collect();
    shop.assert_books_agree(&tabs).await;
}
