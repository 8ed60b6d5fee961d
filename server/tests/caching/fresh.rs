//! Edits on one node, reads on all.

use std::time::Duration;

use crate::{
    alone,
    edited::Edited,
    nodes,
    rig::{Chance, Cluster, ClusterBuilder},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_read_on_three_nodes_is_older_than_the_last_acknowledged_edit() {
    edits_and_reads(nodes(3).await, 3000, 100).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_read_on_a_node_without_redis_is_older_than_the_last_acknowledged_edit() {
    edits_and_reads(Cluster::on_sqlite(), 1000, 30).await;
}

async fn edits_and_reads(shop: ClusterBuilder, reads: usize, edits: i64) {
    let _turn = alone().await;
    let mut chance = Chance::new();
    let shop = shop.start().await;
    let edited = Edited::open(&shop, &mut chance).await;
    while edited.reads() < reads || edited.edits() < edits {
        edited
            .edit_for(Duration::from_secs(1), 0, &mut chance)
            .await;
    }
    // Not because nothing was cached.
    let hits = shop
        .counted("holdfast_cache_requests_total", &["outcome=\"hit\""])
        .await;
    assert!(hits > 0.0, "nothing came from memory");
    edited.assert_never_stale().await;
}
