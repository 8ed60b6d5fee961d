//! What anybody can make any number of, by asking, fills no memory.

use std::{sync::Arc, time::Duration};

use app::catalog::types::{Availability, Card, Facets, Product, ProductList};
use futures_util::{StreamExt, stream};
use reqwest::{StatusCode, header::ACCEPT};
use server::{
    cache::ReadThrough,
    coordination::{Topic, freshness::Freshness},
    ids::new_id,
};

use crate::{
    alone, nodes,
    rig::{Cluster, until},
    servers,
};

const MIB: u64 = 1024 * 1024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_for_ten_thousand_filters_stay_within_the_bound() {
    let bound = 8 * MIB;
    let lists = ReadThrough::new("list", bound, Freshness::default());
    let mut all = 0;
    for number in 0..10_000 {
        let filter = format!("category=lamps&min={number}.00&sort=newest");
        let load = move || async move { Ok(list_of(24, number)) };
        let list = lists.get(&filter, &[Topic::lists()], load).await;
        all += serde_json::to_vec(&*list.unwrap()).unwrap().len() as u64;
        if number % 500 == 0 {
            let (bytes, _) = lists.size().await;
            assert!(bytes <= bound, "{bytes} bytes after {number} filters");
        }
    }
    assert!(all > 5 * bound, "{all} bytes are no trial");
    let (bytes, entries) = lists.size().await;
    assert!(bytes <= bound, "{bytes} bytes in {entries} entries");
    assert!(entries > 100, "the cache is of use: {entries} entries");
}

fn list_of(cards: i64, number: i64) -> ProductList {
    let card = |card: i64| Card {
        id: new_id(),
        slug: format!("product-{number}-{card}"),
        title: format!("Product {number}, {card}"),
        vendor: "Northwind".to_owned(),
        picture: None,
        second_picture: None,
        colours: Vec::new(),
        price_min_minor: 1000 + card,
        price_max_minor: 1000 + card,
        compare_at_minor: None,
        availability: Availability::InStock,
        variants: 1,
        options: 0,
        sold_from: None,
    };
    ProductList {
        products: (0..cards).map(card).collect(),
        total: cards,
        page: 1,
        pages: 1,
        facets: Facets::default(),
        currency: "EUR".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn products_that_are_not_there_stay_within_the_bound() {
    let bound = MIB;
    let products = ReadThrough::<Option<Arc<Product>>>::new("product", bound, Freshness::default());
    for _ in 0..10_000 {
        let slug = new_id();
        let load = || async { Ok(None) };
        let found = products.get(&slug, &[Topic::product(&slug)], load).await;
        assert!(found.unwrap().is_none());
    }
    let (bytes, entries) = products.size().await;
    assert!(bytes <= bound, "{bytes} bytes in {entries} entries");
}

/// Asks for pages and data at these addresses, at every node in turn. There is nothing.
async fn scan(shop: &Cluster, slugs: &[String]) {
    let nodes = shop.addresses();
    let asks = slugs.iter().enumerate().map(|(number, slug)| {
        let node = &nodes[number % nodes.len()];
        let (prefix, kind) = match number % 4 {
            0 | 1 => ("", "text/html"),
            _ => ("/api", "application/json"),
        };
        let ask = shop.http.get(format!("{node}{prefix}/products/{slug}"));
        let ask = ask.header(ACCEPT, kind);
        async move { ask.send().await.expect("the node answers").status() }
    });
    let asks: Vec<_> = asks.collect();
    let answers: Vec<_> = stream::iter(asks).buffer_unordered(8).collect().await;
    let nothing = |status: &StatusCode| *status == StatusCode::NOT_FOUND;
    assert!(answers.iter().all(nothing), "{answers:?}");
}

fn random_slugs(count: usize) -> Vec<String> {
    (0..count).map(|_| format!("slug-{}", new_id())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scanning_random_addresses_leaves_nothing_in_redis() {
    let _turn = alone().await;
    let (_, redis) = servers().await;
    let shop = nodes(2).await.start().await;
    let slugs = random_slugs(400);
    scan(&shop, &slugs).await;
    let pattern = format!("KEYS {{{}}}:*:product:*", shop.namespace);
    let keys = async || redis.command(&pattern).await.expect("Redis answers");
    let found = keys().await;
    assert!(!found.contains(":entry:"), "{found}");
    // A lease that could not be given back ends with its time.
    let limit = Duration::from_secs(10);
    let none = async || !keys().await.contains(":lease:");
    until("no lease is left", limit, none).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_look_for_what_is_not_there_does_not_ask_the_database() {
    let _turn = alone().await;
    let shop = Cluster::on_sqlite().start().await;
    let loads = async || {
        let labels = ["kind=\"product\"", "outcome=\"load\""];
        shop.counted("holdfast_cache_requests_total", &labels).await
    };
    let slugs = random_slugs(400);
    scan(&shop, &slugs).await;
    let loaded = loads().await;
    assert!(loaded >= 400.0, "{loaded}");
    scan(&shop, &slugs).await;
    assert_eq!(loads().await, loaded);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn options_that_no_product_has_are_not_counted_for() {
    let _turn = alone().await;
    let shop = Cluster::on_sqlite().start().await;
    let counts = async || {
        let labels = ["kind=\"counts\"", "outcome=\"load\""];
        shop.counted("holdfast_cache_requests_total", &labels).await
    };
    let base = shop.nodes[0].base();
    for number in 0..50 {
        let ask = shop
            .http
            .get(format!("{base}/products?opt.made-up-{number}=1"));
        let answer = ask.send().await.expect("the node answers");
        assert!(answer.status().is_success());
    }
    assert_eq!(
        counts().await,
        1.0,
        "all of them are the list of everything"
    );
}
