//! While Redis is away each node brakes for itself, and while it is there all brake as one.

use std::net::Ipv4Addr;

use reqwest::StatusCode;

use crate::{
    alone,
    rig::{Cluster, Durability, Postgres, Redis, START, until},
};

/// Look-ups that one network may make at once.
const LOOK_UPS: usize = 120;

/// Looks orders up, at one node after the other, until that is too fast; how often it was not.
async fn until_refused(shop: &Cluster, nodes: &[String], from: Ipv4Addr) -> usize {
    for made in 0..10 * LOOK_UPS {
        let node = &nodes[made % nodes.len()];
        let look_up = shop
            .http
            .post(format!("{node}/api/orders/look-up"))
            .header("accept", "application/json")
            .header("x-forwarded-for", from.to_string())
            .form(&[("number", "HF-12345-67890"), ("email", "kim@example.com")]);
        let answer = look_up.send().await.expect("the node answers");
        match answer.status() {
            StatusCode::UNPROCESSABLE_ENTITY => {}
            StatusCode::TOO_MANY_REQUESTS => {
                assert!(answer.headers().contains_key("retry-after"));
                return made;
            }
            other => panic!("{other} for a look-up"),
        }
    }
    panic!("nobody brakes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_brake_as_one_while_redis_is_there_and_each_by_itself_while_it_is_not() {
    let _turn = alone().await;
    let postgres = Postgres::start(Durability::Fast).await;
    let mut redis = Redis::start().await;
    let shop = Cluster::on(&postgres).await.redis(&redis).nodes(2);
    let shop = shop.start().await;
    let nodes = shop.addresses();
    let from = Ipv4Addr::new(203, 0, 113, 7);
    let together = until_refused(&shop, &nodes, from).await;
    assert!(together >= LOOK_UPS, "{together}");
    // The other node knows: tokens come back at two a second.
    let again = until_refused(&shop, &nodes[1..], from).await;
    assert!(again < LOOK_UPS, "{again}");

    redis.kill();
    until("the loss is noticed", START, async || {
        shop.counted("holdfast_redis_up", &[]).await < 0.5
    })
    .await;
    for node in &nodes {
        let apart = until_refused(&shop, std::slice::from_ref(node), from).await;
        assert!(apart >= LOOK_UPS, "{apart}");
    }
}
