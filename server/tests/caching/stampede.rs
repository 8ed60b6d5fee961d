//! Everybody asks for what nobody has: it is loaded once.

use std::{sync::Arc, time::Duration};

use reqwest::header::ACCEPT;
use tokio::{sync::Barrier, task::JoinSet};

use crate::{
    alone, nodes,
    rig::{Cluster, Desk, Goods, until},
};

const READERS: usize = 500;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_misses_on_three_nodes_are_one_load() {
    let _turn = alone().await;
    let shop = nodes(3).await.start().await;
    loaded_once_each_time(&shop).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_misses_on_a_node_without_redis_are_one_load() {
    let _turn = alone().await;
    let shop = Cluster::on_sqlite().start().await;
    loaded_once_each_time(&shop).await;
}

async fn loaded_once_each_time(shop: &Cluster) {
    let lamp = shop.stock_one(Goods::new("Storm Lamp", 4900, 5)).await;
    let desk = Desk::open(&shop.nodes[0], shop.http.clone()).await;
    let product = format!("/api/products/{}", lamp.slug);
    settled(shop, &product).await;
    for round in 1..=3 {
        // Nothing of it can be found from now on.
        let node = shop.nodes[0].base();
        desk.set_price(&node, &lamp, 5000 + round).await;
        assert_eq!(loads(shop, "product", &product).await, 1.0, "round {round}");
        assert_eq!(
            loads(shop, "list", "/api/products").await,
            1.0,
            "round {round}"
        );
    }
}

/// The goods were stocked behind the nodes' backs: waits until all have taken note.
async fn settled(shop: &Cluster, path: &str) {
    let no_more_loads = async || {
        let before = asked_database(shop, "product").await;
        for node in shop.addresses() {
            let read = shop.http.get(format!("{node}{path}")).send().await;
            read.expect("the node answers");
        }
        // Longer than a node goes without a look at what it was not told of.
        tokio::time::sleep(Duration::from_millis(800)).await;
        asked_database(shop, "product").await == before
    };
    let limit = Duration::from_secs(30);
    until("nodes know of the goods", limit, no_more_loads).await;
}

/// How often the database was asked while everybody read `path` at once.
async fn loads(shop: &Cluster, kind: &str, path: &str) -> f64 {
    // Everybody has a connection already: it is not the connecting that is tried here.
    everybody_reads(shop, "/healthz").await;
    let before = asked_database(shop, kind).await;
    everybody_reads(shop, path).await;
    asked_database(shop, kind).await - before
}

async fn everybody_reads(shop: &Cluster, path: &str) {
    let start = Arc::new(Barrier::new(READERS));
    let mut reading = JoinSet::new();
    for (_, node) in (0..READERS).zip(shop.addresses().into_iter().cycle()) {
        let request = shop.http.get(format!("{node}{path}"));
        let start = start.clone();
        reading.spawn(async move {
            start.wait().await;
            let answer = request.header(ACCEPT, "application/json").send().await;
            answer.expect("the node answers").status()
        });
    }
    let answers = reading.join_all().await;
    assert!(
        answers.iter().all(|status| status.is_success()),
        "{answers:?}"
    );
}

/// Loads for the cache and past it.
async fn asked_database(shop: &Cluster, kind: &str) -> f64 {
    let kind = format!("kind=\"{kind}\"");
    let mut asked = 0.0;
    for outcome in ["outcome=\"load\"", "outcome=\"bypass\""] {
        asked += shop
            .counted("holdfast_cache_requests_total", &[&kind, outcome])
            .await;
    }
    asked
}
