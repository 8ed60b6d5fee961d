//! Redis dies, stops, or comes back with old data while products are edited. Reads and edits go on,
//! and nothing old is shown, neither meanwhile nor afterwards.

use std::time::Duration;

use tokio::time::sleep;

use crate::{
    alone,
    edited::Edited,
    rig::{Chance, Cluster, Redis, Wire},
    servers,
};

/// Of the same harm, at another moment each.
const ROUNDS: usize = 2;

/// Three nodes on a Redis of their own, which may be harmed while edits and reads go on.
async fn harming(redis: &mut Redis, harm: impl AsyncFn(&mut Redis, &Edited, &mut Chance)) {
    let _turn = alone().await;
    let (postgres, _) = servers().await;
    let mut chance = Chance::new();
    let shop = Cluster::on(postgres).await.redis(redis).nodes(3);
    let shop = shop.start().await;
    let edited = Edited::open(&shop, &mut chance).await;
    for _ in 0..ROUNDS {
        let time = chance.millis(500..1500);
        edited.edit_for(time, 0, &mut chance).await;
        edited.look_everywhere().await;
        harm(redis, &edited, &mut chance).await;
        let node = chance.pick(0..3);
        edited.edit(node).await;
        edited.look_everywhere().await;
    }
    edited.assert_never_stale().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_is_killed_and_comes_back_with_an_old_dump() {
    let mut redis = Redis::start().await;
    harming(&mut redis, async |redis, edited, chance| {
        redis.save_dump().await;
        edited.edit_for(Duration::from_millis(500), 0, chance).await;
        redis.kill();
        edited.edit_for(chance.millis(0..1000), 1, chance).await;
        redis.restore_dump();
        redis.start_again().await;
        edited.look_everywhere().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_is_killed_and_comes_back_empty() {
    let mut redis = Redis::start().await;
    harming(&mut redis, async |redis, edited, chance| {
        redis.kill();
        edited.edit_for(chance.millis(0..1000), 1, chance).await;
        redis.start_again().await;
        edited.look_everywhere().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_is_paused_during_edits() {
    let mut redis = Redis::start().await;
    harming(&mut redis, async |redis, edited, chance| {
        redis.pause();
        edited.edit_for(chance.millis(300..2000), 0, chance).await;
        redis.resume();
        edited.look_everywhere().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_connection_to_redis_is_dropped_during_edits() {
    let mut redis = Redis::start().await;
    harming(&mut redis, async |redis, edited, _| {
        for _ in 0..5 {
            redis.cut_connections().await;
            edited.edit(0).await;
            redis.cut_connections().await;
            edited.edit(2).await;
        }
    })
    .await;
}

/// The others reach Redis all the time and would find there what they had before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_node_that_edits_is_cut_off_from_redis() {
    let _turn = alone().await;
    let (postgres, redis) = servers().await;
    let mut chance = Chance::new();
    let wire = Wire::to(redis.port).await;
    let addresses = vec![format!("redis://127.0.0.1:{}", wire.port), redis.url()];
    let shop = Cluster::on(postgres).await.redis_at(addresses).nodes(3);
    let shop = shop.start().await;
    let edited = Edited::open(&shop, &mut chance).await;
    for _ in 0..ROUNDS {
        edited.look_everywhere().await;
        wire.cut();
        for _ in 0..4 {
            edited.edit(0).await;
            edited.look_everywhere().await;
            sleep(chance.millis(0..300)).await;
        }
        wire.mend();
        edited
            .edit_for(chance.millis(200..800), 0, &mut chance)
            .await;
    }
    edited.assert_never_stale().await;
}
