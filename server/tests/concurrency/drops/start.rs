//! The start, watched from real processes on machines whose clocks are ten seconds apart.

use std::time::Duration;

use futures_util::future::{join, join_all};
use reqwest::{StatusCode, header::ACCEPT};
use tokio::time::sleep;

use crate::{
    alone,
    rig::{
        Answer, Chance, Cluster, ClusterBuilder, Desk, DropLine, Durability, Goods, Outcome, Owner,
        PlannedDrop, Postgres, Redis, START, Shopper, Stocked, remaining, until,
    },
    three_nodes,
};

/// By how many milliseconds the nodes' clocks are wrong.
const WRONG_BY: [i64; 3] = [-5_000, 0, 5_000];
/// Shoppers at each node.
const SHOPPERS: usize = 6;
const UNITS: i64 = 40;
/// How long before the start nodes begin to be asked. Each cart may be tried sixty times a minute.
const BEFORE: i64 = 500;
/// A page may be late by as long as a look at the database's clock may take.
const LATE: i64 = 2_000;

/// What becomes of Redis before the start.
enum Pages {
    Kept,
    /// Nothing is kept without it.
    NotKept(Redis),
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drop_starts_at_one_moment_on_nodes_whose_clocks_are_apart() {
    let _turn = alone().await;
    starts_at_one_moment(three_nodes().await, Pages::Kept).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drop_starts_at_one_moment_where_nothing_is_kept() {
    let _turn = alone().await;
    let postgres = Postgres::start(Durability::Fast).await;
    let redis = Redis::start().await;
    let shop = Cluster::on(&postgres).await.redis(&redis).nodes(3);
    starts_at_one_moment(shop, Pages::NotKept(redis)).await;
}

async fn starts_at_one_moment(shop: ClusterBuilder, mut pages: Pages) {
    let mut chance = Chance::new();
    let shop = shop.clocks(&WRONG_BY).start().await;
    let nodes = shop.addresses();
    until(
        "the nodes' clocks are as wrong as they are to be",
        START,
        async || clocks_are_wrong(&shop).await,
    )
    .await;
    let lamp = shop.stock_one(Goods::new("Storm Lamp", 4900, 60)).await;
    // In the cart before anybody knew of a drop.
    let mut shoppers = Vec::new();
    for node in nodes.iter().cycle().take(nodes.len() * SHOPPERS) {
        let mut shopper = Shopper::new(shop.http.clone(), chance.branch());
        shopper.add(node, &lamp.variant, 1).await;
        shoppers.push((node.as_str(), shopper, chance.millis(0..30)));
    }
    let desk = Desk::open(&shop.nodes[1], shop.http.clone()).await;
    let owner = Owner {
        desk: &desk,
        node: &nodes[1],
    };
    let line = DropLine {
        product: &lamp,
        price: "",
        units: UNITS,
        limit: "",
    };
    let drop = owner.plan(&shop, "Lights", 8_000, &[line]).await;
    let hits = match &mut pages {
        Pages::Kept => Some(page_hits(&shop).await),
        Pages::NotKept(redis) => {
            redis.kill();
            None
        }
    };

    let early = drop.opens_at - shop.time().await - BEFORE;
    sleep(Duration::from_millis(u64::try_from(early).unwrap_or(0))).await;
    assert!(shop.time().await < drop.opens_at, "there is still time");
    let watching = nodes.iter().map(|node| watch(&shop, node, &lamp, &drop));
    let orders = shoppers
        .into_iter()
        .map(|(node, shopper, pause)| order(&shop, node, shopper, pause, &drop));
    let (late, shoppers) = join(join_all(watching), join_all(orders)).await;

    println!(
        "seed {}: pages turned {late:?} ms after the start",
        chance.seed
    );
    assert!(late.iter().all(|ms| (0..LATE).contains(ms)), "{late:?}");
    let sold = i64::try_from(shoppers.len()).unwrap_or(0);
    assert_eq!(remaining(&shop, &drop.id).await, UNITS - sold);
    assert_eq!(shop.units(&lamp.variant).await, 60 - UNITS);
    let first = shop.number("SELECT opened_at AS n FROM drops").await;
    assert!(first >= drop.opens_at, "{} ms early", drop.opens_at - first);
    if let Some(before) = hits {
        assert!(
            page_hits(&shop).await > before,
            "pages came from what is kept"
        );
    }
    shop.assert_books_agree(&shoppers).await;
}

async fn page_hits(shop: &Cluster) -> f64 {
    let labels = ["kind=\"page\"", "outcome=\"hit\""];
    shop.counted("holdfast_cache_requests_total", &labels).await
}

/// Whether each node says that its machine's clock is off by what it was set to.
async fn clocks_are_wrong(shop: &Cluster) -> bool {
    for (node, wrong_by) in shop.nodes.iter().zip(WRONG_BY) {
        let text = node.metrics(&shop.http).await;
        let told = text.lines().find_map(|line| {
            let seconds = line.strip_prefix("holdfast_clock_offset_seconds ")?;
            seconds.trim().parse::<f64>().ok()
        });
        // What the database's clock is ahead of the machine's.
        let expected = -(wrong_by as f64) / 1000.0;
        if !told.is_some_and(|told| (told - expected).abs() < 1.0) {
            return false;
        }
    }
    true
}

/// Reads the page until it is there: how long after the start that was, in milliseconds.
async fn watch(shop: &Cluster, node: &str, lamp: &Stocked, drop: &PlannedDrop) -> i64 {
    loop {
        let page = format!("{node}/products/{}", lamp.slug);
        let asked = shop.http.get(page).header(ACCEPT, "text/html").send();
        let answer = asked.await.expect("the node answers");
        let after = shop.time().await;
        match answer.status() {
            StatusCode::OK => {
                assert!(after >= drop.opens_at, "{} ms early", drop.opens_at - after);
                return after - drop.opens_at;
            }
            StatusCode::NOT_FOUND => {}
            other => panic!("{other} for a page"),
        }
        assert!(after < drop.opens_at + 10 * LATE, "the page stays secret");
        sleep(Duration::from_millis(20)).await;
    }
}

/// Sends the order until it is placed. It is refused before the start, and never from then on.
async fn order(
    shop: &Cluster,
    node: &str,
    mut shopper: Shopper,
    pause: Duration,
    drop: &PlannedDrop,
) -> Shopper {
    sleep(pause).await;
    loop {
        let before = shop.time().await;
        let answer = shopper.submit(node).await;
        let after = shop.time().await;
        match answer {
            Answer::Final(Outcome::Placed(placed)) => {
                assert!(after >= drop.opens_at, "{} ms early", drop.opens_at - after);
                assert_eq!(placed.total_minor, 4900);
                return shopper;
            }
            Answer::Final(Outcome::Refused(refusal)) => {
                assert_eq!(refusal.kind, "inactive", "{refusal:?}");
                assert!(before < drop.opens_at, "{} ms late", before - drop.opens_at);
                sleep(Duration::from_millis(40)).await;
            }
            Answer::Final(Outcome::Unanswered) | Answer::Again { .. } => {
                assert!(before < drop.opens_at + 30_000, "there is no answer");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}
