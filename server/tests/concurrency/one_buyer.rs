//! One buyer orders everywhere at once, and says each time to be someone a little different.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use futures_util::{StreamExt, stream};
use reqwest::StatusCode;
use tokio::{task::JoinSet, time::sleep};

use crate::{
    alone,
    rig::{
        Chance, Cluster, ClusterBuilder, Desk, Durability, Goods, Outcome, Postgres, Redis,
        Shopper, until,
    },
    sale::PATIENCE,
    three_nodes,
};

/// How many orders are sent; many more if this asks for it: `HOLDFAST_ONE_BUYER=500`. docs/concurrency.md has the
/// command.
const ASK: &str = "HOLDFAST_ONE_BUYER";
const ORDERS: usize = 60;
/// How many carts are filled at a time: that is not what is tried here.
const FILLERS: usize = 12;
/// Units the buyer gets.
const SHARE: usize = 7;
/// What is for sale: enough for everybody, so that only the limit is in the way.
const KINDS: usize = 4;
/// What a form with no limits yet says.
const NONE_YET: &str = "cbf29ce484222325";

/// The same mailbox or the same house, or both.
pub const SPELLINGS: [(&str, &str, &str); 7] = [
    ("kim.marten@gmail.com", "Lange Straße 5a", "Köln"),
    ("KimMarten@googlemail.com", "Pier 1", "Bremen"),
    ("k.i.m.marten+rope@gmail.com", "Pier 2", "Kiel"),
    ("KIM.MARTEN+2@GMAIL.COM", "Langestr. 5 a", "KÖLN"),
    ("kimmarten@gmail.com", "LANGE STRASSE 5A", "Koeln"),
    ("kim.m.a.r.t.e.n@googlemail.com", "Pier 3", "Bonn"),
    ("kimmarten+last@gmail.com", "Lange-Str.5a", "köln"),
];

fn orders() -> usize {
    let asked = std::env::var(ASK).ok().and_then(|text| text.parse().ok());
    asked.unwrap_or(ORDERS)
}

/// What fails while the buyer orders.
enum Fault<'a> {
    Nothing,
    /// A node is killed and starts again.
    Node,
    /// It is killed, and orders go on without it.
    Redis(&'a mut Redis),
    /// Both, and Redis starts again, empty, while the node is away.
    NodeAndRedis(&'a mut Redis),
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_buyer_in_seven_spellings_gets_one_share_on_three_nodes() {
    let _turn = alone().await;
    buys_everywhere(three_nodes().await, Fault::Nothing).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_buyer_in_seven_spellings_gets_one_share_on_one_node() {
    let _turn = alone().await;
    buys_everywhere(Cluster::on_sqlite(), Fault::Nothing).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_buyer_gets_one_share_while_a_node_dies() {
    let _turn = alone().await;
    buys_everywhere(three_nodes().await, Fault::Node).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_buyer_gets_one_share_while_redis_dies() {
    let _turn = alone().await;
    let postgres = Postgres::start(Durability::Fast).await;
    let mut redis = Redis::start().await;
    let shop = Cluster::on(&postgres).await.redis(&redis).nodes(3);
    buys_everywhere(shop, Fault::Redis(&mut redis)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_buyer_gets_one_share_while_a_node_and_redis_die() {
    let _turn = alone().await;
    let postgres = Postgres::start(Durability::Fast).await;
    let mut redis = Redis::start().await;
    let shop = Cluster::on(&postgres).await.redis(&redis).nodes(3);
    buys_everywhere(shop, Fault::NodeAndRedis(&mut redis)).await;
}

async fn buys_everywhere(shop: ClusterBuilder, fault: Fault<'_>) {
    let mut chance = Chance::new();
    let mut shop = shop.start().await;
    let nodes = shop.addresses();
    let orders = orders();
    let units = i64::try_from(orders).unwrap();
    let goods: Vec<Goods> = (0..KINDS)
        .map(|n| Goods::new(&format!("Lamp {n}"), 4900, units))
        .collect();
    let goods = shop.stock(&goods).await;
    let desk = Desk::open(&shop.nodes[0], shop.http.clone()).await;
    let share = SHARE.to_string();
    let limit = [("version", NONE_YET), ("limits[0][units]", share.as_str())];
    let set = desk.send(&nodes[0], "/api/admin/limits/save", &limit).await;
    let (status, said) = set.expect("the node answers");
    assert_eq!(status, StatusCode::OK, "{said}");

    // All carts are full before the first order is sent.
    let filling: Vec<_> = (0..orders)
        .map(|n| {
            let mut shopper = Shopper::new(shop.http.clone(), chance.branch());
            let (email, street, city) = SPELLINGS[n % SPELLINGS.len()];
            let said = [("email", email), ("address_line1", street), ("city", city)];
            shopper.says = said.map(|(name, said)| (name, said.to_owned())).to_vec();
            let (node, goods) = (&nodes[n % nodes.len()], &goods[n % KINDS]);
            async move {
                shopper.add(node, &goods.variant, 1).await;
                shopper
            }
        })
        .collect();
    let shoppers = stream::iter(filling).buffer_unordered(FILLERS);
    let shoppers: Vec<Shopper> = shoppers.collect().await;
    let answered = Arc::new(AtomicUsize::new(0));
    let mut buying = JoinSet::new();
    for mut shopper in shoppers {
        let (nodes, delay) = (nodes.clone(), chance.millis(0..400));
        let answered = answered.clone();
        buying.spawn(async move {
            sleep(delay).await;
            let outcome = shopper.place(&nodes, Instant::now() + PATIENCE).await;
            answered.fetch_add(1, Ordering::SeqCst);
            (shopper, outcome)
        });
    }
    // In the midst of the orders, while there are some still to come.
    let begun = async || {
        let any = async || answered.load(Ordering::SeqCst) > 0;
        until("orders are answered", PATIENCE, any).await;
        let before = answered.load(Ordering::SeqCst);
        assert!(before < orders, "all were answered before anything failed");
    };
    match fault {
        Fault::Nothing => {}
        Fault::Node => {
            begun().await;
            shop.nodes[1].kill();
            sleep(Duration::from_millis(500)).await;
            shop.nodes[1].start_again().await;
        }
        Fault::Redis(redis) => {
            begun().await;
            redis.kill();
        }
        Fault::NodeAndRedis(redis) => {
            begun().await;
            shop.nodes[1].kill();
            redis.kill();
            sleep(chance.millis(100..400)).await;
            redis.start_again().await;
            shop.nodes[1].start_again().await;
        }
    }
    let answers = buying.join_all().await;

    let placed = answers
        .iter()
        .filter(|(_, outcome)| outcome.placed().is_some())
        .count();
    let refused = answers
        .iter()
        .filter(|(_, outcome)| outcome.refused_for() == Some("limit_reached"))
        .count();
    let others: Vec<&Outcome> = answers
        .iter()
        .map(|(_, outcome)| outcome)
        .filter(|outcome| outcome.placed().is_none())
        .filter(|outcome| outcome.refused_for() != Some("limit_reached"))
        .collect();
    println!("seed {}: {placed} of {orders} orders", chance.seed);
    assert_eq!((placed, refused), (SHARE, orders - SHARE), "{others:?}");
    let standing = "SELECT COUNT(*) AS n FROM orders WHERE status <> 'cancelled'";
    assert_eq!(shop.number(standing).await, SHARE as i64);
    let mut left = 0;
    for product in &goods {
        left += shop.units(&product.variant).await;
    }
    let stocked = units * KINDS as i64;
    assert_eq!(left, stocked - SHARE as i64);
    let shoppers: Vec<_> = answers.into_iter().map(|(shopper, _)| shopper).collect();
    shop.assert_books_agree(&shoppers).await;
}
