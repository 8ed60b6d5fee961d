//! Redis as a cluster, behind sentinels, and with a password.

use std::{sync::Arc, time::Duration};

use server::coordination::{Coordination, Found, Topic, buckets::Drawn, redis::Redis};

use crate::{
    buckets::take,
    nodes::{BRIEF, Nodes, lock_and_unlock, on, stamp, until},
    redis_server::RedisServer,
};

const MINUTE: Duration = Duration::from_secs(60);

/// Uses every script that has several keys.
async fn works(nodes: Nodes) {
    let topics = [Topic::lists(), Topic::product("rope")];
    let before = stamp(&nodes.one, &topics).await;
    until("a bump", async || nodes.one.bump(&topics).await.is_ok()).await;
    assert_ne!(stamp(&nodes.other, &topics).await, before);
    let keys = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
    lock_and_unlock(&nodes.one, &keys).await;
    let buckets = [take("a", 9, MINUTE), take("b", 9, MINUTE)];
    until("tokens", async || {
        nodes.one.draw(&buckets).await == Ok(Drawn::All)
    })
    .await;
    until("an entry", async || {
        if let Ok(Found::Lease(token)) = nodes.one.find("a", BRIEF).await {
            let _ = nodes.one.store("a", vec![1], MINUTE, &token).await;
        }
        matches!(nodes.other.find("a", BRIEF).await, Ok(Found::Entry { .. }))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_coordinates() {
    let server = RedisServer::with(&[
        "--save",
        "",
        "--cluster-enabled",
        "yes",
        // Alone in its cluster it does not know its own address.
        "--cluster-announce-ip",
        "127.0.0.1",
    ]);
    let slots: Vec<_> = (0..16_384).map(|slot| slot.to_string()).collect();
    for some in slots.chunks(1000) {
        let answer = server.ask(&format!("CLUSTER ADDSLOTS {}", some.join(" ")));
        assert!(answer.starts_with("+OK"), "{answer}");
    }
    until("the cluster is whole", async || {
        server.ask("GET {test}:x").starts_with("$-1")
    })
    .await;
    works(on(&format!("redis-cluster://127.0.0.1:{}", server.port)).await).await;
}

/// The replica has all that the master had, and even so no stamp is what it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sentinels_lead_to_the_master_also_after_a_failover() {
    let mut master = RedisServer::start();
    let replica = RedisServer::with(&[
        "--save",
        "",
        "--replicaof",
        &format!("127.0.0.1 {}", master.port),
    ]);
    until("the replica is up to date", async || {
        master.ask("WAIT 1 100").starts_with(":1")
    })
    .await;
    let sentinel = RedisServer::sentinel(&master);
    until("the sentinel knows the replica", async || {
        sentinel
            .ask("SENTINEL REPLICAS main")
            .contains(&replica.port.to_string())
    })
    .await;
    let url = format!(
        "redis-sentinel://127.0.0.1:{}?sentinelServiceName=main",
        sentinel.port
    );
    let nodes = on(&url).await;
    let topics = [Topic::lists()];
    let before = stamp(&nodes.one, &topics).await;
    until("the failover begins", async || {
        sentinel.ask("SENTINEL FAILOVER main").starts_with("+OK")
    })
    .await;
    until("the replica is the master", async || {
        sentinel
            .ask("SENTINEL GET-MASTER-ADDR-BY-NAME main")
            .contains(&replica.port.to_string())
    })
    .await;
    master.kill();
    until("stamps are given", async || {
        nodes.one.stamp(&topics).await.is_ok()
    })
    .await;
    for node in [&nodes.one, &nodes.other] {
        assert_ne!(stamp(node, &topics).await, before);
    }
    works(nodes).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_is_given_and_a_wrong_one_is_named_as_the_cause() {
    let server = RedisServer::start();
    server.ask("CONFIG SET requirepass h%ush");
    works(on(&format!("redis://:h%25ush@127.0.0.1:{}", server.port)).await).await;
    let url = format!("redis://:wrong@127.0.0.1:{}", server.port);
    let node = Arc::new(Redis::start(&url, "test").expect("an address"));
    let mut cause = String::new();
    until("the cause is known", async || {
        let up = node.up(Duration::from_millis(100)).await;
        cause = up.expect_err("the password is wrong").to_string();
        cause.contains("WRONGPASS")
    })
    .await;
    assert!(!cause.contains("wrong@"), "{cause}");
    assert!(node.stamp(&[]).await.is_err());
}
