//! Everybody asks for what nobody has: it is loaded once.

use std::{sync::Arc, time::Duration};

use reqwest::header::ACCEPT;
use tokio::{sync::Barrier, task::JoinSet};

use crate::{
    alone, nodes,
    rig::{Cluster, Desk, Goods, until},
};

const READERS: usize = 500;
/// Rounds at most, and how many of them have to count.
const TRIES: i64 = 60;
const COUNTED: usize = 4;
/// Loads on one node while Redis is away: one that is under way, one that waits for it, and some
/// more for those who come late.
const MOST_PER_NODE: f64 = 40.0;

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
    let (mut counted, mut late) = (0, 0);
    for round in 1..=TRIES {
        // Nothing of it can be found from now on.
        let node = shop.nodes[0].base();
        desk.set_price(&node, &lamp, 5000 + round).await;
        for (kind, path) in [("product", product.as_str()), ("list", "/api/products")] {
            let (loads, past_the_cache) = loads(shop, kind, path).await;
            if past_the_cache == 0.0 && loads == 1.0 {
                counted += 1;
            } else if past_the_cache == 0.0 {
                // The cluster's lease came too late, or ran out. On a node it is one all the same.
                late += 1;
                let most = shop.nodes.len() as f64;
                assert!(loads <= most, "{loads} loads of {kind} in round {round}");
            } else {
                // Redis or this machine had no time for some: even so they share their loads.
                let most = MOST_PER_NODE * shop.nodes.len() as f64;
                assert!(loads <= most, "{loads} loads of {kind} in round {round}");
            }
        }
        if counted >= COUNTED.max(late) {
            return;
        }
    }
    panic!("in {TRIES} rounds it was loaded once {counted} times and more often {late} times");
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

/// How often the database was asked while everybody read `path` at once, and how many asked
/// without the cache.
async fn loads(shop: &Cluster, kind: &str, path: &str) -> (f64, f64) {
    // Everybody has a connection already: it is not the connecting that is tried here.
    everybody_reads(shop, "/healthz").await;
    let before = asked_database(shop, kind).await;
    let past = past_the_cache(shop, kind).await;
    everybody_reads(shop, path).await;
    (
        asked_database(shop, kind).await - before,
        past_the_cache(shop, kind).await - past,
    )
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
    counted(shop, kind, "load").await
}

async fn past_the_cache(shop: &Cluster, kind: &str) -> f64 {
    counted(shop, kind, "bypass").await
}

async fn counted(shop: &Cluster, kind: &str, outcome: &str) -> f64 {
    let labels = [format!("kind=\"{kind}\""), format!("outcome=\"{outcome}\"")];
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    shop.counted("holdfast_cache_requests_total", &labels).await
}
