//! Cache entries and the leases to make them.

use std::{sync::Arc, time::Duration};

use server::coordination::{Coordination, Found, Token, redis::ENTRY_BYTES};

use crate::{
    nodes::{Nodes, through_redis, until},
    on_both_back_ends,
};

const MINUTE: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(50);

on_both_back_ends!(
    one_caller_at_a_time_gets_the_lease,
    of_many_at_once_one_gets_the_lease,
    a_lease_given_back_can_be_taken,
    an_expired_lease_can_be_taken_and_the_late_holder_ends_nothing,
    an_entry_is_found_as_it_was_stored,
    an_entry_is_gone_after_its_time,
    storing_gives_the_lease_back,
    one_key_says_nothing_about_another,
);

async fn lease(node: &Arc<dyn Coordination>, key: &str, lease: Duration) -> Token {
    match node.find(key, lease).await.unwrap() {
        Found::Lease(token) => token,
        other => panic!("no lease but {other:?}"),
    }
}

async fn one_caller_at_a_time_gets_the_lease(nodes: Nodes) {
    lease(&nodes.one, "a", MINUTE).await;
    for node in [&nodes.one, &nodes.other] {
        assert_eq!(node.find("a", MINUTE).await.unwrap(), Found::BeingMade);
    }
}

async fn of_many_at_once_one_gets_the_lease(nodes: Nodes) {
    let finds = (0..64).map(|n| {
        let node = if n % 2 == 0 { &nodes.one } else { &nodes.other };
        let node = node.clone();
        tokio::spawn(async move { node.find("a", MINUTE).await.unwrap() })
    });
    let mut leases = 0;
    for find in finds.collect::<Vec<_>>() {
        match find.await.unwrap() {
            Found::Lease(_) => leases += 1,
            other => assert_eq!(other, Found::BeingMade),
        }
    }
    assert_eq!(leases, 1);
}

async fn a_lease_given_back_can_be_taken(nodes: Nodes) {
    let token = lease(&nodes.one, "a", MINUTE).await;
    let stranger = Token("another".to_owned());
    nodes.one.give_back("a", &stranger).await.unwrap();
    assert_eq!(nodes.one.find("a", MINUTE).await.unwrap(), Found::BeingMade);
    nodes.one.give_back("a", &token).await.unwrap();
    lease(&nodes.other, "a", MINUTE).await;
}

async fn an_expired_lease_can_be_taken_and_the_late_holder_ends_nothing(nodes: Nodes) {
    let late = lease(&nodes.one, "a", SHORT).await;
    until("the lease expires", async || {
        matches!(nodes.other.find("a", MINUTE).await, Ok(Found::Lease(_)))
    })
    .await;
    nodes.one.give_back("a", &late).await.unwrap();
    assert_eq!(nodes.one.find("a", MINUTE).await.unwrap(), Found::BeingMade);
}

async fn an_entry_is_found_as_it_was_stored(nodes: Nodes) {
    let token = lease(&nodes.one, "a", MINUTE).await;
    let stored: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    nodes
        .one
        .store("a", stored.clone(), MINUTE, &token)
        .await
        .unwrap();
    for node in [&nodes.one, &nodes.other] {
        match node.find("a", MINUTE).await.unwrap() {
            Found::Entry { value, left } => {
                assert!(value == stored);
                assert!(left <= MINUTE && left > MINUTE / 2, "{left:?}");
            }
            other => panic!("no entry but {other:?}"),
        }
    }
}

async fn an_entry_is_gone_after_its_time(nodes: Nodes) {
    let token = lease(&nodes.one, "a", MINUTE).await;
    nodes
        .one
        .store("a", b"x".to_vec(), SHORT, &token)
        .await
        .unwrap();
    until("the entry expires", async || {
        matches!(nodes.other.find("a", MINUTE).await, Ok(Found::Lease(_)))
    })
    .await;
}

async fn storing_gives_the_lease_back(nodes: Nodes) {
    let token = lease(&nodes.one, "a", MINUTE).await;
    nodes
        .one
        .store("a", b"x".to_vec(), SHORT, &token)
        .await
        .unwrap();
    // As soon as the entry is gone, not after the lease's minute.
    until("the lease is free", async || {
        matches!(nodes.one.find("a", MINUTE).await, Ok(Found::Lease(_)))
    })
    .await;
}

async fn one_key_says_nothing_about_another(nodes: Nodes) {
    let token = lease(&nodes.one, "a", MINUTE).await;
    lease(&nodes.one, "b", MINUTE).await;
    nodes
        .one
        .store("a", b"x".to_vec(), MINUTE, &token)
        .await
        .unwrap();
    assert_eq!(nodes.one.find("b", MINUTE).await.unwrap(), Found::BeingMade);
}

#[tokio::test]
async fn what_is_too_large_is_not_stored_in_redis_but_its_lease_is_given_back() {
    let nodes = through_redis().await;
    let token = lease(&nodes.one, "a", MINUTE).await;
    let huge = vec![0; ENTRY_BYTES + 1];
    nodes.one.store("a", huge, MINUTE, &token).await.unwrap();
    lease(&nodes.other, "a", MINUTE).await;
}
