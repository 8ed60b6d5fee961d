//! A namespace that is done with leaves nothing, and no other is touched.

use std::env;

use server::coordination::{Topic, redis::forget};

use crate::nodes::{Nodes, patiently_on, stamp};

/// Keys of several kinds, which a node of this namespace has made.
async fn used(url: &str, namespace: &str) -> Nodes {
    let nodes = patiently_on(url, namespace).await;
    nodes.one.bump(&[Topic::lists()]).await.unwrap();
    let keys: Vec<String> = (0..5).map(|n| format!("sku-{n}")).collect();
    let ttl = std::time::Duration::from_secs(60);
    nodes.one.try_lock(&keys, ttl).await.unwrap();
    nodes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_namespace_is_forgotten_whole_and_no_other_is() {
    let url = env::var("HOLDFAST_TEST_REDIS_URL").expect("a Redis to test on");
    let shop = format!("test-{}", uuid::Uuid::new_v4().simple());
    let rehearsal = format!("{shop}--rehearsal");
    let nodes = used(&url, &shop).await;
    let before = stamp(&nodes.one, &[Topic::lists()]).await;
    drop(used(&url, &rehearsal).await);

    // Generations, the fence and five locks.
    assert_eq!(forget(&url, &rehearsal).await.unwrap(), 7);
    assert_eq!(forget(&url, &rehearsal).await.unwrap(), 0);
    assert_eq!(stamp(&nodes.other, &[Topic::lists()]).await, before);
    assert_eq!(forget(&url, &shop).await.unwrap(), 7);
    assert!(forget("redis://127.0.0.1:1", &shop).await.is_err());
}
