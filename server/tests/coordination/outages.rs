//! Redis goes away and comes back.

use std::{sync::Arc, time::Duration};

use server::coordination::{
    Coordination, Event, Health, LockOutcome, Token, Topic, Unavailable,
    connect::{Settings, connect},
};
use server::db::Dialect;

use crate::{
    buckets::take,
    events::{heard, stock},
    nodes::{Nodes, lock_and_unlock, on, patiently_on, stamp, until},
    redis_server::RedisServer,
};

const MINUTE: Duration = Duration::from_secs(60);

/// Some 100 ms, twice what a call may wait; longer by as long as this process does not come to its
/// turn, which is not for the call to answer for.
async fn quick() {
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn topics() -> [Topic; 2] {
    [Topic::lists(), Topic::product("rope")]
}

/// Makes every kind of call; none may take long, and none may succeed.
async fn every_call_is_refused_quickly(node: &Arc<dyn Coordination>) {
    let token = Token("mine".to_owned());
    let keys = ["a".to_owned()];
    let bucket = [take("mine", 2, MINUTE)];
    for call in 0..10 {
        let calling = async {
            match call {
                0 => node.stamp(&topics()).await.map(|_| ()),
                1 => node.bump(&topics()).await,
                2 => node.bump_all().await,
                3 => node.find("a", MINUTE).await.map(|_| ()),
                4 => node.store("a", vec![1], MINUTE, &token).await,
                5 => node.give_back("a", &token).await,
                6 => node.try_lock(&keys, MINUTE).await.map(|_| ()),
                7 => node.draw(&bucket).await.map(|_| ()),
                8 => node.are_wanted(&keys).await.map(|_| ()),
                _ => node.unlock(&keys, &token).await.map(|_| ()),
            }
        };
        tokio::select! {
            biased;
            outcome = calling => assert_eq!(outcome, Err(Unavailable), "call {call}"),
            () = quick() => panic!("call {call} takes too long"),
        }
    }
    until("the breaker opens", async || {
        node.stamp(&topics()).await == Err(Unavailable) && node.health() == Health::Down
    })
    .await;
}

async fn is_down(nodes: &Nodes) {
    for node in [&nodes.one, &nodes.other] {
        until("the loss is noticed", async || {
            node.health() == Health::Down
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_redis_is_gone_calls_are_refused_quickly_and_afterwards_no_stamp_is_an_old_one() {
    let mut server = RedisServer::start();
    let nodes = on(&server.url()).await;
    let mut seen = vec![stamp(&nodes.one, &topics()).await];
    for _ in 0..3 {
        server.kill();
        every_call_is_refused_quickly(&nodes.one).await;
        server.start_again();
        nodes.up().await;
        // The other made no call of its own all the time.
        for node in [&nodes.other, &nodes.one] {
            let new = stamp(node, &topics()).await;
            assert!(!seen.contains(&new), "{new} came back");
        }
        seen.push(stamp(&nodes.one, &topics()).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_connection_is_noticed_without_a_call() {
    let mut server = RedisServer::start();
    let nodes = on(&server.url()).await;
    server.kill();
    is_down(&nodes).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_dump_brings_no_old_stamp_back() {
    let mut server = RedisServer::with(&["--save", "3600 1000000"]);
    let nodes = on(&server.url()).await;
    let mut seen = Vec::new();
    for round in 0..4 {
        if round == 1 {
            assert!(server.ask("SAVE").starts_with("+OK"));
        }
        seen.push(stamp(&nodes.one, &topics()).await);
        until("a change is announced", async || {
            nodes.one.bump(&topics()).await.is_ok()
        })
        .await;
    }
    let mut fence = 0;
    until("a lock is granted", async || {
        if let Ok(LockOutcome::Granted { fence: granted, .. }) =
            nodes.one.try_lock(&["a".to_owned()], MINUTE).await
        {
            fence = granted;
        }
        fence > 0
    })
    .await;
    server.kill();
    server.start_again();
    nodes.up().await;
    for _ in 0..8 {
        let new = stamp(&nodes.other, &topics()).await;
        assert!(!seen.contains(&new), "{new} came back");
        until("a change is announced", async || {
            nodes.one.bump(&topics()).await.is_ok()
        })
        .await;
    }
    until("a fence is higher than before", async || {
        let taken = nodes.one.try_lock(&["b".to_owned()], MINUTE).await;
        matches!(taken, Ok(LockOutcome::Granted { fence: granted, .. }) if granted > fence)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_redis_is_paused_calls_are_refused_quickly_and_afterwards_every_stamp_differs() {
    let server = RedisServer::start();
    let nodes = on(&server.url()).await;
    let before = stamp(&nodes.one, &topics()).await;
    server.pause();
    let paused = std::time::Instant::now();
    while paused.elapsed() < Duration::from_secs(1) {
        every_call_is_refused_quickly(&nodes.one).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    server.go_on();
    nodes.up().await;
    // The other made no call of its own all the time.
    for node in [&nodes.other, &nodes.one] {
        assert_ne!(stamp(node, &topics()).await, before);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pause_longer_than_the_client_bears_is_recovered_from() {
    let server = RedisServer::start();
    let nodes = on(&server.url()).await;
    let before = stamp(&nodes.one, &topics()).await;
    server.pause();
    assert_eq!(nodes.one.stamp(&topics()).await, Err(Unavailable));
    tokio::time::sleep(Duration::from_secs(4)).await;
    server.go_on();
    nodes.up().await;
    assert_ne!(stamp(&nodes.one, &topics()).await, before);
}

/// The call times out here, but Redis carries it out when it goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_granted_to_nobody_is_given_back() {
    let server = RedisServer::start();
    let nodes = on(&server.url()).await;
    // A server that does not know the script yet would grant nothing.
    let other = ["b".to_owned()];
    lock_and_unlock(&nodes.one, &other).await;
    // It rises with every grant.
    let fence = || server.ask("GET {test}:fence");
    let before = fence();
    let keys = ["a".to_owned()];
    server.pause();
    assert_eq!(nodes.one.try_lock(&keys, MINUTE).await, Err(Unavailable));
    server.go_on();
    until("the lock was granted", async || fence() != before).await;
    // Long before it would end by itself.
    until("the lock is free", async || {
        matches!(
            nodes.other.try_lock(&keys, MINUTE).await,
            Ok(LockOutcome::Granted { .. })
        )
    })
    .await;
}

/// It is given back by who has it while Redis is away: nobody else could for a minute.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_given_back_while_redis_is_away_is_free_once_it_is_back() {
    let server = RedisServer::start();
    let nodes = on(&server.url()).await;
    let keys = ["hot".to_owned()];
    let Ok(LockOutcome::Granted { token, .. }) = nodes.one.try_lock(&keys, MINUTE).await else {
        panic!("nobody else has it");
    };
    server.pause();
    every_call_is_refused_quickly(&nodes.one).await;
    assert_eq!(nodes.one.unlock(&keys, &token).await, Err(Unavailable));
    server.go_on();
    until("the lock is free", async || {
        matches!(
            nodes.other.try_lock(&keys, MINUTE).await,
            Ok(LockOutcome::Granted { .. })
        )
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_published_while_redis_is_gone_reach_the_own_node_and_others_learn_they_missed_some()
{
    let mut server = RedisServer::start();
    let nodes = on(&server.url()).await;
    server.kill();
    is_down(&nodes).await;
    let mut one = nodes.one.subscribe();
    let mut other = nodes.other.subscribe();
    nodes.one.publish(stock("a"));
    assert_eq!(heard(&mut one).await, stock("a"));
    server.start_again();
    until("the other is told", async || {
        other.try_recv() == Ok(Event::Missed)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_forgot_the_scripts_is_told_them_within_the_same_call() {
    let server = RedisServer::start();
    let nodes = patiently_on(&server.url(), "test").await;
    let before = nodes.one.stamp(&topics()).await.unwrap();
    assert!(server.ask("SCRIPT FLUSH").starts_with("+OK"));
    assert_eq!(nodes.one.stamp(&topics()).await, Ok(before));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_that_were_evicted_do_not_begin_again() {
    let server = RedisServer::start();
    let nodes = patiently_on(&server.url(), "test").await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        nodes.one.bump(&topics()).await.unwrap();
        let new = nodes.other.stamp(&topics()).await.unwrap();
        assert!(!seen.contains(&new), "{new} came back");
        seen.push(new);
        assert!(server.ask("FLUSHALL").starts_with("+OK"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_started_before_redis_uses_it_when_it_appears() {
    let mut server = RedisServer::start();
    server.kill();
    let url = server.url();
    let node = connect(Settings {
        redis_url: Some(&url),
        namespace: "test",
        nodes: 2,
        dialect: Dialect::Postgres,
    })
    .await
    .expect("the shop starts");
    every_call_is_refused_quickly(&node).await;
    server.start_again();
    stamp(&node, &topics()).await;
}
